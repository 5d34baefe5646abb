/** Trees of plain JSON drawn at random: what a link may hold, and examples with junk in them. */

import { readFileSync, readdirSync } from "node:fs";

import fc from "fast-check";
import { load } from "fsx-model";

import type { Json, Tree } from "../src/state/path.ts";

/** Names that stand for something in JavaScript, and texts that would in HTML. */
const NAMES = ["__proto__", "constructor", "toString", "valueOf", "hasOwnProperty", "length", ""];
const TEXTS = [
  "<img src=x onerror=console.error(1)>",
  "<script>console.error(1)</script>",
  "javascript:console.error(1)",
  "{@html 1}",
  "\u202e\u0000\ud800",
  "%s%n${1}",
  "x".repeat(5000),
];
const NUMBERS = [0, -0, -1, 1e-308, 5e-324, 1e308, -1e308, 2 ** 53, 2 ** 63, 0.1, 1200, 4294967296];

export const JUNK: fc.Arbitrary<Json> = fc.letrec<{ any: Json }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Json>(null, true, false, [], {}),
    fc.constantFrom<Json>(...NUMBERS),
    fc.constantFrom<Json>(...TEXTS),
    fc.string({ maxLength: 12, unit: "binary" }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie("any"), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 8 })), tie("any")), { maxLength: 4 })
      .map((pairs) => Object.fromEntries(pairs) as Tree),
  ),
})).any;

/** Lists within lists. */
export const nested = (depth: number): Json => {
  let inner: Json = 1;
  for (let at = 0; at < depth; at += 1) inner = at % 2 ? [inner] : { a: inner };
  return inner;
};

const core = await load();
const FOLDER = new URL("../../examples/", import.meta.url);

/** An example, and whether it asks for a file system or about one. */
export interface Question {
  what: "scenario" | "requirement";
  name: string;
  toml: string;
  tree: Tree;
}

/** Every file of `examples/` that is a question. */
export const QUESTIONS: Question[] = ["questions", "scenarios"].flatMap((folder) => {
  const files = readdirSync(new URL(folder, FOLDER)).filter((file) => file.endsWith(".toml")).sort();
  return files.map((file): Question => {
    const name = `${folder}/${file}`;
    const toml = readFileSync(new URL(name, FOLDER), "utf8");
    const what = /^\[file_system\]/m.test(toml) ? "scenario" : "requirement";
    const read = core.read as (what: string, format: string, text: string) => unknown;
    return { what, name, toml, tree: read(what, "toml", toml) as Tree };
  });
});

/** The paths of everything in a tree. */
export function paths(tree: Json, above = ""): string[] {
  if (typeof tree !== "object" || tree === null) return [];
  return Object.entries(tree).flatMap(([name, inner]) => {
    const path = above === "" ? name : `${above}.${name}`;
    return [path, ...paths(inner as Json, path)];
  });
}
