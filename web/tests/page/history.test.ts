/** Links, and going back and forth. */

import { load } from "fsx-model";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";

import { EXAMPLES } from "../../src/fields";
import type { Tree } from "../../src/state/path";
import { type State, fromLink, toLink } from "../../src/state/state";
import { answered, go, questionOf, results, served, settled, visit } from "./browser";

const fsx = await load();
const site = served();
const of = (id: string) => EXAMPLES.find((one) => one.id === id)?.text as Tree;
const STATES: State[] = [
  { view: "plan", question: { ...of("plan_unsure"), file_system: of("training_reads").file_system ?? {} }, designs: [], unit: "MB" },
  { view: "estimate", question: of("training_and_checkpoints"), designs: [], unit: "MiB" },
  { view: "compare", question: {}, designs: ["training_reads", "scratch_burst"].map((name) => ({ name, scenario: of(name) })), unit: "MB" },
];
const model = (JSON.parse(fsx.call("estimate", JSON.stringify(of("training_reads")))) as { ok: { model: { version: string; catalog: string } } }).ok.model;

test.each(STATES)("what $view shows, another visitor of its link sees", async (state) => {
  const one = await visit(site(), { hash: toLink(state, undefined) });
  await settled(one.page);
  await one.page.click("text=Share …");
  const link = (await one.page.inputValue("[aria-label='Text to copy']")).split("#")[1] ?? "";
  await one.page.keyboard.press("Escape");
  const other = await visit(site(), { hash: link });
  await settled(other.page);
  expect(fromLink(link).state).toEqual(state);
  expect(await results(other.page)).toBe(await results(one.page));
  expect([...one.said, ...other.said]).toEqual([]);
  await one.close();
  await other.close();
});

/** Waits until the browser, in its own time, has gone to this place of the history. */
const at = (page: Page, place: number) => page.waitForFunction((place) => history.state?.at === place, place);

test("undo and redo, by the buttons and by the browser", async () => {
  const { page, said, close } = await visit(site(), { hash: toLink(STATES[1] as State, undefined) });
  await settled(page);
  const shown = [await results(page)];
  await page.selectOption("[aria-label='Unit of throughput']", "MB");
  await settled(page);
  shown.push(await results(page));
  await page.fill(".inputs input[type=number] >> nth=0", "9600");
  await page.waitForTimeout(700);
  await settled(page);
  shown.push(await results(page));
  await page.click("nav >> text=Plan");
  await settled(page);
  shown.push(await results(page));
  expect(new Set(shown).size).toBe(4);
  for (const place of [2, 1, 0]) {
    if (place === 1) await page.goBack();
    else await page.click("[aria-label=Undo]");
    await at(page, place);
    await settled(page);
    expect(await results(page)).toBe(shown[place]);
  }
  for (const place of [1, 2, 3]) {
    if (place === 2) await page.goForward();
    else await page.click("[aria-label=Redo]");
    await at(page, place);
    await settled(page);
    expect(await results(page)).toBe(shown[place]);
  }
  expect(said).toEqual([]);
  await close();
});

test.each(["[aria-label=Undo]", undefined])("a change that is undone at once, by %s, can be redone", async (button) => {
  const { page, close } = await visit(site(), { hash: toLink(STATES[1] as State, undefined) });
  await settled(page);
  const shown = () => page.locator("nav button[aria-current=page]").innerText();
  await page.evaluate(async (button) => {
    [...document.querySelectorAll<HTMLElement>("nav button")].find((one) => one.textContent === "Plan")?.click();
    // the button is there to be clicked
    await Promise.resolve();
    if (button) document.querySelector<HTMLElement>(button)?.click();
    else history.back();
  }, button);
  await at(page, 0);
  expect(await shown()).toBe("Estimate");
  await page.goForward();
  await at(page, 1);
  expect(await shown()).toBe("Plan");
  await close();
});

test("what is undone before it is answered stays undone", async () => {
  const { page, close } = await visit(site());
  await settled(page);
  const before = await results(page);
  // which takes the core a while
  await page.getByLabel(/^Confidence/).fill("0.95");
  await page.getByLabel(/^Confidence/).press("Tab");
  await page.click("[aria-label=Undo]");
  await at(page, 0);
  await settled(page);
  expect(await results(page)).toBe(before);
  await close();
});

test("a drag is one step back", async () => {
  const { page, close } = await visit(site(), { hash: toLink(STATES[1] as State, undefined) });
  await settled(page);
  const [before, length] = [await results(page), await page.evaluate(() => history.length)];
  await page.locator("input.slider").first().evaluate((slider: HTMLInputElement) => {
    for (let place = 1; place < 12; place += 1) {
      slider.value = String(place);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  await settled(page);
  expect(await results(page)).not.toBe(before);
  expect(await page.evaluate(() => history.length)).toBe(length + 1);
  await page.goBack();
  await settled(page);
  expect(await results(page)).toBe(before);
  await close();
});

test("a link of an older model says what has changed since", async () => {
  const [state] = STATES as [State];
  const { page, close } = await visit(site(), { hash: toLink(state, undefined) });
  await settled(page);
  await page.click("text=Share …");
  const { made } = fromLink((await page.inputValue("[aria-label='Text to copy']")).split("#")[1] ?? "");
  await page.keyboard.press("Escape");
  expect(made).toMatchObject({ model: model.version, catalog: model.catalog });
  const [[name, figure]] = Object.entries(made?.figures ?? {}) as [[string, number]];

  await go(page, toLink(state, made));
  await settled(page);
  expect(await page.locator("#results .notice").count()).toBe(0);

  await go(page, toLink(state, { model: "0.0.1", catalog: "2020-01-01", figures: { ...made?.figures, [name]: figure / 2 } }));
  await settled(page);
  const notice = await page.textContent("#results .notice");
  expect(notice).toContain("made by model 0.0.1 with figures of 2020-01-01");
  expect(notice).toContain(`this is model ${model.version} with figures of ${model.catalog}`);
  expect(notice).toContain(`${name} `);
  expect(notice).toContain("→");

  await go(page, toLink(state, { model: "0.0.1", catalog: model.catalog, figures: made?.figures ?? {} }));
  await settled(page);
  expect(await page.textContent("#results .notice")).toContain("The answer is the same");

  await page.selectOption("[aria-label='Unit of throughput']", "MiB");
  await settled(page);
  expect(await page.locator("#results .notice").count()).toBe(0);
  await close();
});

const BROKEN = { broken: "1.broken", "of another version": "7.N4Ig", "anything else": "what is this", empty: "1.", "too long": `1.${"N".repeat(40_000)}` };
test.each(Object.entries(BROKEN))("a link that is %s is said to be none, and the page goes on", async (_, hash) => {
  const { page, said, close } = await visit(site(), { hash });
  await page.waitForSelector("#results section");
  await settled(page);
  expect(await page.textContent("#results .notice")).toContain("This link cannot be read");
  // as it was opened, so that it can be looked at
  expect(decodeURIComponent(await page.evaluate(() => location.hash.slice(1)))).toBe(hash);
  await page.click("nav >> text=Estimate");
  await answered(page);
  await settled(page);
  expect(await page.locator("#results .notice").count()).toBe(0);
  expect((await questionOf(page)).state.view).toBe("estimate");
  expect(said).toEqual([]);
  await close();
});

test("the link to the answer does not look like a question", async () => {
  const { page, said, close } = await visit(site());
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("results");
  expect(await page.locator("#results .notice").count()).toBe(0);
  expect(said).toEqual([]);
  await close();
});
