/**
 * Hostile links and texts in the page: one in twenty of those that are tried. All of them go through the reading of
 * links and the core in `tests/unit`, which takes a few milliseconds each; here each is shown as well.
 */

import fc from "fast-check";
import { expect, test } from "vitest";

import { EXAMPLES } from "../../src/fields";
import type { Tree } from "../../src/state/path";
import { toLink } from "../../src/state/state";
import { HOSTILE, LARGE, LINKS, PASTED, SEED } from "../hostile";
import { go, results, served, settled, visit } from "./browser";

const site = served();
const SHOWN = Math.ceil(HOSTILE / 20);
const AT_ONCE = 50;
const sample = (of: fc.Arbitrary<string>, numRuns: number) => fc.sample(of, { numRuns, seed: SEED });
const question = EXAMPLES.find(({ id }) => id === "training_reads")?.text as Tree;
const GOOD = toLink({ view: "estimate", question, designs: [], unit: "MB" }, undefined);

/** Links to show one after the other; quiet milliseconds to wait for after each, and most that one may take. */
const show = (links: string[], rest: number) => ({ links, rest, most: 15_000 });
type Shown = ReturnType<typeof show>;

/** Shows them and says what went wrong with which. Runs in the page. */
async function inPage({ links, rest, most }: Shown): Promise<string[]> {
  const faults: string[] = [];
  let now = "";
  const note = (event: Event) => {
    const { message, reason } = event as unknown as { message?: string; reason?: unknown };
    faults.push(`${message ?? String(reason)} with #${now}`);
  };
  addEventListener("error", note);
  addEventListener("unhandledrejection", note);
  let last = 0;
  const watch = new MutationObserver(() => {
    last = performance.now();
  });
  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
  for (const link of links) {
    now = link;
    location.hash = link;
    last = performance.now();
    const begun = last;
    await pause(0);
    while (performance.now() - last < rest && performance.now() - begun < most) await pause(5);
    const foreign = document.querySelector("#app :is(script, img, iframe, object, embed, style, link), [onerror], a[href^='javascript:']");
    if (foreign) faults.push(`${foreign.outerHTML} with #${link}`);
    if (performance.now() - begun >= most) faults.push(`it took ${performance.now() - begun} ms with #${link}`);
  }
  watch.disconnect();
  removeEventListener("error", note);
  removeEventListener("unhandledrejection", note);
  return faults;
}

async function survives(links: string[], rest: number): Promise<void> {
  const { page, said, close } = await visit(site(), { hash: GOOD });
  await settled(page);
  const before = await results(page);
  for (let at = 0; at < links.length; at += AT_ONCE) {
    const faults = await page.evaluate(inPage, show(links.slice(at, at + AT_ONCE), rest));
    expect(faults, `seed ${SEED}`).toEqual([]);
    expect(said, `seed ${SEED}, among links from ${at} on`).toEqual([]);
  }
  await go(page, GOOD);
  await settled(page);
  expect(await results(page)).toBe(before);
  await close();
}

test(`${SHOWN} links, one as soon as the other has been shown`, { timeout: 600_000 }, () => survives(sample(LINKS, SHOWN), 0));
test("some links, each with its answer", () => survives(sample(LINKS, 100), 40));
test("links that hold as much as they can", () => survives(sample(LARGE, 8), 40));

test("texts that are brought", async () => {
  const { page, said, close } = await visit(site(), { hash: GOOD });
  for (const text of sample(PASTED, 50)) {
    await page.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData("text/plain", text);
      dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
    }, text);
    await page.waitForSelector("dialog[open] textarea");
    if (await page.locator("dialog[open] button.main").isEnabled()) {
      await page.locator("dialog[open] button.main").click();
      await page.waitForFunction(() => !document.querySelector("dialog[open]") || document.querySelector("dialog[open] .said"));
    }
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog .inside", { state: "detached" });
    expect(said, text).toEqual([]);
  }
  await go(page, GOOD);
  await settled(page);
  expect(await page.locator("#results .workload").count()).toBeGreaterThan(0);
  await close();
});

test("the question as text takes whatever is written, or says why not", async () => {
  const { page, said, close } = await visit(site(), { hash: GOOD });
  const at = "[aria-label='The question as JSON']";
  await page.click("text=The question as text");
  for (const text of ["[".repeat(20_000) + "]".repeat(20_000), `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`, "null", '{"__proto__":{"view":1}}', '{"workloads":{"length":1}}', '{"file_system":"<img src=x>"}']) {
    await page.fill(at, text);
    await page.click("text=Take it");
    await settled(page);
    expect(said, text.slice(0, 40)).toEqual([]);
  }
  await go(page, GOOD);
  await settled(page);
  expect(await page.locator("#results .workload").count()).toBeGreaterThan(0);
  await close();
});
