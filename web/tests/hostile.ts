/** Links that no page has made: junk, examples with junk in them, and links that something has bitten. */

import fc from "fast-check";
import { compressToEncodedURIComponent } from "lz-string";

import { type Json, type Tree, put } from "../src/state/path.ts";
import { VIEWS, toLink } from "../src/state/state.ts";
import { JUNK, QUESTIONS, nested, paths } from "./json.ts";

const VIEW = fc.constantFrom(...VIEWS);
const QUESTION = fc.constantFrom(...QUESTIONS.map(({ tree }) => tree));
const packed = (parts: Json): string => `1.${compressToEncodedURIComponent(JSON.stringify(parts))}`;

/** An example with up to four of its fields made junk, taken away or doubled. */
const CHANGED: fc.Arbitrary<Tree> = fc
  .tuple(QUESTION, fc.array(fc.tuple(fc.nat(), fc.oneof({ arbitrary: JUNK, weight: 4 }, fc.constant(undefined))), { minLength: 1, maxLength: 4 }))
  .map(([tree, changes]) => {
    let changed: Json = tree;
    for (const [at, junk] of changes) {
      const all = paths(changed);
      const path = all[at % Math.max(1, all.length)];
      if (path !== undefined) changed = put(changed, path, junk);
    }
    return changed as Tree;
  });

/** Many of one thing, as far as a link reaches. */
const MANY: fc.Arbitrary<Tree> = fc
  .tuple(fc.constantFrom("workloads", "jobs", "clients"), fc.constantFrom<Json>({}, 0, { operation: "read" }, { kind: "training" }, { count: 1 }), fc.constantFrom(2, 100, 1000))
  .map(([name, one, count]) => ({ [name]: Array.from({ length: count }, () => one) }));

const DEEP: fc.Arbitrary<Json> = fc.constantFrom(50, 99, 200, 1000).map(nested);

const BUILT: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(VIEW, CHANGED).map(([v, q]) => packed({ v, q })) },
  { weight: 3, arbitrary: fc.tuple(VIEW, JUNK).map(([v, q]) => packed({ v, q })) },
  { weight: 3, arbitrary: fc.tuple(CHANGED, CHANGED, JUNK).map(([one, other, name]) => packed({ v: "compare", q: {}, d: [["a", one], [name, other]] })) },
  { weight: 3, arbitrary: fc.tuple(fc.string(), CHANGED, CHANGED).map(([name, one, other]) => packed({ v: "compare", q: one, d: [[name, one], [name, other]] })) },
  { weight: 1, arbitrary: fc.tuple(VIEW, QUESTION, JUNK).map(([v, q, m]) => packed({ v, q, m: ["<b>", "0", m] })) },
  { weight: 1, arbitrary: fc.tuple(VIEW, DEEP).map(([v, q]) => packed({ v, q: { workloads: q, file_system: q } })) },
  { weight: 1, arbitrary: JUNK.map(packed) },
);

/** A link with letters lost, turned or added. */
const BITTEN: fc.Arbitrary<string> = fc
  .tuple(VIEW, QUESTION, fc.nat(), fc.constantFrom("cut", "turn", "add"), fc.string({ maxLength: 3, unit: "grapheme-ascii" }))
  .map(([view, question, at, how, text]) => {
    const link = toLink({ view, question, designs: [], unit: "MB" }, undefined);
    const place = at % link.length;
    return link.slice(0, place) + (how === "cut" ? "" : text + link.slice(how === "turn" ? place + text.length : place));
  });

export const LINKS: fc.Arbitrary<string> = fc.oneof({ weight: 24, arbitrary: BUILT }, { weight: 5, arbitrary: BITTEN }, { weight: 1, arbitrary: fc.string({ maxLength: 40, unit: "binary" }) });
/** Links that hold as much as they can. */
export const LARGE: fc.Arbitrary<string> = fc.tuple(VIEW, MANY).map(([v, q]) => packed({ v, q }));

/** Texts that are brought: questions with letters lost or turned, and anything. */
export const PASTED: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(fc.constantFrom(...QUESTIONS.map(({ toml }) => toml)), fc.nat(), fc.string({ maxLength: 5, unit: "binary" })).map(([toml, at, text]) => {
    const place = at % toml.length;
    return toml.slice(0, place) + text + toml.slice(place + text.length);
  }),
  CHANGED.map((tree) => JSON.stringify(tree)),
  JUNK.map((junk) => JSON.stringify(junk)),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.constantFrom("[".repeat(50_000), "a.".repeat(5000), '{"file_system":'.repeat(5000), "file_system = <script>", "\u0000"),
);

/** Where the draws begin: at the same place in every run that is not told another, so that a run can be repeated. */
export const SEED = Number(process.env.SEED ?? 1);
/** How many are tried in all. */
export const HOSTILE = Number(process.env.HOSTILE ?? 20_000);
