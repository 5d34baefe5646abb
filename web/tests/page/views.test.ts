/** Each way in, beside what the core says of the question in its link. */

import { type Compared, type Estimate, type Plan, load } from "fsx-model";
import { describe, expect, test } from "vitest";

import { EXAMPLES } from "../../src/fields";
import { dollars, number, percent, rate, roundDollars, seconds } from "../../src/format";
import { type State, comparisonOf, fromLink, requirementOf, scenarioOf, toLink } from "../../src/state/state";
import { type Tree, get } from "../../src/state/path";
import { capital, design, fieldName, limit } from "../../src/words";
import { QUESTIONS } from "../json";
import { answered, go, questionOf, results, served, settled, visit } from "./browser";

const fsx = await load();
const site = served();
const exampleOf = (id: string) => EXAMPLES.find((one) => one.id === id)?.text as Tree;
const state = (part: Partial<State>): State => ({ view: "plan", question: {}, designs: [], unit: "MB", ...part });
const ok = <T>(call: string, input: Tree): T => {
  const { ok, errors } = JSON.parse(fsx.call(call, JSON.stringify(input))) as { ok?: T; errors?: unknown };
  if (ok === undefined) throw new Error(JSON.stringify(errors));
  return ok;
};

describe("figures are those of the core", () => {
  test("plan: what a first visitor sees", async () => {
    const { page, said, close } = await visit(site());
    const { state } = await questionOf(page);
    const { best, alternatives, space_size } = ok<Plan>("plan", requirementOf(state.question));
    const text = await results(page);
    expect(text).toContain(design(best?.file_system));
    expect(text).toContain(dollars(best?.cost.usd_per_month ?? 0));
    expect(text).toContain(`${space_size.toLocaleString("en-US")} legal designs`);
    for (const target of best?.targets ?? []) expect(text).toContain(limit(target.limit));
    for (const one of alternatives) expect(text).toContain(dollars(one.cost.usd_per_month));
    for (const { sustained } of best?.estimate.workloads ?? []) {
      if (sustained.throughput_mb_per_s) expect(text).toContain(rate(sustained.throughput_mb_per_s.mid, "MB/s", "MB"));
    }
    expect(await page.textContent("footer .summary")).toContain(roundDollars(best?.cost.usd_per_month ?? 0));
    expect(said).toEqual([]);
    await close();
  });

  test("what a first visitor sees does not wait for scripts, and is not moved by them", async () => {
    const { browser, url } = site();
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
    const still = await context.newPage();
    await still.goto(url);
    const { page, said, close } = await visit(site());
    await settled(page);
    expect(await results(still)).toBe(await results(page));
    expect((await results(still)).length).toBeGreaterThan(500);
    const moved = await page.evaluate(
      () =>
        new Promise<number>((done) => {
          new PerformanceObserver((list) => done(list.getEntries().reduce((sum, entry) => sum + (entry as unknown as { value: number }).value, 0))).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(0), 500);
        }),
    );
    expect(moved).toBeLessThan(0.001);
    expect(said).toEqual([]);
    await close();
    await context.close();
  });

  test("who comes by a link never sees another answer", async () => {
    const { browser, url } = site();
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route("**/assets/mount-*.js", () => undefined);
    await page.goto(`${url}#${toLink(state({ view: "estimate", question: exampleOf("training_reads") }), undefined)}`, { waitUntil: "commit" });
    await page.waitForSelector("#results", { state: "attached" });
    expect(await page.locator("#results").isVisible()).toBe(false);
    await context.close();
  });

  test("plan: storage against waiting", async () => {
    const question = exampleOf("plan_least_total");
    const { page, said, close } = await visit(site(), { hash: toLink(state({ question }), undefined) });
    const { best, alternatives, total } = ok<Plan>("plan", requirementOf(question));
    const text = await results(page);
    const waiting = best?.idle_clients_usd_per_month ?? 0;
    expect(waiting).toBeGreaterThan(0);
    expect(text).toContain(roundDollars(waiting));
    expect(text).toContain(roundDollars((best?.cost.usd_per_month ?? 0) + waiting));
    expect(text).toContain(roundDollars(total?.job?.usd ?? 0));
    for (const one of alternatives) expect(text).toContain(dollars(one.cost.usd_per_month + (one.idle_clients_usd_per_month ?? 0)));
    await page.locator("[aria-label='Storage against waiting'] summary").click();
    const table = await page.locator("[aria-label='Storage against waiting, as a table']").innerText();
    for (const point of total?.curve ?? []) expect(table).toContain(`${roundDollars(point.total_usd)}\t${percent(point.useful_share)}\t${design(point.file_system)}`);
    expect(total?.curve.length).toBeGreaterThan(5);
    expect(said).toEqual([]);
    await close();
  });

  test("plan: how sure it is", async () => {
    const question = exampleOf("plan_unsure");
    const { page, said, close } = await visit(site(), { hash: toLink(state({ question }), undefined) });
    const { best, uncertainty } = ok<Plan>("plan", requirementOf(question));
    await settled(page);
    const text = await page.locator("[aria-label='How sure this is']").innerText();
    expect(text).toContain(`every target in ${percent(best?.met_share ?? 0)} of`);
    expect(text).toContain(design(uncertainty?.at_mid?.file_system));
    expect(uncertainty?.worth_measuring.length).toBeGreaterThan(0);
    expect(text).toContain("Capacity · data, GiB");
    for (const { usd_per_month } of uncertainty?.worth_measuring ?? []) expect(text).toContain(roundDollars(usd_per_month));
    expect(said).toEqual([]);
    await close();
  });

  test("plan: who is not sure can ask for it", async () => {
    const { page, said, close } = await visit(site());
    await page.getByRole("button", { name: "Ask for 90% of all cases" }).click();
    await page.getByText("It meets every target in").first().waitFor();
    expect(fromLink(new URL(page.url()).hash.slice(1)).state.question.uncertainty).toEqual({ confidence: 0.9 });
    expect(said).toEqual([]);
    await close();
  });

  test("plan: the way from the file system one has", async () => {
    const question = exampleOf("plan_from_here");
    const { page, said, close } = await visit(site(), { hash: toLink(state({ question }), undefined) });
    const { from_here, updates } = ok<Plan>("plan", requirementOf(question));
    await settled(page);
    const text = await page.locator("[aria-label='The way there']").innerText();
    expect(text).toContain(design(from_here?.current.file_system));
    expect(text).toContain(from_here?.current.why_not);
    expect(text).toContain(design(from_here?.reachable?.file_system));
    expect(updates.length).toBeGreaterThan(1);
    for (const { fields } of updates) for (const { field } of fields) expect(text).toContain(fieldName(field));
    expect(text).toContain("from 9,600 to 19,200");
    expect(said).toEqual([]);
    await close();
  });

  test("estimate: rates, limits and cost", async () => {
    const question = exampleOf("training_reads");
    const { page, said, close } = await visit(site(), { hash: toLink(state({ view: "estimate", question }), undefined) });
    const { workloads, cost } = ok<Estimate>("estimate", scenarioOf(question));
    const text = await results(page);
    for (const { sustained, limits, name } of workloads) {
      expect(text).toContain(name);
      expect(text).toContain(rate(sustained.operations_per_s.mid, "op/s", "MB"));
      for (const one of limits) expect(text).toContain(rate(one.sustained.value, one.unit, "MB"));
    }
    for (const line of cost?.lines ?? []) expect(text).toContain(dollars(line.usd_per_month));
    expect(workloads.length).toBeGreaterThan(0);
    expect(said).toEqual([]);
    await close();
  });

  test("estimate: what CloudWatch has seen", async () => {
    const cloudwatch = [
      { metric: "DiskIopsUtilization", part: "OST0001", mean_percent: 12, max_percent: 83 },
      { metric: "StorageCapacityUtilization", part: "OST0000", mean_percent: 60, max_percent: 61 },
    ];
    const question = { ...exampleOf("training_reads"), cloudwatch };
    const { page, said, close } = await visit(site(), { hash: toLink(state({ view: "estimate", question }), undefined) });
    const { head_room } = ok<Estimate>("estimate", scenarioOf(question));
    await settled(page);
    const table = await page.locator("[aria-label='Room to spare, as a table']").innerText();
    expect(head_room?.length).toBe(2);
    for (const { part, head_room_percent } of head_room ?? []) expect(table).toMatch(new RegExp(`${part}.*${percent(head_room_percent / 100)}`));
    expect(table).toContain("Disk Iops");
    expect(said).toEqual([]);
    await close();
  });

  test("compare: each rate and each cost", async () => {
    const designs = ["training_reads", "big_client_small_system"].map((id) => ({ name: id, scenario: exampleOf(id) }));
    const { page, said, close } = await visit(site(), { hash: toLink(state({ view: "compare", designs }), undefined) });
    await settled(page);
    const compared = ok<Compared>("compare", comparisonOf(designs));
    const text = await results(page);
    for (const { sustained, unit } of compared.workloads) {
      for (const value of sustained) if (value !== null && value !== undefined) expect(text).toContain(rate(value, unit, "MB"));
    }
    for (const { estimate } of compared.designs) expect(text).toContain(dollars(estimate.cost?.usd_per_month ?? 0));
    expect(said).toEqual([]);
    await close();
  });

  test("compare: designs with loads of other names", async () => {
    const designs = ["training_reads", "scratch_burst"].map((id) => ({ name: id, scenario: exampleOf(id) }));
    const { page, said, close } = await visit(site(), { hash: toLink(state({ view: "compare", designs }), undefined) });
    await settled(page);
    const [first, second] = ok<Compared>("compare", comparisonOf(designs)).designs.map(({ estimate }) => estimate.workloads[0]);
    expect(first?.name).not.toBe(second?.name);
    const text = await page.locator("table.compare").innerText();
    expect(text).toContain("Workloads 1 · data in\tauto\tserver_cache");
    expect(text).toContain(`Held back by\t${limit(first?.sustained.bottleneck ?? "")}\t—`);
    expect(text).toContain(`Held back by\t—\t${limit(second?.sustained.bottleneck ?? "")}`);
    await page.getByRole("button", { name: rate(second?.sustained.throughput_mb_per_s?.mid ?? 0, "MB/s", "MB") }).click();
    expect(await page.locator("dialog[open]").innerText()).toContain(capital(limit(second?.sustained.bottleneck ?? "")));
    expect(said).toEqual([]);
    await close();
  });

  test("compare begins with the present file system, of which a copy is changed", async () => {
    const question = { ...exampleOf("training_and_checkpoints") };
    const { page, said, close } = await visit(site(), { hash: toLink(state({ view: "estimate", question }), undefined) });
    await page.click("nav >> text=Compare");
    await page.click("text=Begin with the present file system");
    await page.locator("table.compare td").first().waitFor();
    expect(await page.locator("table.compare td.best").count()).toBe(0);
    await page.getByLabel("Throughput, MB/s per TiB", { exact: true }).selectOption("1000");
    await page.getByText("1000 MB/s per TiB").first().waitFor();
    await settled(page);
    const { designs } = fromLink(new URL(page.url()).hash.slice(1)).state;
    expect(designs.map(({ scenario }) => get(scenario, "file_system.per_unit_storage_throughput"))).toEqual([250, 1000]);
    const compared = ok<Compared>("compare", comparisonOf(designs));
    const table = await page.locator("table.compare").innerText();
    expect(table).toContain("Throughput, MB/s per TiB\t250\t1,000");
    for (const { estimate } of compared.designs) {
      for (const job of estimate.jobs) {
        if ("accelerator_utilization" in job) expect(table).toContain(percent(job.accelerator_utilization.mid));
        if ("save_s" in job) expect(table).toContain(seconds(job.save_s.mid));
      }
    }
    // clients are in common: a change of them is of both
    await page.getByLabel("How many", { exact: true }).fill("9");
    await settled(page);
    const after = fromLink(new URL(page.url()).hash.slice(1)).state.designs;
    expect(after.map(({ scenario }) => get(scenario, "clients.count"))).toEqual([9, 9]);
    // the other one is changed after it has been chosen
    await page.getByRole("button", { name: /^change it: 250/ }).click();
    await page.getByLabel("Storage capacity, GiB", { exact: true }).fill("24000");
    await settled(page);
    const last = fromLink(new URL(page.url()).hash.slice(1)).state.designs;
    expect(last.map(({ scenario }) => get(scenario, "file_system.storage_capacity_gib"))).toEqual([24_000, 48_000]);
    expect(said).toEqual([]);
    await close();
  });

  test("in the other unit each rate is less by 1.048576", async () => {
    const question = exampleOf("training_reads");
    const { page, close } = await visit(site(), { hash: toLink(state({ view: "estimate", question }), undefined) });
    const [workload] = ok<Estimate>("estimate", scenarioOf(question)).workloads;
    const mid = workload?.sustained.throughput_mb_per_s?.mid ?? 0;
    expect(await results(page)).toContain(`${number(mid)} MB/s`);
    await page.selectOption("[aria-label='Unit of throughput']", "MiB");
    await settled(page);
    const text = await results(page);
    expect(text).toContain(`${number(mid / 1.048576)} MiB/s`);
    const figures = await page.locator("#results .figures, #results .limits").allInnerTexts();
    expect(figures.join()).toContain("MiB/s");
    expect(figures.join()).not.toContain("MB/s");
    await close();
  });
});

test("every example opens without a word on the console and shows an answer or says what is wrong", async () => {
  const { page, said, close } = await visit(site());
  const silent: string[] = [];
  for (const { id, what, text } of EXAMPLES) {
    await page.selectOption("[aria-label='Open an example']", id);
    await answered(page);
    await settled(page);
    const shown = await results(page);
    const call = { scenario: "estimate", requirement: "plan", comparison: "compare" }[what];
    const { errors } = JSON.parse(fsx.call(call, JSON.stringify(text))) as { errors?: { code: string }[] };
    const isAnswer = errors ? errors.every(({ code }) => shown.includes(code)) : (await page.locator("#results .workload, #results .winner, #results table").count()) > 0;
    if (!isAnswer || (!errors && shown.includes("Not possible"))) silent.push(id);
  }
  expect(silent).toEqual([]);
  expect(said).toEqual([]);
  await close();
});

test("every number that can be asked about has a working", async () => {
  const { page, said, close } = await visit(site());
  const empty: string[] = [];
  for (const id of ["plan_training_checkpoints", "plan_jobs", "training_and_checkpoints", "training_reads", "tiering_training", "first_epoch_s3", "question-8"]) {
    await page.selectOption("[aria-label='Open an example']", id);
    await settled(page);
    const buttons = page.locator("#results button.value, #results .limits button.name");
    const count = await buttons.count();
    expect(count).toBeGreaterThan(5);
    // by the DOM, which is as good as the mouse and sooner
    empty.push(
      ...(await buttons.evaluateAll(async (all, id) => {
        const found: string[] = [];
        for (const button of all as HTMLButtonElement[]) {
          button.click();
          await new Promise((done) => setTimeout(done));
          const dialog = document.querySelector<HTMLDialogElement>("dialog[open]");
          const texts = [...(dialog?.querySelectorAll("p") ?? [])].filter((one) => one.textContent?.trim());
          if (texts.length < 2) found.push(`${id}: ${button.textContent}`);
          if (/NaN|undefined|\[object/.test(dialog?.textContent ?? "")) found.push(`${id}: ${button.textContent}: ${dialog?.textContent}`);
          const closed = new Promise((done) => dialog?.addEventListener("close", done));
          dialog?.close();
          await closed;
          await new Promise((done) => setTimeout(done));
        }
        return found;
      }, id)),
    );
  }
  expect(empty).toEqual([]);
  expect(said).toEqual([]);
  await close();
});

test("figures of jobs, workloads and the file system open the formulas of the core", async () => {
  const question = exampleOf("training_and_checkpoints");
  const { page, said, close } = await visit(site(), { hash: toLink(state({ view: "estimate", question }), undefined) });
  await settled(page);
  const shown = await page.locator("#results button.value").evaluateAll(async (all) => {
    const formulas: string[] = [];
    for (const button of all as HTMLButtonElement[]) {
      button.click();
      await new Promise((done) => setTimeout(done));
      const dialog = document.querySelector<HTMLDialogElement>("dialog[open]");
      formulas.push(...[...(dialog?.querySelectorAll(".formula") ?? [])].map((one) => one.textContent ?? ""));
      const closed = new Promise((done) => dialog?.addEventListener("close", done));
      dialog?.close();
      await closed;
    }
    return formulas;
  });
  const { jobs, workloads, file_system } = ok<Estimate>("estimate", scenarioOf(question));
  const inBurst = workloads.flatMap(({ burst }) => burst?.workings ?? []).filter(({ figure }) => /throughput|lasts/.test(figure));
  const ofLoads = [...workloads.flatMap(({ sustained, workings = [] }) => [...(sustained.workings ?? []), ...workings]), ...inBurst];
  expect(inBurst.length).toBeGreaterThan(0);
  // a rate that is just its limit is left to the formula of that
  const followed = ofLoads.filter(({ figure, formula }) => figure !== "throughput_mb_per_s" || / [×/] /.test(formula));
  expect(followed.length).toBeGreaterThan(ofLoads.length / 2);
  const workings = [...jobs.flatMap((job) => job.workings ?? []), ...(file_system.workings ?? [])];
  expect(workings.length).toBeGreaterThan(30);
  for (const { formula } of [...workings, ...followed]) expect(shown).toContain(formula);
  expect(said).toEqual([]);
  await close();
});

test("a number becomes a range and one number again", async () => {
  const question = exampleOf("plan_training_checkpoints");
  const { page, said, close } = await visit(site(), { hash: toLink(state({ view: "plan", question }), undefined) });
  await settled(page);
  const before = await results(page);
  await page.click("[aria-label='Data, GiB as a range']");
  await settled(page);
  const { state: unsure } = await questionOf(page);
  expect(unsure.question.capacity).toMatchObject({ data_gib: { low: 24_000, mid: 30_000, high: 37_500 } });
  expect(await page.textContent("#results")).toContain("of 128 draws");
  await page.fill("[aria-label='Data, GiB, high']", "90000");
  await settled(page);
  expect((await questionOf(page)).state.question.capacity).toMatchObject({ data_gib: { high: 90_000 } });
  await page.click("text=Estimate");
  await settled(page);
  expect(await page.locator("[aria-label$='as a range']").count()).toBe(0);
  await page.goBack();
  await settled(page);
  await page.click("[aria-label='Data, GiB as one number']");
  await settled(page);
  expect((await questionOf(page)).state.question).toEqual(question);
  expect(await results(page)).toBe(before);
  expect(said).toEqual([]);
  await close();
});

test("an assumption of one's own changes the answer, is listed, and can be taken back", async () => {
  const question = exampleOf("training_reads");
  const { page, said, close } = await visit(site(), { hash: toLink(state({ view: "estimate", question }), undefined) });
  await settled(page);
  const before = await results(page);
  await page.click("#results .figures button.value");
  const input = page.locator("dialog.working .assumptions input").first();
  const own = Number((await input.getAttribute("placeholder"))?.replaceAll(",", "")) / 2;
  await input.fill(String(own));
  await input.press("Tab");
  await page.keyboard.press("Escape");
  await settled(page);
  const { state: now } = await questionOf(page);
  const [[id, value]] = Object.entries(now.question.assumptions as Tree) as [[string, number]];
  expect(value).toBe(own);
  expect(await page.textContent(".assumed")).toContain(id);
  const after = await results(page);
  expect(after).not.toBe(before);
  const [workload] = ok<Estimate>("estimate", scenarioOf(now.question)).workloads;
  expect(after).toContain(rate(workload?.sustained.throughput_mb_per_s?.mid ?? 0, "MB/s", "MB"));
  await page.click(".assumed button");
  await settled(page);
  expect(await page.locator(".assumed").count()).toBe(0);
  expect(await results(page)).toBe(before);
  expect(said).toEqual([]);
  await close();
});

test("what is not legal is named at its field, and a click sets it right", async () => {
  const question = structuredClone(exampleOf("training_reads"));
  const { page, close } = await visit(site());
  await go(page, toLink(state({ view: "estimate", question: { ...question, file_system: { deployment_type: "SCRATCH_2", storage_capacity_gib: 3600 } } }), undefined));
  await settled(page);
  expect(await page.textContent("#results .findings")).toContain("FSX-CAPACITY-STEP");
  await page.click(".inputs .said.error button");
  await settled(page);
  expect((await questionOf(page)).state.question.file_system).toMatchObject({ storage_capacity_gib: 4800 });
  expect(await page.locator("#results .findings .error").count()).toBe(0);
  await close();
});

test("questions of the examples are those of the files", () => {
  for (const { id, text, group } of EXAMPLES) {
    if (group === "scenarios") expect(text).toEqual(QUESTIONS.find(({ name }) => name === `scenarios/${id}.toml`)?.tree);
  }
});
