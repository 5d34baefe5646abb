/** What the page shows: everything that a link carries. */

import { compressToEncodedURIComponent, decompressFromEncodedURIComponent } from "lz-string";

import { type Json, type Tree, get, isTree, list, plain, put } from "./path.ts";

export const VIEWS = ["plan", "estimate", "compare"] as const;
export type View = (typeof VIEWS)[number];
export const UNITS = ["MB", "MiB"] as const;
export type Unit = (typeof UNITS)[number];

/** A design beside others: a scenario and what it is called. */
export interface Named {
  name: string;
  scenario: Tree;
}

export interface State {
  view: View;
  /** A question: what is asked of any file system, and the one that is looked at. */
  question: Tree;
  designs: Named[];
  unit: Unit;
}

/** What a link says besides the state: by what it was answered, so that it can tell what has changed since. */
export interface Made {
  model: string;
  catalog: string;
  /** Figures of the answer by name. */
  figures: Record<string, number>;
}

/** Fields that only a requirement has. */
export const OF_PLAN = [
  "objective",
  "capacity",
  "constraints",
  "uncertainty",
  "compute_hours",
  "current_file_system",
];
/** Fields that only a scenario has. */
export const OF_ESTIMATE = ["file_system", "cloudwatch"];

const without = (tree: Tree, names: string[]): Tree =>
  Object.fromEntries(Object.entries(tree).filter(([name]) => !names.includes(name)));

/** Tables of which a requirement takes numbers as ranges, beside its own. */
const RANGED = ["clients", "workloads", "jobs"];

/** Whether a requirement takes a number there as a range: the core draws what is asked, for the cheapest only. */
export const mayBeRange = ({ objective = "cheapest" }: Tree, path: string): boolean =>
  objective === "cheapest" && ["capacity", ...RANGED].includes(path.split(".")[0] ?? "");

/** A range about a number, about a fifth to each side; of whole numbers, whole; of a share, one. */
export function around(mid: number): Tree {
  const isWhole = Number.isInteger(mid);
  const near = (value: number) => (isWhole ? Math.round(value) : Number(value.toPrecision(3)));
  const most = mid < 1 ? Math.min(mid * 1.25, (1 + mid) / 2) : mid * 1.25;
  return { low: near(mid * 0.8), mid, high: Math.max(near(most), isWhole ? mid + 1 : mid) };
}

/** The same with the mid value in the place of each range. */
function mids(value: Json): Json {
  if (Array.isArray(value)) return value.map(mids);
  if (!isTree(value)) return value;
  const { low, mid, high } = value;
  if (Object.keys(value).length === 3 && typeof mid === "number" && low !== undefined && high !== undefined) return mid;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mids(inner)]));
}

/** A requirement with its ranges where the numbers stand, not in a list of their own. */
export function ranged(requirement: Tree): Tree {
  const inputs = get(requirement, "uncertainty.inputs");
  if (!isTree(inputs)) return requirement;
  const placed = Object.entries(inputs).reduce<Json>((tree, [path, range]) => put(tree, plain(path), range), requirement);
  return put(placed, "uncertainty.inputs", undefined) as Tree;
}

/** The question as `plan` takes it. */
export const requirementOf = (question: Tree): Tree => without(question, OF_ESTIMATE);
/** The question as `estimate` takes it. */
export const scenarioOf = (question: Tree): Tree =>
  Object.fromEntries(Object.entries(without(question, OF_PLAN)).map(([name, value]) => [name, RANGED.includes(name) ? mids(value) : value]));

/** The input of `compare`. */
export const comparisonOf = (designs: Named[]): Tree => ({
  scenarios: designs.map(({ scenario }) => scenario),
  names: designs.map(({ name }) => name),
});

/** A question that holds this scenario or requirement, and of the old one what the new says nothing about. */
export function asked(old: Tree, what: "scenario" | "requirement", read: Tree): Tree {
  const kept = what === "scenario" ? OF_PLAN : OF_ESTIMATE;
  const keeps = Object.entries(old).filter(([name]) => kept.includes(name));
  return { ...Object.fromEntries(keeps), ...(what === "requirement" ? ranged(read) : read) };
}

const FORMAT = "1";
/** Longest link that is read, in characters, longest text that may come of it, and how deep it may be nested. */
const MOST = { link: 32_768, text: 262_144, depth: 100 };
/** Most designs side by side, as the page has room for. */
export const MOST_DESIGNS = 4;

/** Most workloads, jobs and groups of clients that the page asks about: each is shown with everything that limits it. */
export const MOST_LOADS = 32;

/** Why a question is too large for the page; empty if it is not. */
export function tooLarge(questions: Tree[]): string {
  const sizes = questions.map((question) => ["workloads", "jobs", "clients"].reduce((sum, name) => sum + list(question, name).length, 0));
  const most = Math.max(0, ...sizes);
  return most > MOST_LOADS ? `${most} workloads, jobs and groups of clients are too many to show; the page takes ${MOST_LOADS}, \`fsx\` on the command line takes more` : "";
}

/** The part of the address behind `#`. */
export function toLink(state: State, made: Made | undefined): string {
  const { view, question, designs, unit } = state;
  const parts: Tree = { v: view, q: question };
  if (designs.length > 0) parts.d = designs.map(({ name, scenario }) => [name, scenario]);
  if (unit !== "MB") parts.u = unit;
  if (made) parts.m = [made.model, made.catalog, made.figures];
  return `${FORMAT}.${compressToEncodedURIComponent(JSON.stringify(parts))}`;
}

/** Why a link cannot be read. */
export class BadLink extends Error {}

/** What a link holds. Whether the question makes sense is for the core to say. */
export function fromLink(link: string): { state: State; made: Made | undefined } {
  if (link.length > MOST.link) throw new BadLink(`it has ${link.length} characters; at most ${MOST.link} are read`);
  const [, format, packed] = /^(\d+)\.(.*)$/s.exec(link) ?? [];
  if (format === undefined || packed === undefined) throw new BadLink("it is not one of this page");
  if (format !== FORMAT) throw new BadLink(`it is of version ${format}; this page reads version ${FORMAT}`);
  const text = decompressFromEncodedURIComponent(packed);
  if (!text || text.length > MOST.text) throw new BadLink("it is incomplete or too long");
  let parts: unknown;
  try {
    parts = JSON.parse(text);
  } catch {
    throw new BadLink("it is incomplete");
  }
  if (!isTree(parts)) throw new BadLink("it holds no question");
  if (!isWithin(MOST.depth, parts)) throw new BadLink(`it is nested more than ${MOST.depth} deep`);
  return { state: toState(parts), made: toMade(parts.m) };
}

const isWithin = (depth: number, of: unknown): boolean =>
  typeof of !== "object" || of === null || (depth > 0 && Object.values(of).every((inner) => isWithin(depth - 1, inner)));

function toState(parts: Tree): State {
  const view = VIEWS.find((view) => view === parts.v);
  if (!view || !isTree(parts.q)) throw new BadLink("it holds no question");
  return {
    view,
    question: parts.q,
    designs: toDesigns(parts.d),
    unit: UNITS.find((unit) => unit === parts.u) ?? "MB",
  };
}

function toDesigns(list: Json | undefined): Named[] {
  if (list === undefined) return [];
  if (!Array.isArray(list) || list.length > MOST_DESIGNS) throw new BadLink("its designs cannot be read");
  return list.map((pair) => {
    const [name, scenario] = Array.isArray(pair) ? pair : [];
    if (typeof name !== "string" || !isTree(scenario)) throw new BadLink("its designs cannot be read");
    return { name, scenario };
  });
}

function toMade(of: Json | undefined): Made | undefined {
  const [model, catalog, figures] = Array.isArray(of) ? of : [];
  if (typeof model !== "string" || typeof catalog !== "string" || !isTree(figures)) return undefined;
  const numbers = Object.entries(figures).filter((pair): pair is [string, number] => typeof pair[1] === "number");
  return { model, catalog, figures: Object.fromEntries(numbers) };
}
