/** What the fields of a form share: the tree they change and what the core says about it. */

import type { DefaultTaken, Finding } from "fsx-model";
import { getContext, setContext } from "svelte";
import { type Field, TABLES } from "../fields";

import { type Json, type Tree, get, plain } from "../state/path";

export interface Answered {
  findings: Finding[];
  defaults: DefaultTaken[];
}

export class Form {
  constructor(
    readonly tree: () => Tree,
    readonly set: (path: string, value: Json | undefined) => void,
    readonly answered: () => Answered,
    /** Takes another tree in place of this one. */
    readonly replace: (tree: Tree) => void,
    /** Whether the field may be a range, if it is a number. */
    readonly ranges: (path: string) => boolean,
  ) {}

  get(path: string): Json | undefined {
    return get(this.tree(), path);
  }

  /** The default that the core has taken for the field. */
  default(path: string): Json | undefined {
    return this.answered().defaults.find(({ field }) => plain(field) === path)?.value as Json | undefined;
  }

  findings(path: string): Finding[] {
    return this.answered().findings.filter(({ field, severity }) => severity !== "advice" && plain(field) === path);
  }
}

const KEY = "form";
export const provide = (form: Form): Form => setContext(KEY, form);
export const form = (): Form => getContext(KEY);

/** A field of a table by its name. */
export const fieldOf = (table: string, name: string): Field =>
  TABLES[table]?.find((field) => field.name === name) ?? { name, description: "", kind: "other" };

/** What the fix of a finding or a change sets the field to, where it is a single value. */
export function fixed({ fix }: { fix: string }, old: Json | undefined): Json | undefined {
  const text = fix.replaceAll(/[`"]/g, "");
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (text === "true" || text === "false") return text === "true";
  if (typeof old === "string" && /^[A-Z][A-Z0-9_]+$/.test(text)) return text;
  return undefined;
}

/** Values for a slider: each about a tenth larger than the one before. */
export function steps(most: number, from = 1): number[] {
  const values: number[] = [];
  for (let value = from; value < most; ) {
    values.push(value);
    const size = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
    value = Math.max(value + 1, Math.round((value * 1.12) / size) * size);
  }
  return [...values, most];
}

/** About as many of the values, close together where they are small. */
export function thinned(values: number[], count = 160): number[] {
  const least = values[0] ?? 0;
  const ratio = ((values.at(-1) ?? 0) / least) ** (1 / count);
  let next = least;
  return values.filter((value, place) => {
    const isKept = value >= next || place === values.length - 1;
    if (isKept) next = value * ratio;
    return isKept;
  });
}
