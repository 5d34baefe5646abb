/** Links: what comes back is what went in, and what is no link says why. */

import fc from "fast-check";
import { load } from "fsx-model/core";
import { compressToEncodedURIComponent } from "lz-string";
import { describe, expect, test } from "vitest";

import { EXAMPLES } from "../../src/fields";
import { type Tree, isTree } from "../../src/state/path";
import { BadLink, type Made, OF_ESTIMATE, OF_PLAN, type State, UNITS, VIEWS, around, asked, comparisonOf, fromLink, mayBeRange, ranged, requirementOf, scenarioOf, toLink } from "../../src/state/state";
import { JUNK, QUESTIONS, nested } from "../json";

const core = await load();
const TREE = JUNK.filter(isTree);
const STATES: fc.Arbitrary<State> = fc.record({
  view: fc.constantFrom(...VIEWS),
  question: TREE,
  designs: fc.array(fc.record({ name: fc.string(), scenario: TREE }), { maxLength: 4 }),
  unit: fc.constantFrom(...UNITS),
});
const MADE: fc.Arbitrary<Made> = fc.record({
  model: fc.string(),
  catalog: fc.string(),
  figures: fc.dictionary(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), { maxKeys: 4 }),
});
/** As JSON tells it: there is no -0, and nothing has a prototype. */
const told = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const packed = (text: string) => `1.${compressToEncodedURIComponent(text)}`;
const why = (link: string): string => {
  try {
    fromLink(link);
  } catch (error) {
    if (error instanceof BadLink) return error.message;
    throw error;
  }
  return "";
};

describe("links", () => {
  test("what comes back is what went in", () => {
    let read = 0;
    fc.assert(
      fc.property(STATES, fc.option(MADE, { nil: undefined }), (state, made) => {
        const link = toLink(state, made);
        if (link.length > 32_768) return;
        read += 1;
        const back = fromLink(link);
        expect(back).toEqual(told({ state, made }));
        expect(toLink(back.state, back.made)).toBe(toLink(told(state), told({ made }).made));
      }),
      { numRuns: 2000 },
    );
    expect(read).toBeGreaterThan(1500);
  });

  test("a link has no letter that messages break", () => {
    fc.assert(
      fc.property(STATES, (state) => {
        expect(toLink(state, undefined)).toMatch(/^1\.[A-Za-z0-9+\-$]*$/);
      }),
    );
  });

  test.each(QUESTIONS)("$name has a short link, and the core answers what comes back as before", ({ what, tree }) => {
    const state: State = { view: what === "scenario" ? "estimate" : "plan", question: asked({}, what, tree), designs: [], unit: "MB" };
    const link = toLink(state, undefined);
    expect(link.length).toBeLessThan(2000);
    const { question } = fromLink(link).state;
    const [call, input] = what === "scenario" ? ["estimate", scenarioOf(question)] : ["plan", requirementOf(question)];
    expect(core.call(call as string, JSON.stringify(input))).toBe(core.call(call as string, JSON.stringify(tree)));
  });

  const good = toLink({ view: "plan", question: { a: 1 }, designs: [], unit: "MB" }, undefined);
  const bad: [link: string, message: string][] = [
    ["", "not one of this page"],
    ["results", "not one of this page"],
    ["2.N4Ig", "of version 2"],
    ["99999999999999999999.x", "of version 99999999999999999999"],
    ["1.", "incomplete"],
    ["1.%%%", "incomplete"],
    [`1.${"A".repeat(40_000)}`, "40002 characters"],
    [packed("x".repeat(300_000)), "incomplete or too long"],
    [packed("null"), "no question"],
    [packed("[]"), "no question"],
    [packed("{"), "incomplete"],
    [packed('{"v":"plan"}'), "no question"],
    [packed('{"v":"other","q":{}}'), "no question"],
    [packed('{"v":"plan","q":[]}'), "no question"],
    [packed('{"v":"plan","q":{},"d":1}'), "designs"],
    [packed('{"v":"plan","q":{},"d":[["a",{}],["a",{}],["a",{}],["a",{}],["a",{}]]}'), "designs"],
    [packed('{"v":"plan","q":{},"d":[[1,{}]]}'), "designs"],
    [packed('{"v":"plan","q":{},"d":[{}]}'), "designs"],
    [good.slice(0, -4), ""],
  ];
  test.each(bad.map(([link, message]) => ({ link, message, start: link.slice(0, 40) })))("what begins “$start” is refused: $message", ({ link, message }) => {
    expect(why(link)).toContain(message);
    expect(why(link)).not.toBe("");
  });

  test("what may be missing is missing, and what is unknown is left out", () => {
    const { state, made } = fromLink(packed('{"v":"compare","q":{},"u":"furlongs","m":["1","2"],"x":1}'));
    expect(state).toEqual({ view: "compare", question: {}, designs: [], unit: "MB" });
    expect(made).toBeUndefined();
    expect(fromLink(packed('{"v":"plan","q":{},"m":["1","2",{"a":1,"b":"x"}]}')).made?.figures).toEqual({ a: 1 });
  });

  test("names that objects have stay names", () => {
    const { state } = fromLink(packed('{"v":"plan","q":{"__proto__":{"polluted":1}}}'));
    expect(Object.hasOwn(state.question, "__proto__")).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(fromLink(toLink(state, undefined)).state).toEqual(state);
  });
});

describe("one question for all ways in", () => {
  const question: Tree = { ...Object.fromEntries([...OF_PLAN, ...OF_ESTIMATE].map((name) => [name, 1])), workloads: [], clients: {} };
  test("what only a plan or only an estimate knows stays out of the other", () => {
    expect(Object.keys(requirementOf(question))).toEqual([...OF_PLAN, "workloads", "clients"]);
    expect(Object.keys(scenarioOf(question))).toEqual([...OF_ESTIMATE, "workloads", "clients"]);
  });
  test("between them they are all of it", () => {
    fc.assert(
      fc.property(TREE, (extra) => {
        const all = { ...extra, ...question };
        const names = new Set([...Object.keys(requirementOf(all)), ...Object.keys(scenarioOf(all))]);
        expect(names).toEqual(new Set(Object.keys(all)));
      }),
    );
  });
  test("a scenario that is opened leaves what is asked of a plan, and the other way round", () => {
    const old = { ...question, region: "eu-west-1" };
    const opened = asked(old, "scenario", { file_system: 2 });
    expect(opened).toEqual({ ...Object.fromEntries(OF_PLAN.map((name) => [name, 1])), file_system: 2 });
    expect(asked(old, "requirement", { objective: 2 })).toEqual({ ...Object.fromEntries(OF_ESTIMATE.map((name) => [name, 1])), objective: 2 });
  });
  test("the core knows every field that goes to it", () => {
    const unknown = (call: string, tree: Tree) => core.call(call, JSON.stringify(tree)).includes("INPUT-UNKNOWN-FIELD");
    for (const [call, names] of [["plan", OF_PLAN], ["estimate", OF_ESTIMATE]] as const) {
      const other = call === "plan" ? "estimate" : "plan";
      for (const name of names) {
        expect([name, unknown(call, { [name]: {} }), unknown(other, { [name]: {} })]).toEqual([name, false, true]);
      }
    }
  });
  test("designs side by side", () => {
    expect(comparisonOf([{ name: "a", scenario: { x: 1 } }, { name: "b", scenario: {} }])).toEqual({ scenarios: [{ x: 1 }, {}], names: ["a", "b"] });
  });
});

test("what is nested deep is refused", () => {
  for (const depth of [200, 1000, 10_000, 100_000]) {
    expect(why(packed(`{"v":"plan","q":{"a":${"[".repeat(depth)}${"]".repeat(depth)}}}`))).toContain("deep");
  }
  const question = { a: nested(50) };
  expect(fromLink(packed(JSON.stringify({ v: "plan", q: question }))).state.question).toEqual(question);
});

describe("ranges", () => {
  const range = { low: 1, mid: 2, high: 4 };
  const read = { capacity: { data_gib: 2 }, clients: { count: 2 }, uncertainty: { confidence: 0.9, inputs: { "capacity.data_gib": range, "workloads[0].target.seconds": range } }, workloads: [{ target: { seconds: 2 } }] };

  test("stand where the numbers do", () => {
    expect(ranged(read)).toEqual({ capacity: { data_gib: range }, clients: { count: 2 }, uncertainty: { confidence: 0.9 }, workloads: [{ target: { seconds: range } }] });
    expect(ranged({ capacity: { data_gib: 2 } })).toEqual({ capacity: { data_gib: 2 } });
  });

  test("lie about a number, whole where it is", () => {
    expect(around(30_000)).toEqual({ low: 24_000, mid: 30_000, high: 37_500 });
    expect(around(0.2)).toEqual({ low: 0.16, mid: 0.2, high: 0.25 });
    expect(around(0.9)).toEqual({ low: 0.72, mid: 0.9, high: 0.95 });
    expect(around(1)).toEqual({ low: 1, mid: 1, high: 2 });
    expect(around(1 / 3)).toEqual({ low: 0.267, mid: 1 / 3, high: 0.417 });
    expect(["capacity.data_gib", "clients.count", "workloads.0.target.seconds", "jobs.1.size_gib"].every((path) => mayBeRange({}, path))).toBe(true);
    expect(["constraints.max_usd_per_month", "file_system.storage_capacity_gib", "region", "pricing.duty_cycle"].some((path) => mayBeRange({}, path))).toBe(false);
    expect([{ objective: "fastest" }, { objective: "least_total" }].some((question) => mayBeRange(question, "capacity.data_gib"))).toBe(false);
  });

  test("are the same question to the core, and for an estimate their mid values", () => {
    const requirement = EXAMPLES.find(({ id }) => id === "plan_unsure")?.text as Tree;
    const placed = ranged(requirement);
    expect(placed).not.toEqual(requirement);
    expect(core.call("plan", JSON.stringify(placed))).toBe(core.call("plan", JSON.stringify(requirement)));
    expect(scenarioOf(placed).workloads).toEqual(requirement.workloads);
    expect(scenarioOf({ assumptions: { a: range } })).toEqual({ assumptions: { a: range } });
  });
});
