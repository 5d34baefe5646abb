/** What fields, sliders and words come to. */

import type { Finding } from "fsx-model";
import { load } from "fsx-model/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { EXAMPLES, EXPORTS, IMPORTS, TABLES } from "../../src/fields";
import { Form, fieldOf, fixed, steps, thinned } from "../../src/parts/form";
import type { Tree } from "../../src/state/path";
import { capital, design, limit, limits, words } from "../../src/words";
import { QUESTIONS, paths } from "../json";

const core = await load();
const finding = (fix: string): Finding => ({ code: "", severity: "error", field: "a[0].b", value: "", message: "", fix, sources: [] });

describe("sliders", () => {
  test("steps rise from the first to the most, each about a tenth above the one before", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1e6 }), (most) => {
        const values = steps(most);
        expect([values[0], values.at(-1)]).toEqual([1, most]);
        for (const [place, value] of values.entries()) {
          const before = values[place - 1];
          if (before === undefined) continue;
          expect(value).toBeGreaterThan(before);
          expect(value - before).toBeLessThanOrEqual(Math.max(1, before * 0.2));
        }
      }),
    );
    expect(steps(1)).toEqual([1]);
    expect(steps(12)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });
  test("thinning keeps both ends and about as many as are wanted", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 10_000 }), (count, step) => {
        const all = Array.from({ length: count }, (_, place) => (place + 1) * step);
        const kept = thinned(all);
        expect([kept[0], kept.at(-1)]).toEqual([all[0], all.at(-1)]);
        expect(kept.length).toBeLessThanOrEqual(162);
        expect(kept.every((value) => all.includes(value))).toBe(true);
      }),
    );
    expect(thinned([1200, 2400, 4800])).toEqual([1200, 2400, 4800]);
    expect(thinned([])).toEqual([]);
  });
});

describe("what a finding proposes", () => {
  test.each([
    ["4800", 3600, 4800],
    ["`4800`", 3600, 4800],
    ["-1.5", undefined, -1.5],
    ["true", undefined, true],
    ["false", true, false],
    ["\"SSD\"", "HDD", "SSD"],
    ["PERSISTENT_2", "SCRATCH_1", "PERSISTENT_2"],
    ["PERSISTENT_2", 1, undefined],
    ["1000 entries or fewer", 2000, undefined],
    ["", 1, undefined],
  ])("%s in place of %s", (fix, old, value) => expect(fixed(finding(fix), old)).toBe(value));

  test("taking it makes a capacity legal", () => {
    const scenario = (capacity: unknown) => JSON.stringify({ file_system: { deployment_type: "SCRATCH_2", storage_capacity_gib: capacity } });
    const { errors } = JSON.parse(core.call("estimate", scenario(3600))) as { errors: Finding[] };
    const value = fixed(errors[0] as Finding, 3600);
    expect(value).toBe(4800);
    expect(core.call("estimate", scenario(value))).toContain('"ok"');
  });
});

test("a form finds what the core says about a field", () => {
  const said = { findings: [finding("1"), { ...finding("2"), severity: "advice" as const }], defaults: [{ field: "a[0].c", value: 7, reason: "" }] };
  const form = new Form(() => ({ a: [{ b: 1 }] }), () => undefined, () => said as never, () => undefined, () => false);
  expect(form.get("a.0.b")).toBe(1);
  expect(form.findings("a.0.b")).toHaveLength(1);
  expect(form.findings("a.0.c")).toEqual([]);
  expect([form.default("a.0.c"), form.default("a.0.b")]).toEqual([7, undefined]);
});

describe("fields of the schemas", () => {
  const fields = Object.entries(TABLES).flatMap(([table, fields]) => fields.map((field) => ({ table, ...field })));

  test("are there, with their words and tables", () => {
    expect(fields.length).toBeGreaterThan(150);
    for (const { table, name, kind, words, of } of fields) {
      const at = `${table}.${name}`;
      expect([at, ["number", "words", "flag", "text", "table", "other"].includes(kind)]).toEqual([at, true]);
      if (kind === "words") expect([at, (words ?? []).length > 0]).toEqual([at, true]);
      if (kind === "table") expect([at, of !== undefined && of in TABLES]).toEqual([at, true]);
    }
  });

  test("are shown as the form has it", () => {
    expect(fieldOf("FileSystem", "deployment_type")).toMatchObject({ kind: "words", words: ["SCRATCH_1", "SCRATCH_2", "PERSISTENT_1", "PERSISTENT_2"] });
    expect(fieldOf("FileSystem", "storage_capacity_gib").kind).toBe("number");
    expect(fieldOf("FileSystem", "efa_enabled").kind).toBe("flag");
    expect(fieldOf("Clients", "instance_type").kind).toBe("text");
    expect(fieldOf("Workload", "processes_per_client").kind).toBe("number");
    expect(fieldOf("nothing", "x")).toEqual({ name: "x", description: "", kind: "other" });
  });

  // lists and what has no fixed fields are edited as text
  test("leave to the text only lists and open tables", () => {
    const others = fields.filter(({ kind }) => kind === "other").map(({ table, name }) => `${table}.${name}`);
    expect(others.sort()).toEqual([
      ".assumptions",
      ".clients",
      ".cloudwatch",
      ".jobs",
      ".workloads",
      "Constraints.deployment_types",
      "Constraints.per_unit_storage_throughput",
      "Constraints.storage_types",
      "DataRepositoryAssociation.auto_export",
      "DataRepositoryAssociation.auto_import",
      "Deploy.no_squash_nids",
      "Deploy.security_group_ids",
      "Deploy.tags",
      "FileSystem.data_repository_associations",
      "Layout.components",
      "Pricing.prices",
      "Uncertainty.inputs",
    ]);
  });

  test("say what they mean", () => {
    for (const { table, name, description } of fields) expect([`${table}.${name}`, description !== ""]).toEqual([`${table}.${name}`, true]);
  });

  test("every field of every example is one of them", () => {
    const known = new Set(fields.map(({ name }) => name));
    const open = /^(assumptions|pricing\.rates|instances)\./;
    for (const { tree } of QUESTIONS) {
      for (const path of paths(tree).filter((path) => !open.test(path))) {
        const name = path.split(".").findLast((part) => !/^\d+$/.test(part)) ?? "";
        expect([path, known.has(name)]).toEqual([path, true]);
      }
    }
  });

  test("formats of export and import are those of the core", () => {
    expect(EXPORTS.length).toBeGreaterThan(5);
    expect(IMPORTS.map(({ id }) => id)).toContain("describe-file-systems");
    for (const { id, meaning } of [...EXPORTS, ...IMPORTS]) expect([id, meaning !== ""]).toEqual([id, true]);
  });
});

describe("examples", () => {
  test("every scenario file is one, and every question that has files", () => {
    const scenarios = EXAMPLES.filter(({ group }) => group === "scenarios");
    expect(scenarios).toHaveLength(QUESTIONS.filter(({ name }) => name.startsWith("scenarios/")).length);
    expect(EXAMPLES.filter(({ group }) => group === "questions").length).toBeGreaterThan(10);
    expect(new Set(EXAMPLES.map(({ id }) => id)).size).toBe(EXAMPLES.length);
  });
  test.each(EXAMPLES)("$id is understood", ({ what, text, link, title }) => {
    const call = { scenario: "estimate", requirement: "plan", comparison: "compare" }[what];
    expect(core.call(call, JSON.stringify(text as Tree))).not.toContain('"INPUT-');
    expect(link === "" || link.startsWith("https://")).toBe(true);
    expect(title).not.toBe("");
  });
});

describe("words", () => {
  test("every limit of an answer has words of its own", () => {
    const seen = new Set<string>();
    for (const { what, tree } of QUESTIONS) {
      const { ok } = JSON.parse(core.call(what === "scenario" ? "estimate" : "plan", JSON.stringify(tree))) as { ok?: { workloads?: { limits: { id: string }[] }[]; best?: { estimate: { workloads: { limits: { id: string }[] }[] } } } };
      for (const workload of ok?.workloads ?? ok?.best?.estimate.workloads ?? []) for (const { id } of workload.limits) seen.add(id);
    }
    expect(seen.size).toBeGreaterThan(9);
    for (const id of seen) expect(limit(id)).not.toBe(id.replaceAll("_", " "));
  });
  test("units follow names", () => {
    expect(words("throughput_mb_per_s")).toBe("throughput, MB/s");
    expect(words("max_usd_per_month")).toBe("max, $ a month");
    expect(words("storage_capacity_gib")).toBe("storage capacity, GiB");
    expect(words("io_size_kib")).toBe("io size, KiB");
    expect(words("network_gbps")).toBe("network, Gbit/s");
    expect(words("save_s")).toBe("save, s");
    expect(words("latency_ms")).toBe("latency, ms");
    expect(words("passes")).toBe("passes");
  });
  test("a limit in a sentence", () => {
    expect(limits("client_network")).toBe("The clients’ network is the limit");
    expect(limits("disk_throughput")).toBe("The disks are the limit");
    expect(limits("something_new")).toBe("The something new are the limit");
    expect(capital("")).toBe("");
  });
  test("a file system in a few words", () => {
    expect(design({ deployment_type: "PERSISTENT_2", storage_capacity_gib: 4800, per_unit_storage_throughput: 250, efa_enabled: true })).toBe("PERSISTENT_2 · SSD · 250 MB/s per TiB · 4,800 GiB · EFA");
    expect(design({ deployment_type: "PERSISTENT_2", storage_type: "INTELLIGENT_TIERING", throughput_capacity_mb_per_s: 4000 })).toBe("PERSISTENT_2 · INTELLIGENT_TIERING · 4000 MB/s");
    expect([design(undefined), design(null), design(1)]).toEqual(["SSD", "SSD", "SSD"]);
  });
});
