/** Reading and changing trees by path. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { type Json, type Tree, get, isTree, list, plain, put } from "../../src/state/path";
import { JUNK } from "../json";

const TREE = { a: { b: [{ c: 1 }, { c: 2 }] }, d: null };
const NAME = fc.constantFrom("a", "b", "c", "0", "1", "__proto__", "constructor", "toString");
const PATH = fc.array(NAME, { minLength: 1, maxLength: 4 }).map((names) => names.join("."));
/** Whether the path names no place of a list otherwise than by its number. */
const isPlace = (tree: Json, path: string): boolean => {
  const names = path.split(".");
  return names.every((name, at) => /^\d+$/.test(name) || !Array.isArray(at === 0 ? tree : get(tree, names.slice(0, at).join("."))));
};
/** What is never taken away for being empty. */
const VALUE = fc.oneof(fc.double({ noNaN: true }), fc.string(), fc.boolean(), fc.constant(null));

test("what stands at a path", () => {
  expect(get(TREE, "a.b.1.c")).toBe(2);
  expect(get(TREE, "d")).toBeNull();
  expect(get(TREE, "d.e")).toBeUndefined();
  expect(get(TREE, "a.b.2.c")).toBeUndefined();
});

test.each(["__proto__", "constructor", "a.__proto__", "a.b.length.toFixed", "toString"])("nothing stands at %s unless it was put there", (path) => {
  expect(get(TREE, path)).toBeUndefined();
});

describe("putting", () => {
  test("makes what is not there yet", () => {
    expect(put(undefined, "a.b", 1)).toEqual({ a: { b: 1 } });
    expect(put({ list: [1] }, "list.1", 2)).toEqual({ list: [1, 2] });
  });
  test("nothing takes the field away, and tables that are empty then", () => {
    expect(put({ a: { b: { c: 1 } }, d: 2 }, "a.b.c", undefined)).toEqual({ d: 2 });
    expect(put({ a: { b: 1, c: 2 } }, "a.b", undefined)).toEqual({ a: { c: 2 } });
    expect(put({ list: [1, 2, 3] }, "list.1", undefined)).toEqual({ list: [1, 3] });
    expect(put({ a: 1 }, "b.c", undefined)).toEqual({ a: 1 });
  });
  test("what was put is found, and the tree before is as it was", () => {
    fc.assert(
      fc.property(JUNK.filter(isTree), PATH, VALUE, (tree, path, value) => {
        fc.pre(isPlace(tree, path));
        const before = structuredClone(tree);
        const after = put(tree, path, value);
        expect(get(after, path)).toBe(value);
        expect(tree).toEqual(before);
      }),
      { numRuns: 1000 },
    );
  });
  test("no name reaches what all objects share", () => {
    for (const path of ["__proto__.polluted", "constructor.prototype.polluted", "a.__proto__.polluted"]) {
      const tree = put({}, path, true) as Tree;
      expect(get(tree, path)).toBe(true);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      expect(JSON.parse(JSON.stringify(tree))).toEqual(tree);
    }
  });
  test("two changes of different fields can be made in either order", () => {
    fc.assert(
      fc.property(VALUE, VALUE, (one, other) => {
        const set = (first: [string, Json], second: [string, Json]) => put(put({}, ...first), ...second);
        expect(set(["a.b", one], ["a.c", other])).toEqual(set(["a.c", other], ["a.b", one]));
      }),
    );
  });
});

test("a list at a path, or none", () => {
  expect(list(TREE, "a.b")).toHaveLength(2);
  expect(list(TREE, "a")).toEqual([]);
  expect(list(TREE, "d")).toEqual([]);
  expect(list({ a: "text" }, "a")).toEqual([]);
});

test("paths of findings as ours", () => {
  expect(plain("workloads[10].target.throughput_mb_per_s")).toBe("workloads.10.target.throughput_mb_per_s");
  expect(plain("clients")).toBe("clients");
});
