/** Designs side by side: what changes with one of them, and what they are called. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { beside, changed, named, titleOf } from "../../src/state/designs";
import { type Tree, get } from "../../src/state/path";
import { MOST_DESIGNS, type Named } from "../../src/state/state";
import { fieldName } from "../../src/words";

const FILE_SYSTEM = { deployment_type: "PERSISTENT_2", storage_capacity_gib: 48_000, per_unit_storage_throughput: 250 };
const design = (more: Tree = {}) => named({ clients: { count: 4 }, ...more }, FILE_SYSTEM);
const at = (designs: Named[], path: string) => designs.map(({ scenario }) => get(scenario, path));

describe("a change", () => {
  test("of the file system is of one design, which is called by it", () => {
    const designs = changed(beside([], [design(), design()]), 1, "file_system.per_unit_storage_throughput", 500);
    expect(at(designs, "file_system.per_unit_storage_throughput")).toEqual([250, 500]);
    expect(designs.map(({ name }) => name)).toEqual(["250 MB/s per TiB · 48,000 GiB", "500 MB/s per TiB · 48,000 GiB"]);
  });

  test("leaves a name of one's own", () => {
    const [first, second] = beside([], [design(), design()]);
    const designs = changed([first as Named, { ...(second as Named), name: "the old one" }], 1, "file_system.storage_capacity_gib", 96_000);
    expect(designs[1]?.name).toBe("the old one");
  });

  test("of what designs have in common is of all of them, and of no other", () => {
    const designs = [design(), design({ clients: { count: 9 } }), design(), design({ region: "eu-west-1" })];
    expect(at(changed(designs, 0, "clients.count", 16), "clients.count")).toEqual([16, 9, 16, 16]);
    expect(at(changed(designs, 1, "clients.count", 16), "clients.count")).toEqual([4, 16, 4, 4]);
    expect(at(changed(designs, 0, "region", "us-east-1"), "region")).toEqual(["us-east-1", "us-east-1", "us-east-1", "eu-west-1"]);
  });

  test("of no design is none", () => {
    expect(changed([], 0, "clients.count", 3)).toEqual([]);
  });
});

test("names differ, and the last designs stay", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "a (2)", "b"), { maxLength: 9 }), (names) => {
      const designs = beside([], names.map((name) => ({ name, scenario: {} })));
      expect(designs.length).toBe(Math.min(names.length, MOST_DESIGNS));
      expect(new Set(designs.map(({ name }) => name)).size).toBe(designs.length);
    }),
  );
});

test("words for fields and file systems", () => {
  expect(titleOf({ deployment_type: "SCRATCH_2", storage_capacity_gib: 1200 })).toBe("SCRATCH_2 · SSD · 1,200 GiB");
  expect(fieldName("file_system.per_unit_storage_throughput")).toBe("Throughput, MB/s per TiB");
  expect(fieldName("file_system.layout.kind")).toBe("Layout · kind");
  expect(fieldName("file_system.efa_enabled")).toBe("EFA");
  expect(fieldName("clients.count")).toBe("Clients · count");
  expect(fieldName("workloads.0.target.throughput_mb_per_s")).toBe("Workloads 1 · target · throughput, MB/s");
});
