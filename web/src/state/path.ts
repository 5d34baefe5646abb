/** Reading and changing trees of plain JSON by path, as `workloads.0.target.seconds`. */

export type Json = null | boolean | number | string | Json[] | Tree;
export interface Tree {
  [name: string]: Json;
}

export const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Anything as text; a table may hold a `toString` of its own. */
export const textOf = (value: unknown): string =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);

const own = (value: unknown, name: string): Json | undefined =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Tree)[name]
    : undefined;

/** What stands at the path, if anything does. */
export const get = (tree: Json, path: string): Json | undefined =>
  path.split(".").reduce<Json | undefined>((inner, name) => own(inner, name), tree);

/** A copy with `value` at the path; `undefined` takes the field away, and tables that are empty then. */
export function put(tree: Json | undefined, path: string, value: Json | undefined): Json {
  const [name = "", ...rest] = path.split(".");
  const inner = rest.length === 0 ? value : put(own(tree, name), rest.join("."), value);
  if (Array.isArray(tree)) {
    const list = [...tree];
    if (inner === undefined) list.splice(Number(name), 1);
    else list[Number(name)] = inner;
    return list;
  }
  const copy: Tree = isTree(tree) ? { ...tree } : {};
  const isEmpty = rest.length > 0 && isTree(inner) && Object.keys(inner).length === 0;
  if (inner === undefined || isEmpty) delete copy[name];
  else Object.defineProperty(copy, name, { value: inner, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** The list at the path; anything else is an empty one. */
export const list = (tree: Json, path: string): Json[] => {
  const found = get(tree, path);
  return Array.isArray(found) ? found : [];
};

/** A path of a finding, `workloads[0].target`, as one of ours. */
export const plain = (field: string): string => field.replaceAll("[", ".").replaceAll("]", "");
