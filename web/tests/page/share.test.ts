/** What is taken away and what is brought: every format of both dialogs. */

import { readFileSync } from "node:fs";

import { type ExportFormat, load } from "fsx-model";
import { describe, expect, test } from "vitest";

import { EXAMPLES, EXPORTS } from "../../src/fields";
import type { Tree } from "../../src/state/path";
import { ranged, requirementOf, scenarioOf, type State, toLink } from "../../src/state/state";
import { QUESTIONS } from "../json";
import { questionOf, results, served, settled, visit } from "./browser";

const fsx = await load();
const site = served();
const of = (id: string) => EXAMPLES.find((one) => one.id === id)?.text as Tree;
const hash = (view: State["view"], question: Tree, designs: State["designs"] = []) => toLink({ view, question, designs, unit: "MB" }, undefined);
const given = (name: string) => readFileSync(new URL(`../../../conformance/texts/${name}`, import.meta.url), "utf8");
const TEXT = "[aria-label='Text to copy']";
const OPENED = "[aria-label='Text to open']";
const toml = QUESTIONS.find(({ name }) => name === "scenarios/training_reads.toml")?.toml ?? "";

describe.each(["plan", "estimate"] as const)("%s", (view) => {
  test("every format is what the package writes, or says why there is none", async () => {
    const question = view === "plan" ? ranged(of("plan_unsure")) : of("training_reads");
    const { page, said, close } = await visit(site(), { hash: hash(view, question) });
    await page.click("text=Share …");
    let written = 0;
    for (const { id } of EXPORTS) {
      await page.selectOption("#share-what", id);
      const query = { to: id, [view === "plan" ? "requirement" : "scenario"]: view === "plan" ? requirementOf(question) : scenarioOf(question) };
      const { ok, errors } = JSON.parse(fsx.call("export", JSON.stringify(query))) as { ok?: { text: string }; errors?: { message: string }[] };
      if (ok) await page.waitForFunction(([at, text]) => document.querySelector<HTMLTextAreaElement>(at as string)?.value === text, [TEXT, ok.text]);
      else await page.waitForFunction((message) => document.querySelector("dialog[open]")?.textContent?.includes(message), errors?.[0]?.message ?? "");
      expect([id, ok ? ok.text !== "" : errors !== undefined]).toEqual([id, true]);
      if (ok) written += 1;
    }
    expect(written).toBeGreaterThan(4);
    expect(said).toEqual([]);
    await close();
  });

  test("what is written as a command, in Python and as JSON is the question", async () => {
    const question = of(view === "plan" ? "plan_training_checkpoints" : "training_reads");
    const { page, close } = await visit(site(), { hash: hash(view, question) });
    await page.click("text=Share …");
    const input = view === "plan" ? requirementOf(question) : scenarioOf(question);
    for (const what of ["command", "python", "question"]) {
      await page.selectOption("#share-what", what);
      const text = await page.inputValue(TEXT);
      expect(JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1))).toEqual(input);
      expect(text).toContain({ command: `fsx ${view}`, python: `fsx.${view}(`, question: "{" }[what]);
    }
    await close();
  });
});

test("TOML is what export gives, and is read again as the same question", async () => {
  const question = of("training_reads");
  const { page, said, close } = await visit(site(), { hash: hash("estimate", question) });
  await settled(page);
  const before = await results(page);
  await page.click("text=Share …");
  await page.selectOption("#share-what", "toml");
  const wanted = fsx.export(scenarioOf(question) as never, "toml" as ExportFormat).text;
  await page.waitForFunction(([at, text]) => document.querySelector<HTMLTextAreaElement>(at as string)?.value === text, [TEXT, wanted]);
  await page.keyboard.press("Escape");
  await page.selectOption("[aria-label='Open an example']", "scratch_burst");
  await settled(page);
  await page.click("text=Open …");
  await page.fill(OPENED, wanted);
  await page.click("dialog[open] button.main");
  await page.waitForSelector("dialog[open]", { state: "detached" });
  await settled(page);
  expect(await results(page)).toBe(before);
  expect(said).toEqual([]);
  await close();
});

test("a file is saved under its name", async () => {
  const { page, close } = await visit(site(), { hash: hash("estimate", of("training_reads")) });
  await page.click("text=Share …");
  await page.selectOption("#share-what", "terraform");
  await page.waitForFunction((at) => document.querySelector<HTMLTextAreaElement>(at)?.value !== "", TEXT);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("text=Save as a file")]);
  const exported = fsx.export(of("training_reads") as never, "terraform" as ExportFormat);
  expect(download.suggestedFilename()).toBe(exported.file_name);
  expect(readFileSync((await download.path()) ?? "", "utf8")).toBe(exported.text);
  await close();
});

test.each(QUESTIONS.filter(({ name }) => /training_reads|plan_unsure|02_preload|10_over_efa/.test(name)))("$name is read as what it is, as TOML and as JSON", async ({ what, toml, tree }) => {
  const { page, said, close } = await visit(site(), { hash: hash("estimate", {}) });
  for (const text of [toml, JSON.stringify(tree)]) {
    await page.click("text=Open …");
    await page.fill(OPENED, text);
    await page.click("dialog[open] button.main");
    await page.waitForSelector("dialog[open]", { state: "detached" });
    await settled(page);
    const { state } = await questionOf(page);
    expect(state.view).toBe(what === "scenario" ? "estimate" : "plan");
    expect(state.question).toMatchObject(ranged(tree));
  }
  expect(said).toEqual([]);
  await close();
});

test("what AWS describes becomes the file system, and the loads stay", async () => {
  const question = of("training_reads");
  const { page, said, close } = await visit(site(), { hash: hash("estimate", question) });
  const both = JSON.parse(given("describe.json")) as { FileSystems: object[] };
  const text = JSON.stringify({ FileSystems: both.FileSystems.slice(0, 1) });
  await page.click("text=Open …");
  await page.selectOption("#open-from", "describe-file-systems");
  await page.fill(OPENED, text);
  await page.click("dialog[open] button.main");
  await settled(page);
  const { state } = await questionOf(page);
  const imported = fsx.import(text, "describe-file-systems", { into: question as never });
  expect(state.question).toEqual(imported.scenario);
  expect(state.question.file_system).toMatchObject({ storage_capacity_gib: 4800, per_unit_storage_throughput: 250 });
  expect(state.question.workloads).toEqual(question.workloads);

  // of two file systems, one would have to be named
  if (await page.locator("dialog[open]").count()) await page.keyboard.press("Escape");
  await page.click("text=Open …");
  await page.selectOption("#open-from", "describe-file-systems");
  await page.fill(OPENED, given("describe.json"));
  await page.click("dialog[open] button.main");
  await page.waitForSelector("dialog[open] .said.error");
  expect((await questionOf(page).catch(() => undefined))?.state.question.file_system ?? state.question.file_system).toEqual(state.question.file_system);
  expect(said).toEqual([]);
  await close();
});

test("what cannot be read says where", async () => {
  const { page, said, close } = await visit(site());
  await page.click("text=Open …");
  for (const [text, message] of [["[file_system]\nstorage_capacity_gib = ", "line 2"], ["{", "line 1"], ["file_systems = 1", "file_systems"]]) {
    await page.fill(OPENED, text as string);
    await page.click("dialog[open] button.main");
    await page.waitForFunction((message) => document.querySelector("dialog[open] .said")?.textContent?.includes(message), message as string);
  }
  expect(said).toEqual([]);
  await close();
});

test("a file that is dropped is opened", async () => {
  const { page, said, close } = await visit(site());
  await page.evaluate((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], "scenario.toml"));
    dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, toml);
  await page.waitForFunction(([at, text]) => document.querySelector<HTMLTextAreaElement>(at as string)?.value === text, [OPENED, toml]);
  await page.click("dialog[open] button.main");
  await page.waitForSelector("dialog[open]", { state: "detached" });
  await settled(page);
  expect((await questionOf(page)).state.question).toMatchObject(of("training_reads"));
  expect(said).toEqual([]);
  await close();
});

test("the question can be changed as text", async () => {
  const { page, said, close } = await visit(site(), { hash: hash("estimate", of("scratch_burst")) });
  await page.click("text=The question as text");
  const at = "[aria-label='The question as JSON']";
  // the browser tells of what has been opened a little later
  await page.waitForFunction((at) => document.querySelector<HTMLTextAreaElement>(at)?.value, at);
  expect(JSON.parse(await page.inputValue(at))).toEqual(of("scratch_burst"));
  await page.fill(at, "{");
  await page.click("text=Take it");
  expect(await page.locator(".inputs .said.error").count()).toBe(1);
  await page.fill(at, JSON.stringify(of("training_reads")));
  await page.click("text=Take it");
  await settled(page);
  expect((await questionOf(page)).state.question).toEqual(of("training_reads"));
  expect(said).toEqual([]);
  await close();
});
