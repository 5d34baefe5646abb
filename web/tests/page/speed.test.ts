/** How fast it is: printed, never asserted. */

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
    const ms = await page.evaluate(() => performance.now());
    say(`first answer, ${visit}, from the start of navigation`, ms, "ms");
    expect(ms).toBeGreaterThan(0);
    await context.close();
  }
});

test("a plan of one class of loads", async () => {
  const { page, close } = await visit(site());
  const question = of("plan_training_checkpoints");
  const requirement = { ...question, workloads: list(question, "workloads").slice(0, 1) };
  const assets = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  const script = assets.find((name) => name.includes("worker-")) ?? "";
  const worker = script || (await page.evaluate(async () => {
    const main = document.querySelector<HTMLScriptElement>("script[type=module]")?.src ?? "";
    const text = await (await fetch(main)).text();
    return new URL(/worker-[\w-]+\.js/.exec(text)?.[0] ?? "", main).href;
  }));
  const times = await page.evaluate(
    async ({ worker, json }) => {
      const core = new Worker(worker, { type: "module" });
      const ask = (id: number) =>
        new Promise<{ text?: string; ms?: number; fault?: string }>((done) => {
          core.addEventListener("message", ({ data }) => done(data), { once: true });
          core.postMessage({ id, module: "core", ask: ["call", "plan", json] });
        });
      const times: number[] = [];
      for (let id = 0; id < 200; id += 1) {
        const { text, ms, fault } = await ask(id);
        if (!text?.startsWith('{"ok"') || ms === undefined) throw new Error(fault ?? text);
        times.push(ms);
      }
      core.terminate();
      return times;
    },
    { worker, json: JSON.stringify(requirement) },
  );
  expect(times).toHaveLength(200);
  say("plan of one class in the browser, median of 200", median(times), "ms");
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
