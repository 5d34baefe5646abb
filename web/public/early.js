// Runs before anything is drawn: colours as this visitor wants them, and nothing of the first answer for who comes by a link.
try {
  document.documentElement.dataset.theme = localStorage.getItem("theme") ?? "system";
} catch {
  // browsers may refuse to keep anything
}
document.documentElement.className = location.hash.length > 1 ? "linked" : "drawn";
