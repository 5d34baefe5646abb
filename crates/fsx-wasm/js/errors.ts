import type { Finding } from "./types.js";

const NOT_UNDERSTOOD = "INPUT-";
const NOT_MODELLED = "FSX-NOT-MODELLED";

/** An input that got no answer, with every reason at once. */
export class FsxModelError extends Error {
  override readonly name: string = "FsxModelError";
  /** Every reason; at least one. */
  readonly findings: readonly Finding[];
  /** Stable code of the first reason. */
  readonly code: string;
  /** Path of the field that the first reason is about; empty where there is none. */
  readonly field: string;
  /** The value found there; empty where there is none. */
  readonly value: string;
  /** The nearest value that is right, or what to do; empty where there is none. */
  readonly fix: string;

  constructor(findings: readonly Finding[]) {
    super(findings.map(line).join("\n"));
    this.findings = findings;
    const [first] = findings;
    this.code = first?.code ?? "";
    this.field = first?.field ?? "";
    this.value = first?.value ?? "";
    this.fix = first?.fix ?? "";
  }
}

/** The input was not understood: syntax, an unknown field, a wrong type, a number that is not finite. */
export class InputError extends FsxModelError {
  override readonly name: string = "InputError";
}

/** The input was understood, but no such file system can exist, or nothing can be said of it. */
export class RefusedError extends FsxModelError {
  override readonly name: string = "RefusedError";
}

/** The input was understood, but the model does not answer this part yet. */
export class NotModelledError extends RefusedError {
  override readonly name: string = "NotModelledError";
}

/** The error of the kind that the findings' codes tell. */
export function errorOf(findings: readonly Finding[]): FsxModelError {
  const codes = findings.filter((finding) => finding.severity === "error").map((finding) => finding.code);
  if (codes.some((code) => code.startsWith(NOT_UNDERSTOOD))) return new InputError(findings);
  if (codes.length > 0 && codes.every((code) => code === NOT_MODELLED)) return new NotModelledError(findings);
  return new RefusedError(findings);
}

/** A finding in one line. */
function line({ code, field, value, message, fix }: Finding): string {
  const place = value ? `${field} = ${value}` : field;
  const text = [place, message].filter((part) => part).join(": ");
  return `${code}: ${text}${fix ? ` → ${fix}` : ""}`;
}
