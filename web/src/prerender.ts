/** What a first visitor sees, as HTML: shown before any script has run. */

import { render } from "svelte/server";

import App from "./App.svelte";
import { core } from "./core/core";
import { FIRST } from "./fields";
import { page } from "./state/page.svelte";

core.know(FIRST);
page.begin(FIRST.question);
export const html: string = render(App).body;
