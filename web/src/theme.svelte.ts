/** Light or dark, as the visitor wants it. */

type Theme = "system" | "light" | "dark";
const KEY = "theme";

/** Browsers may refuse to keep anything. */
function kept(): Theme {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === "light" || theme === "dark" ? theme : "system";
  } catch {
    return "system";
  }
}

class Wanted {
  #theme = $state<Theme>(kept());

  get wanted(): Theme {
    return this.#theme;
  }

  set wanted(theme: Theme) {
    this.#theme = theme;
    this.show();
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // then it holds for this visit
    }
  }

  show(): void {
    document.documentElement.dataset.theme = this.#theme;
  }
}

export const theme = new Wanted();
