/** How fast it is: printed, never asserted. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import type { Page } from "playwright-core";
import { expect, test } from "vitest";

import { EXAMPLES } from "../../src/fields";
import { type Tree, list } from "../../src/state/path";
import { toLink } from "../../src/state/state";
import { answered, served, settled, visit } from "./browser";

const site = served();
const of = (id: string) => EXAMPLES.find((one) => one.id === id)?.text as Tree;
const say = (what: string, value: number, unit: string) => process.stdout.write(`${what}: ${value.toFixed(1)} ${unit}\n`);
const median = (values: number[]) => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;

test("first answer", async () => {
  const { browser, url } = site();
  for (const visit of ["first visit", "second visit", "third visit"]) {
    // the second and third find the compiled module again only if the browser keeps it, which a fresh context does not
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(url);
    await answered(page);
    const [drawn, alive] = await page.evaluate(() => [performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0, performance.now()]);
    say(`first answer drawn, ${visit}, from the start of navigation`, drawn ?? 0, "ms");
    say(`taking changes, ${visit}, from the start of navigation`, alive ?? 0, "ms");
    expect(drawn).toBeGreaterThan(0);
    await context.close();
  }
});

/** Where the script of the page's worker is. */
async function workerOf(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const main = document.querySelector<HTMLScriptElement>("script[type=module]")?.src ?? "";
    const text = await (await fetch(main)).text();
    return new URL(/worker-[\w-]+\.js/.exec(text)?.[0] ?? "", main).href;
  });
}

/** Starts a worker of its own, which `timed` asks. Runs in the page. */
function start(worker: string): void {
  const shared = globalThis as unknown as { timed: (json: string, times: number) => Promise<number[]> };
  const core = new Worker(worker, { type: "module" });
  const ask = (id: number, json: string) =>
    new Promise<{ text?: string; ms?: number; fault?: string }>((done) => {
      core.addEventListener("message", ({ data }) => done(data), { once: true });
      core.postMessage({ id, module: "core", ask: ["call", "plan", json] });
    });
  shared.timed = async (json, times) => {
    const taken: number[] = [];
    for (let id = 0; id < times; id += 1) {
      const { text, ms, fault } = await ask(id, json);
      if (!text?.startsWith('{"ok"') || ms === undefined) throw new Error(fault ?? text);
      taken.push(ms);
    }
    return taken;
  };
}

/** The same call outside of a browser: `timed` of the benches. */
function native(program: string, call: string) {
  const timed = spawn(program, [call], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(timed.stdout)[Symbol.asyncIterator]();
  const ask = async (json: string, times: number): Promise<number[]> => {
    timed.stdin.write(`${json}\n`.repeat(times));
    const taken: number[] = [];
    while (taken.length < times) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${program} has ended`);
      taken.push(Number(value) / 1000);
    }
    return taken;
  };
  return { ask, close: () => timed.stdin.end() };
}

const TURNS = 4;
const EACH = 50;

test("a plan of one class of loads, beside the same native", async () => {
  const program = process.env.TIMED;
  if (!program) throw new Error("TIMED must name the program `timed` of the benches, built for release");
  const { page, close } = await visit(site());
  const question = of("plan_training_checkpoints");
  const json = JSON.stringify({ ...question, workloads: list(question, "workloads").slice(0, 1) });
  await page.evaluate(start, await workerOf(page));
  const inPage = (times: number) =>
    page.evaluate(({ json, times }) => (globalThis as unknown as { timed: (json: string, times: number) => Promise<number[]> }).timed(json, times), { json, times });
  const outside = native(program, "plan");
  const taken = { browser: [] as number[], native: [] as number[] };
  for (let turn = 0; turn < TURNS; turn += 1) {
    taken.browser.push(...(await inPage(EACH)));
    taken.native.push(...(await outside.ask(json, EACH)));
  }
  outside.close();
  expect(taken.browser).toHaveLength(TURNS * EACH);
  expect(taken.native).toHaveLength(TURNS * EACH);
  const [browser, alone] = [median(taken.browser), median(taken.native)];
  process.stdout.write(
    `plan of one class: ${browser.toFixed(1)} ms in the browser, ${alone.toFixed(1)} ms native, ${(browser / alone).toFixed(1)} times native (median of ${TURNS * EACH} each)\n`,
  );
  await close();
});

test("dragging a slider", async () => {
  for (const [view, id] of [["estimate", "training_reads"], ["plan", "plan_training_checkpoints"]] as const) {
    const { page, said, close } = await visit(site(), { hash: toLink({ view, question: of(id), designs: [], unit: "MB" }, undefined) });
    await settled(page);
    const ms = await page.locator("input.slider").first().evaluate(async (slider: HTMLInputElement) => {
      const most = Number(slider.max);
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      await frame();
      const begun = performance.now();
      for (let event = 0; event < 120; event += 1) {
        slider.value = String(event % most);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        await frame();
      }
      return performance.now() - begun;
    });
    say(`dragging in ${view}`, 120_000 / ms, "frames per second");
    await settled(page);
    expect(said).toEqual([]);
    await close();
  }
});
