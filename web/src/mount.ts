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
