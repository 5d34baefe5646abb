import "./style.css";

import { mount } from "svelte";
import { EXAMPLES } from "./fields";

import App from "./App.svelte";
import { page } from "./state/page.svelte";
import type { Tree } from "./state/path";
import { asked } from "./state/state";
import { theme } from "./theme.svelte";

/** What a first visitor sees: a question with a file system to look at. */
function first(): Tree {
  const of = (id: string) => EXAMPLES.find((example) => example.id === id)?.text as Tree;
  return { ...asked({}, "requirement", of("plan_training_checkpoints")), file_system: of("training_reads").file_system ?? {} };
}

theme.show();
page.start({ view: "plan", question: first(), designs: [], unit: "MB" });
const target = document.getElementById("app");
if (target) mount(App, { target });

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  addEventListener("load", () => {
    // without one, the page works all the same, but not offline
    navigator.serviceWorker.register("./sw.js").catch(() => undefined);
  });
}
