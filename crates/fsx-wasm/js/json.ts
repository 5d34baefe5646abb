import { InputError } from "./errors.js";
import type { Finding } from "./types.js";

const DEEPEST = 100;
const MOST = 100;
const SHOWN = 60;
/** Half of a surrogate pair: no text of Unicode has it. */
const HALF = /\p{Surrogate}/u;

/**
 * The JSON text of a tree of plain values.
 *
 * `JSON.stringify` leaves out `undefined` and functions, writes `null` for NaN, and asks `toJSON`; here each of them is
 * a fault with its place, and all faults are thrown at once.
 */
export function encode(value: unknown): string {
  const faults: Finding[] = [];
  const text = write(value, "", faults, []);
  if (faults.length > 0) throw new InputError(faults);
  return text;
}

/** Throws unless it is a text that can cross as it is. */
export function checkText(value: unknown, name: string): asserts value is string {
  const wrong = typeof value === "string" ? halves(value, name) : odd(value, name);
  if (wrong) throw new InputError([wrong]);
}

function write(value: unknown, path: string, faults: Finding[], above: readonly object[]): string {
  if (faults.length >= MOST) return "";
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return Object.is(value, -0) ? "-0" : String(value);
  const wrong = fault(value, path, above);
  if (wrong) {
    faults.push(wrong);
    return "";
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inside = [...above, value];
  if (Array.isArray(value)) {
    // not `map`, which leaves out holes
    return `[${Array.from(value, (item, index) => write(item, `${path}[${index}]`, faults, inside)).join(",")}]`;
  }
  for (const symbol of Object.getOwnPropertySymbols(value)) {
    faults.push(finding(path, String(symbol), "the name of a field is text"));
  }
  const fields = Object.entries(value).map(([name, item]) => {
    const place = path ? `${path}.${name}` : name;
    const bad = halves(name, path);
    if (bad) faults.push(bad);
    return `${JSON.stringify(name)}:${write(item, place, faults, inside)}`;
  });
  return `{${fields.join(",")}}`;
}

/** What is wrong with a value that is neither a finite number nor `null` nor a truth value. */
function fault(value: unknown, path: string, above: readonly object[]): Finding | undefined {
  if (typeof value === "string") return halves(value, path);
  if (typeof value === "number") return finding(path, String(value), "a number must be finite", "INPUT-NOT-FINITE");
  if (typeof value !== "object" || value === null || !(Array.isArray(value) || isTable(value))) return odd(value, path);
  if (above.includes(value)) return finding(path, kind(value), "contains itself");
  if (above.length > DEEPEST) return finding(path, kind(value), `is nested more than ${DEEPEST} deep`);
  return undefined;
}

/** Whether it is an object as one writes it in braces, of whichever window or worker. */
function isTable(value: object): boolean {
  const above: unknown = Object.getPrototypeOf(value);
  return above === null || Object.getPrototypeOf(above) === null;
}

function odd(value: unknown, path: string): Finding {
  const of = kind(value);
  const shown = typeof value === "object" || typeof value === "function" ? of : String(value);
  return finding(path, shown.slice(0, SHOWN), `neither text nor number, list or table, but ${of}`);
}

function halves(text: string, path: string): Finding | undefined {
  if (!HALF.test(text)) return undefined;
  return finding(path, JSON.stringify(text).slice(0, SHOWN), "the text has half of a surrogate pair");
}

/** What a value is, in a word. */
function kind(value: unknown): string {
  return typeof value === "object" ? Object.prototype.toString.call(value).slice(8, -1) : typeof value;
}

function finding(field: string, value: string, message: string, code = "INPUT-TYPE"): Finding {
  return { code, severity: "error", field, value, message, fix: "", sources: [] };
}
