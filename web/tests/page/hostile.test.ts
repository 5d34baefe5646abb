/** Hostile links and texts in the page: nothing in the console, nothing foreign in the document, and it goes on answering. */

import fc from "fast-check";
import type { Frame } from "playwright-core";
import { expect, test } from "vitest";

import { EXAMPLES } from "../../src/fields";
import type { Tree } from "../../src/state/path";
import { toLink } from "../../src/state/state";
import { HOSTILE, LARGE, LINKS, PASTED, SEED } from "../hostile";
import { framed, go, results, served, settled, visit } from "./browser";

const site = served();
const AT_ONCE = 500;
/** One in so many links is also laid out, drawn, and has a moment for answers. */
const DRAWN = 20;
/** Texts that are brought; each is read by the larger module. */
const BROUGHT = Math.ceil(HOSTILE / 40);
/** Most that one may take on a slow machine, in milliseconds, so that a test that hangs ends. */
const MOST_EACH = 100;
const sample = (of: fc.Arbitrary<string>, numRuns: number) => fc.sample(of, { numRuns, seed: SEED });
const question = EXAMPLES.find(({ id }) => id === "training_reads")?.text as Tree;
const GOOD = toLink({ view: "estimate", question, designs: [], unit: "MB" }, undefined);

/** Collects what goes wrong in the document; `run` is asked for each text. Runs in the page, before the tests. */
function prepare(): void {
  const shared = globalThis as unknown as Shared;
  shared.survive = async (texts, run) => {
    const faults: string[] = [];
    let now = "";
    const note = (event: Event) => {
      const { message, reason } = event as unknown as { message?: string; reason?: unknown };
      faults.push(`${message ?? String(reason)} with ${now}`);
    };
    addEventListener("error", note);
    addEventListener("unhandledrejection", note);
    for (const [place, text] of texts.entries()) {
      now = text;
      const fault = await run(text, place);
      if (fault) faults.push(`${fault} with ${now}`);
      const foreign = document.querySelector("#app :is(script, img, iframe, object, embed, style, link), [onerror], a[href^='javascript:']");
      if (foreign) faults.push(`${foreign.outerHTML} with ${now}`);
    }
    removeEventListener("error", note);
    removeEventListener("unhandledrejection", note);
    return faults;
  };
}
interface Shared {
  survive: (texts: string[], run: (text: string, place: number) => Promise<string | undefined>) => Promise<string[]>;
}

/** Opens links one after the other, as fast as they are rendered. Runs in the page. */
async function open({ links, drawn }: { links: string[]; drawn: number }): Promise<{ faults: string[]; changes: number }> {
  let changes = 0;
  const watch = new MutationObserver(() => {
    changes += 1;
  });
  watch.observe(document.body, { subtree: true, childList: true });
  const faults = await (globalThis as unknown as Shared).survive(links, async (link, place) => {
    location.replace(`#${link}`);
    // the page is read at once, and rendered before anything else has its turn
    for (let turn = 0; turn < 5; turn += 1) await undefined;
    if ((place + 1) % drawn === 0) await new Promise(requestAnimationFrame);
    return undefined;
  });
  watch.disconnect();
  return { faults, changes };
}

/** Waits for each link until nothing has changed for a while. Runs in the page. */
function wait({ links, rest, most }: { links: string[]; rest: number; most: number }): Promise<string[]> {
  let last = 0;
  const watch = new MutationObserver(() => {
    last = performance.now();
  });
  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  return (globalThis as unknown as Shared).survive(links, async (link) => {
    location.hash = link;
    const begun = performance.now();
    last = begun;
    while (performance.now() - last < rest && performance.now() - begun < most) await new Promise((done) => setTimeout(done, 5));
    return performance.now() - begun < most ? undefined : `it took ${performance.now() - begun} ms`;
  });
}

/** Drops texts on the page and opens them. Runs in the page. */
function bring({ texts, most }: { texts: string[]; most: number }): Promise<string[]> {
  const until = async (is: () => unknown) => {
    const begun = performance.now();
    while (!is() && performance.now() - begun < most) await new Promise((done) => setTimeout(done));
    return performance.now() - begun < most;
  };
  const find = <T extends Element>(selector: string) => document.querySelector<T>(`dialog[open] ${selector}`);
  return (globalThis as unknown as Shared).survive(texts, async (text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData("text/plain", text);
    dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
    if (!(await until(() => find("textarea")))) return "it is not shown";
    const button = find<HTMLButtonElement>("button.main");
    if (button && !button.disabled) {
      button.click();
      if (!(await until(() => !find("textarea") || find(".said")))) return "there is no answer";
    }
    document.querySelector<HTMLDialogElement>("dialog[open]")?.close();
    return (await until(() => !document.querySelector("dialog .inside"))) ? undefined : "it does not close";
  });
}

/** Opens the page in a frame, gives it all texts some at a time, and sees that it answers as before. */
async function survives(texts: string[], give: (frame: Frame, texts: string[]) => Promise<string[]>): Promise<void> {
  const { page, said, close } = await visit(site());
  const frame = await framed(site(), page, GOOD);
  await settled(frame);
  await frame.evaluate(prepare);
  const before = await results(frame);
  for (let at = 0; at < texts.length; at += AT_ONCE) {
    const where = `seed ${SEED}, from ${at} on`;
    expect(await give(frame, texts.slice(at, at + AT_ONCE)), where).toEqual([]);
    expect(said, where).toEqual([]);
    await go(frame, GOOD);
    await settled(frame);
    expect(await results(frame), where).toBe(before);
  }
  await close();
}

test(`${HOSTILE} links`, { timeout: 60_000 + HOSTILE * MOST_EACH }, () =>
  survives(sample(LINKS, HOSTILE), async (frame, links) => {
    const { faults, changes } = await frame.evaluate(open, { links, drawn: DRAWN });
    // those that cannot be read say so in the same words, and change nothing after each other
    expect(changes).toBeGreaterThan(links.length / 2);
    return faults;
  }));

const PATIENT = { rest: 40, most: 15_000 };
const answers = (links: string[]) => survives(links, (frame, links) => frame.evaluate(wait, { links, ...PATIENT }));
test("some links, each with its answer", () => answers(sample(LINKS, 100)));
test("links that hold as much as they can", () => answers(sample(LARGE, 8)));

test(`${BROUGHT} texts that are brought`, { timeout: 60_000 + BROUGHT * 5 * MOST_EACH }, () =>
  survives(sample(PASTED, BROUGHT), (frame, texts) => frame.evaluate(bring, { texts, most: PATIENT.most })));

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
