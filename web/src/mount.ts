import { hydrate, mount } from "svelte";

import App from "./App.svelte";
import { core } from "./core/core";
import { FIRST } from "./fields";
import { page } from "./state/page.svelte";
import { theme } from "./theme.svelte";

/** Brings what the page was built with to life or, for who comes by a link, puts the link's answer in its place. */
export function show(isLinked: boolean): void {
  theme.show();
  core.know(FIRST);
  page.start(FIRST.question);
  const target = document.getElementById("app");
  if (!target) return;
  if (target.firstChild && !isLinked) hydrate(App, { target });
  else {
    target.replaceChildren();
    mount(App, { target });
  }
  document.documentElement.className = "";
}
