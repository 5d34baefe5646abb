/** By keyboard alone, on a phone, in the dark, and as the rules of accessibility have it. */

import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import type { Page } from "playwright-core";
import { expect, test } from "vitest";

import { EXAMPLES } from "../../src/fields";
import type { Tree } from "../../src/state/path";
import { type State, VIEWS, ranged, toLink } from "../../src/state/state";
import { answered, go, questionOf, served, settled, visit } from "./browser";

const site = served();
const of = (id: string) => EXAMPLES.find((one) => one.id === id)?.text as Tree;
const STATES: Record<string, State> = {
  plan: { view: "plan", question: { ...of("plan_training_checkpoints"), ...of("training_reads") }, designs: [], unit: "MB" },
  "unsure plan": { view: "plan", question: ranged(of("plan_unsure")), designs: [], unit: "MB" },
  "plan with waiting": { view: "plan", question: of("plan_least_total"), designs: [], unit: "MB" },
  "plan from here": { view: "plan", question: of("plan_from_here"), designs: [], unit: "MB" },
  estimate: { view: "estimate", question: { ...of("training_and_checkpoints"), cloudwatch: [{ metric: "DiskIopsUtilization", part: "OST0001", mean_percent: 12, max_percent: 83 }] }, designs: [], unit: "MB" },
  compare: { view: "compare", question: {}, designs: ["training_reads", "scratch_burst"].map((name) => ({ name, scenario: of(name) })), unit: "MB" },
  refused: { view: "estimate", question: { ...of("training_reads"), file_system: { deployment_type: "SCRATCH_2", storage_capacity_gib: 3600 } }, designs: [], unit: "MB" },
};
const WIDTHS = [1280, 390];
const SCHEMES = ["light", "dark"] as const;
const LOOKS = SCHEMES.flatMap((scheme) => WIDTHS.map((width) => ({ scheme, width })));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SHOTS = join(process.env.CARGO_TARGET_DIR ?? "../target", "web");

interface Violation {
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** What breaks the rules in the page as it is, in a line each. */
async function violations(page: Page): Promise<string[]> {
  // colours that are still changing are not those that are read
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))));
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } };
    return (await axe.run()).violations;
  });
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ""}`));
}

const wide = (page: Page) => page.evaluate(() => ({ page: document.scrollingElement?.scrollWidth ?? 0, window: innerWidth }));

test.each(LOOKS)("no rule of accessibility is broken, $scheme and $width wide", async ({ scheme, width }) => {
  const { page, said, close } = await visit(site(), { scheme, width, height: width < 500 ? 844 : 900 });
  // not as a script of the page, which may have none but its own
  await page.evaluate(AXE);
  mkdirSync(SHOTS, { recursive: true });
  const broken: Record<string, string[]> = {};
  const check = async (name: string) => {
    const found = await violations(page);
    const size = await wide(page);
    if (size.page > size.window) found.push(`it is ${size.page} wide in a window of ${size.window}`);
    if (found.length > 0) broken[name] = found;
    await page.screenshot({ path: join(SHOTS, `${name.replaceAll(" ", "-")}-${scheme}-${width}.png`) });
  };
  for (const [name, state] of Object.entries(STATES)) {
    await go(page, toLink(state, undefined));
    await answered(page);
    await settled(page);
    await check(name);
    if (name === "refused") continue;
    await page.locator("#results button.value").first().click();
    await page.waitForSelector("dialog[open]");
    await check(`${name} working`);
    await page.keyboard.press("Escape");
  }
  await go(page, toLink(STATES.estimate as State, undefined));
  await answered(page);
  await page.locator("details:not([open]) > summary").evaluateAll((all) => all.forEach((one) => (one as HTMLElement).click()));
  await settled(page);
  await check("all opened");
  for (const name of ["Share", "Open"]) {
    await page.click(`text=${name} …`);
    await page.waitForSelector("dialog[open]");
    await check(name.toLowerCase());
    await page.keyboard.press("Escape");
  }
  await go(page, "1.broken");
  await page.waitForSelector("#results .notice");
  await check("broken link");
  expect(broken).toEqual({});
  expect(said).toEqual([]);
  await close();
});

test("on a phone nothing is wider than the screen, whatever is asked", async () => {
  const { page, close } = await visit(site(), { width: 390, height: 844 });
  const wider: string[] = [];
  for (const { id } of EXAMPLES) {
    await page.selectOption("[aria-label='Open an example']", id);
    await answered(page);
    await settled(page);
    const size = await wide(page);
    if (size.page > size.window) wider.push(`${id}: ${size.page}`);
  }
  expect(wider).toEqual([]);
  await close();
});

/** Presses Tab until what has the focus fits; fails if nothing does. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector)) return;
  }
  throw new Error(`no number of presses of Tab leads to ${selector}`);
}

test("everything can be reached and done by keyboard", async () => {
  const { page, said, close } = await visit(site());
  await settled(page);
  for (const view of VIEWS.toReversed()) {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await tabTo(page, `nav button:nth-child(${VIEWS.indexOf(view) + 1})`);
    await page.keyboard.press("Enter");
    await settled(page);
    expect((await questionOf(page)).state.view).toBe(view);
  }
  await go(page, toLink(STATES.estimate as State, undefined));
  await settled(page);
  const before = (await questionOf(page)).state.question;
  await tabTo(page, ".inputs input.slider");
  const value = await page.evaluate(() => (document.activeElement as HTMLInputElement).value);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await settled(page);
  expect(Number(await page.evaluate(() => (document.activeElement as HTMLInputElement).value))).toBe(Number(value) + 2);
  expect((await questionOf(page)).state.question).not.toEqual(before);

  await tabTo(page, "#results button.value");
  const asked = await page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog[open]");
  expect(await page.evaluate(() => document.activeElement?.closest("dialog") !== null)).toBe(true);
  expect(await page.textContent("dialog[open] .value")).toBe(asked);
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog[open]", { state: "detached" });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(asked);
  // once more, as the dialog has to open again for the same number
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.press("Escape");
  for (const [name, title] of [["Share …", "share-title"], ["Open …", "open-title"]]) {
    await page.locator("header button", { hasText: name as string }).focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(`dialog[open][aria-labelledby=${title}]`);
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog[open]", { state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(name);
  }
  expect(said).toEqual([]);
  await close();
});

test("what has the focus can be seen to have it", async () => {
  const { page, close } = await visit(site());
  await settled(page);
  const unseen: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const one = document.activeElement as HTMLElement;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return { html: one.outerHTML.slice(0, 80), isSeen: one === document.body || (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none" };
    });
    if (!seen.isSeen) unseen.push(seen.html);
  }
  expect(unseen).toEqual([]);
  await close();
});

test("the colours can be chosen, and stay chosen", async () => {
  const { page, said, close } = await visit(site(), { scheme: "light" });
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.selectOption("[aria-label=Colours]", "dark");
  await page.waitForFunction((light) => getComputedStyle(document.documentElement).backgroundColor !== light, light);
  const dark = await background();
  await page.reload();
  await answered(page);
  expect(await background()).toBe(dark);
  await page.selectOption("[aria-label=Colours]", "system");
  await page.waitForFunction((light) => getComputedStyle(document.documentElement).backgroundColor === light, light);
  expect(said).toEqual([]);
  await close();
});
