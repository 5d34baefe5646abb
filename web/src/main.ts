/** The worker loads the core while the page itself is still on its way. */

import "./core/core";

void import("./mount");

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  addEventListener("load", () => {
    // without one, the page works all the same, but not offline
    navigator.serviceWorker.register("./sw.js").catch(() => undefined);
  });
}
