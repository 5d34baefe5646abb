/** What makes no sense is an error with code, field and value; nothing crashes, nothing is quietly put right. */
import fc from "fast-check";
import { FsxModelError, InputError, load, NotModelledError, RefusedError } from "fsx-model";
import { load as loadCore } from "fsx-model/core";
import type { Requirement, Scenario } from "fsx-model";
import { describe, expect, test } from "vitest";

type Taker = (input: any) => unknown;

const fsx = await load();
const FUNCTIONS: [string, Taker][] = [
  ["estimate", fsx.estimate],
  ["check", fsx.check],
  ["price", fsx.price],
  ["plan", fsx.plan],
  ["reverse", fsx.reverse],
  ["whatIf", fsx.whatIf],
  ["efaBreakEven", fsx.efaBreakEven],
  ["burstOrBaseline", fsx.burstOrBaseline],
  ["compare", (input) => fsx.compare([input, input])],
  ["export", (input) => fsx.export(input, "terraform")],
];
const CAPACITY = "file_system.storage_capacity_gib";

/** What a call throws. */
function thrown(call: () => unknown): FsxModelError {
  try {
    call();
  } catch (error) {
    if (error instanceof FsxModelError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

function withCapacity(storage_capacity_gib: unknown): object {
  return { file_system: { deployment_type: "SCRATCH_2", storage_capacity_gib } };
}

function circle(): object {
  const tree: { file_system?: object } = {};
  tree.file_system = tree;
  return tree;
}

function deep(depth: number): unknown {
  let tree: unknown = [];
  for (let at = 0; at < depth; at += 1) tree = [tree];
  return tree;
}

class Design {
  file_system = { deployment_type: "SCRATCH_2", storage_capacity_gib: 2400 };
}

const CASES: [string, unknown, string, string][] = [
  ["nothing", undefined, "INPUT-TYPE", ""],
  ["null", null, "INPUT-TYPE", ""],
  ["a text", "text", "INPUT-TYPE", ""],
  ["no number", NaN, "INPUT-NOT-FINITE", ""],
  ["a function", () => 1, "INPUT-TYPE", ""],
  ["a symbol", Symbol("s"), "INPUT-TYPE", ""],
  ["an object of a class", new Design(), "INPUT-TYPE", ""],
  ["a map", new Map([["file_system", 1]]), "INPUT-TYPE", ""],
  ["a circle", circle(), "INPUT-TYPE", "file_system"],
  ["a deep list", deep(50_000), "INPUT-TYPE", "[0]".repeat(101)],
  ["a field that is a symbol", { [Symbol("s")]: 1 }, "INPUT-TYPE", ""],
  ["a field that is half a character", { "\ud800": 1 }, "INPUT-TYPE", ""],
  ["no number for a capacity", withCapacity(NaN), "INPUT-NOT-FINITE", CAPACITY],
  ["infinity for a capacity", withCapacity(-Infinity), "INPUT-NOT-FINITE", CAPACITY],
  ["too much for a capacity", withCapacity(1e308), "INPUT-TYPE", CAPACITY],
  ["a capacity of text", withCapacity("2400"), "INPUT-TYPE", CAPACITY],
  ["a list of capacities", withCapacity([2400]), "INPUT-TYPE", CAPACITY],
  ["a hole", withCapacity([, 1]), "INPUT-TYPE", `${CAPACITY}[0]`],
  ["a yes for a capacity", withCapacity(true), "INPUT-TYPE", CAPACITY],
  ["undefined for a capacity", withCapacity(undefined), "INPUT-TYPE", CAPACITY],
  ["a bigint for a capacity", withCapacity(2400n), "INPUT-TYPE", CAPACITY],
  ["a function for a capacity", withCapacity(() => 2400), "INPUT-TYPE", CAPACITY],
  ["an object that is a number", withCapacity(new Number(2400)), "INPUT-TYPE", CAPACITY],
  ["a date", { region: new Date(0) }, "INPUT-TYPE", "region"],
  ["bytes", { region: new Uint8Array(2) }, "INPUT-TYPE", "region"],
  ["half a character", { region: "us\udc00" }, "INPUT-TYPE", "region"],
  ["what says itself in JSON", { region: { toJSON: () => "us-east-1" } }, "INPUT-TYPE", "region.toJSON"],
  ["a misspelt field", { file_systm: {} }, "INPUT-UNKNOWN-FIELD", "file_systm"],
];

describe.each(CASES)("%s", (_, bad, code, field) => {
  test.each(FUNCTIONS)("is refused by %s", (name, function_) => {
    const error = thrown(() => function_(bad));
    expect(error).toBeInstanceOf(InputError);
    expect(error.name).toBe("InputError");
    expect(error.findings.every((finding) => finding.message !== "")).toBe(true);
    expect(error.code).toMatch(/^INPUT-/);
    if (name === "estimate") expect([error.code, error.field]).toEqual([code, field]);
  });
});

test("all faults come at once", () => {
  const faults = thrown(() => fsx.estimate({ region: NaN, workloads: [1n, undefined] } as unknown as Scenario));
  expect(faults.findings.map((finding) => finding.field)).toEqual(["region", "workloads[0]", "workloads[1]"]);
  expect(thrown(() => fsx.estimate(Array.from({ length: 1000 }) as unknown as Scenario)).findings).toHaveLength(100);
});

test("what cannot be is refused, with every reason and the way out", () => {
  const scenario: Scenario = {
    file_system: { deployment_type: "SCRATCH_2", storage_capacity_gib: 100, efa_enabled: true },
  };
  const error = thrown(() => fsx.estimate(scenario));
  expect(error).toBeInstanceOf(RefusedError);
  expect(error).not.toBeInstanceOf(InputError);
  expect(error.findings).toHaveLength(2);
  for (const { code, field } of error.findings) expect(error.message).toMatch(new RegExp(`^${code}: ${field} = `, "m"));
  const step = thrown(() => fsx.estimate(withCapacity(3600) as Scenario));
  expect([step.code, step.field, step.value, step.fix]).toEqual(["FSX-CAPACITY-STEP", CAPACITY, "3600", "4800"]);
});

test("what is not modelled has a class of its own", () => {
  const requirement: Requirement = {
    objective: "fastest",
    capacity: { data_gib: 1000 },
    workloads: [{}],
    constraints: { max_usd_per_month: 1000 },
    uncertainty: { confidence: 0.9 },
  };
  const error = thrown(() => fsx.plan(requirement));
  expect(error).toBeInstanceOf(NotModelledError);
  expect(error).toBeInstanceOf(RefusedError);
  expect(error.name).toBe("NotModelledError");
});

test("options and words are looked at as well", () => {
  const scenario = withCapacity(2400) as Scenario;
  const unknown = { current_filesystem: {} } as object;
  expect(thrown(() => fsx.export(scenario, "aws-cli", unknown)).code).toBe("INPUT-UNKNOWN-FIELD");
  const absent = { id: undefined } as unknown as { id: string };
  expect(thrown(() => fsx.import("{}", "csi", absent)).field).toBe("id");
  expect(thrown(() => fsx.catalog(5 as unknown as string)).field).toBe("table");
  expect(thrown(() => fsx.read("scenario", "toml", 5 as unknown as string)).field).toBe("text");
  expect(thrown(() => fsx.read("scenario", "toml", "\ud800")).field).toBe("text");
  expect(thrown(() => fsx.call("estimate", undefined as unknown as string)).field).toBe("json");
});

test("what a module leaves out is an error in it", async () => {
  const core = await loadCore();
  expect(Object.keys(core)).not.toContain("import");
  const text = "[file_system]\ndeployment_type = 'SCRATCH_2'\nstorage_capacity_gib = 2400";
  expect(thrown(() => core.read("scenario", "toml" as "json", text))).toBeInstanceOf(InputError);
  expect(fsx.read("scenario", "toml", text)).toEqual(withCapacity(2400));
  expect(core.read("scenario", "json", JSON.stringify(withCapacity(2400)))).toEqual(withCapacity(2400));
  for (const name of ["accuracy", "calibrate"]) {
    expect(Object.keys(fsx)).not.toContain(name);
    expect(fsx.call(name, "{}")).toContain('"code":"INPUT-CALL"');
  }
});

test("a table without a prototype is a table", () => {
  const scenario = Object.assign(Object.create(null) as object, withCapacity(2400)) as Scenario;
  expect(fsx.check(scenario)).toEqual(fsx.check(withCapacity(2400) as Scenario));
});

const JUNK = fc.anything({
  key: fc.oneof(fc.constantFrom("file_system", "workloads", "clients", "jobs", "capacity", "name"), fc.string()),
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

test("junk is an answer or an error of ours", () => {
  fc.assert(
    fc.property(fc.constantFrom(...FUNCTIONS), JUNK, ([, function_], junk) => {
      try {
        function_(junk);
      } catch (error) {
        expect(error).toBeInstanceOf(FsxModelError);
        expect((error as FsxModelError).findings).not.toHaveLength(0);
      }
    }),
    { numRuns: 2000, seed: 1 },
  );
});

test("the door takes any text", () => {
  const texts = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(texts, texts, (name, text) => {
      expect(fsx.call(name, text)).toMatch(/^\{"errors":\[/);
      expect(thrown(() => fsx.read("scenario", "toml", `${text}\n[`))).toBeInstanceOf(InputError);
    }),
    { seed: 1 },
  );
});
