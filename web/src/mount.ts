import "./style.css";

import { mount } from "svelte";

import App from "./App.svelte";
import { core } from "./core/core";
import { FIRST } from "./fields";
import { page } from "./state/page.svelte";
import { theme } from "./theme.svelte";

theme.show();
core.know(FIRST);
page.start({ view: "plan", question: FIRST.question, designs: [], unit: "MB" });
const target = document.getElementById("app");
if (target) mount(App, { target });

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  addEventListener("load", () => {
    // without one, the page works all the same, but not offline
    navigator.serviceWorker.register("./sw.js").catch(() => undefined);
  });
}
