/** The worker loads the core while the page itself is still on its way. */

import "./core/core";
import "./style.css";

const isLinked = location.hash.length > 1;
const shown = new Promise<void>((done) => {
  // behind the frame in which the first answer is drawn
  if (isLinked) done();
  else requestAnimationFrame(() => setTimeout(done));
});
void Promise.all([import("./mount"), shown]).then(([{ show }]) => show(isLinked));

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  addEventListener("load", () => {
    // without one, the page works all the same, but not offline
    navigator.serviceWorker.register("./sw.js").catch(() => undefined);
  });
}
