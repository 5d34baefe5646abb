/** Without a network, under a path, with nothing but its own files. */

import { readdirSync } from "node:fs";

import { expect, test } from "vitest";

import { EXAMPLES } from "../../src/fields";
import type { Tree } from "../../src/state/path";
import { toLink } from "../../src/state/state";
import { answered, go, results, served, settled, visit } from "./browser";

const site = served();
/** A link to the estimate of an example. */
function linkOf(example: string): string {
  const question = EXAMPLES.find(({ id }) => id === example)?.text as Tree;
  return toLink({ view: "estimate", question, designs: [], unit: "MB" }, undefined);
}

test("after the first visit everything works without a network", async () => {
  const { page, context, said, close } = await visit(site(), { hash: linkOf("training_reads"), isKept: true });
  await settled(page);
  const before = await results(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  // ready is not yet in charge of what is loaded
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === "activated");
  await context.setOffline(true);
  await page.reload();
  await answered(page);
  await settled(page);
  expect(await results(page)).toBe(before);
  await page.click("text=Share …");
  await page.selectOption("#share-what", "toml");
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("[aria-label='Text to copy']")?.value.includes("[file_system]"));
  expect(said).toEqual([]);
  await close();
});

test("the module of formats is loaded only when it is wanted", async () => {
  const { browser, url } = site();
  // without a service worker, which fetches everything for later
  const context = await browser.newContext({ serviceWorkers: "block" });
  const loaded: string[] = [];
  context.on("request", (request) => loaded.push(request.url()));
  const page = await context.newPage();
  await page.goto(url);
  await answered(page);
  await settled(page);
  const modules = () => loaded.filter((one) => one.endsWith(".wasm")).length;
  expect(readdirSync(new URL("../../dist/assets", import.meta.url)).filter((name) => name.endsWith(".wasm"))).toHaveLength(2);
  expect(modules()).toBe(1);
  expect(loaded.every((one) => one.startsWith(url))).toBe(true);
  await page.click("text=Share …");
  await page.selectOption("#share-what", "toml");
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("[aria-label='Text to copy']")?.value !== "");
  expect(modules()).toBe(2);
  await context.close();
});

test("a script that is not the page's own does not run, and nothing can be sent elsewhere", async () => {
  const { page, said, close } = await visit(site());
  const outcome = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    const sent = await fetch("https://example.org/").then(() => "sent", () => "refused");
    return [(window as { ran?: boolean }).ran ?? false, sent];
  });
  expect(outcome).toEqual([false, "refused"]);
  expect(said.filter((one) => one.startsWith("request:"))).toEqual([]);
  expect(said.join()).toContain("Content Security Policy");
  await close();
});

test("a worker that cannot be loaded is said, not waited for", async () => {
  const { browser, url } = site();
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  await page.route("**/*.wasm", (route) => route.abort());
  // what a first visitor sees takes no worker
  await page.goto(`${url}#${linkOf("training_reads")}`);
  await page.waitForSelector("#results .findings");
  expect(await page.textContent("#results")).toContain("PAGE-NO-ANSWER");
  await page.unroute("**/*.wasm");
  await go(page, linkOf("scratch_burst"));
  await page.waitForSelector("#results .workload");
  await context.close();
});
