/** Designs side by side, one of which is being changed. */

import { design } from "../words.ts";
import { type Json, type Tree, get, put } from "./path.ts";
import { MOST_DESIGNS, type Named } from "./state.ts";

/** What a design is called until it gets a name of its own. */
export const titleOf = (fileSystem: unknown): string => design(fileSystem).replace(/^PERSISTENT_2 · SSD · /, "");

/** A name that none of the others has. */
function unlike(name: string, others: string[]): string {
  for (let number = 2; ; number += 1) {
    const numbered = `${name} (${number})`;
    if (!others.includes(numbered)) return others.includes(name) ? numbered : name;
  }
}

/** A scenario on a file system, called by that. */
export const named = (scenario: Tree, fileSystem: Json): Named => ({
  name: titleOf(fileSystem),
  scenario: put(scenario, "file_system", fileSystem) as Tree,
});

/** The last of them, as many as have room, each under a name of its own. */
export const beside = (designs: Named[], more: Named[]): Named[] =>
  [...designs, ...more].slice(-MOST_DESIGNS).reduce<Named[]>((kept, one) => [...kept, { ...one, name: unlike(one.name, kept.map(({ name }) => name)) }], []);

/** Sets a field of one design. What the others have in common with it besides the file system changes with it. */
export function changed(designs: Named[], place: number, path: string, value: Json | undefined): Named[] {
  const table = path.split(".")[0] ?? "";
  const textOf = ({ scenario }: Named) => JSON.stringify(get(scenario, table));
  const one = designs[place];
  if (!one) return designs;
  if (table !== "file_system") {
    const before = textOf(one);
    return designs.map((other) => (textOf(other) === before ? { ...other, scenario: put(other.scenario, path, value) as Tree } : other));
  }
  const scenario = put(one.scenario, path, value) as Tree;
  const [old, title] = [one.scenario, scenario].map((it) => titleOf(it.file_system));
  const isCalledSo = one.name === old || one.name.startsWith(`${old} (`);
  const others = designs.toSpliced(place, 1).map(({ name }) => name);
  return designs.with(place, { scenario, name: isCalledSo ? unlike(title ?? "", others) : one.name });
}
