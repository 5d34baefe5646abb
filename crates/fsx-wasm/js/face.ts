import { errorOf } from "./errors.js";
import { checkText, encode } from "./json.js";
import type {
  BurstOrBaseline,
  CatalogAnswer,
  Checked,
  Compared,
  Draft,
  EfaBreakEven,
  Estimate,
  Exported,
  ExportFormat,
  FileSystem,
  Finding,
  Imported,
  ImportFormat,
  Plan,
  PresetKind,
  Presets,
  Priced,
  Requirement,
  Reversed,
  Scenario,
  WhatIfs,
} from "./types.js";

/** What a WebAssembly module of the core offers: text in, text out. */
export interface Module {
  call(name: string, json: string): string;
  read(what: string, format: string, text: string): string;
}

/**
 * Where a module comes from: its address (text, `URL`, `Request`), what is loaded from there (`Response`), its bytes,
 * or a `WebAssembly.Module`. These are not types of the language, and not every project has those of the DOM.
 */
export type Source = string | object;

/**
 * The model without the files of other tools, without TOML and without the tables of its figures.
 *
 * Every function throws an `InputError` if its input is not understood, with all faults at once, a `RefusedError` if
 * there can be no such file system, a `NotModelledError` if there is no answer to this yet.
 */
export interface Core {
  /**
   * The core's answer to a call as JSON text, `{"ok": …}` or `{"errors": [finding, …]}`: byte by byte what
   * `fsx NAME --json` prints. Calls are named as on the command line, with underscores: `what_if`.
   */
  call(name: string, json: string): string;
  /** The scenario that a text tells. */
  read(what: "scenario", format: "json", text: string): Scenario;
  /** The requirement that a text tells. */
  read(what: "requirement", format: "json", text: string): Requirement;
  /** How fast a design runs its workloads, what stops each, and how sure that is. */
  estimate(scenario: Scenario): Estimate;
  /** Whether a design is legal and sensible, as findings; illegal is an answer here, not an error. */
  check(scenario: Scenario): Checked;
  /** What a design costs a month, line by line. */
  price(scenario: Scenario): Priced;
  /** Which file system to buy: the best legal one, alternatives, and why the others fell out. */
  plan(requirement: Requirement): Plan;
  /** How much of each workload a file system carries, and for how many clients. */
  reverse(scenario: Scenario): Reversed;
  /** What every single change that can be made would do to each workload. */
  whatIf(scenario: Scenario): WhatIfs;
  /** Two to eight designs side by side: in what they differ, and what that does. `names`: one for each, or none. */
  compare(scenarios: readonly Scenario[], names?: readonly string[]): Compared;
  /** From which rate on EFA is cheaper, or the only way, for each number of clients. */
  efaBreakEven(requirement: Requirement): EfaBreakEven;
  /** Whether a cheaper file system carries a rate on its burst credits. */
  burstOrBaseline(requirement: Requirement): BurstOrBaseline;
}

/** The whole model. */
export interface Full extends Core {
  /** The scenario that a text tells. */
  read(what: "scenario", format: "json" | "toml", text: string): Scenario;
  /** The requirement that a text tells. */
  read(what: "requirement", format: "json" | "toml", text: string): Requirement;
  /** A table of published figures or of assumptions, with the source of each row; without a name the list of tables. */
  catalog(table?: string): CatalogAnswer;
  /** Known training runs, checkpoints and benchmarks, to take as jobs by their ids; of one kind, or all. */
  presets(kind?: PresetKind): Presets;
  /** What is wrong with the file systems in a text of another tool. */
  checkText(text: string, format: ImportFormat): Checked;
  /**
   * A design as something to deploy; what has no `file_system` is a requirement, of which the best one is exported.
   * From `current_file_system`, `aws-cli` writes the updates that lead to the design.
   */
  export(design: Scenario | Requirement, to: ExportFormat, options?: { current_file_system?: FileSystem }): Exported;
  /**
   * As much of a scenario as a text of another tool tells. Without `capacity` it is a scenario if it has a
   * `file_system`; without `file_system` and `cloudwatch` it is a requirement. `id`: which of several file systems or
   * loads in the text; `into`: a scenario that what is read is added to.
   */
  import(text: string, format: ImportFormat, options?: { id?: string; into?: Draft }): Imported;
}

/** The functions of {@link Core}, answered by a module. */
export function coreOf(module: Module): Core {
  return { call: caller(module), read: reader(module) as Core["read"], ...calls(asker(module)) };
}

/** The functions of {@link Full}, answered by a module. */
export function fullOf(module: Module): Full {
  const ask = asker(module);
  return {
    ...coreOf(module),
    read: reader(module) as Full["read"],
    catalog: (table) => ask("catalog", table === undefined ? {} : { table }),
    presets: (kind) => ask("presets", kind === undefined ? {} : { kind }),
    checkText: (text, format) => ask("check", { from: format, text }),
    export: (design, to, options) => {
      return ask("export", { ...options, to, [isScenario(design) ? "scenario" : "requirement"]: design });
    },
    import: (text, format, options) => ask("import", { ...options, from: format, text }),
  };
}

type Ask = <T>(name: string, question: unknown) => T;

function calls(ask: Ask): Omit<Core, "call" | "read"> {
  return {
    estimate: (scenario) => ask("estimate", scenario),
    check: (scenario) => ask("check", scenario),
    price: (scenario) => ask("price", scenario),
    plan: (requirement) => ask("plan", requirement),
    reverse: (scenario) => ask("reverse", scenario),
    whatIf: (scenario) => ask("what_if", scenario),
    compare: (scenarios, names = []) => ask("compare", { scenarios, names }),
    efaBreakEven: (requirement) => ask("efa_break_even", requirement),
    burstOrBaseline: (requirement) => ask("burst_or_baseline", requirement),
  };
}

function caller(module: Module): Module["call"] {
  return (name, json) => {
    checkText(name, "name");
    checkText(json, "json");
    return module.call(name, json);
  };
}

function reader(module: Module): (what: string, format: string, text: string) => unknown {
  return (what, format, text) => {
    checkText(what, "what");
    checkText(format, "format");
    checkText(text, "text");
    return opened(module.read(what, format, text));
  };
}

function asker(module: Module): Ask {
  return <T>(name: string, question: unknown) => opened(module.call(name, encode(question))) as T;
}

/** The answer in an envelope; throws the errors in it. */
function opened(envelope: string): unknown {
  const { ok, errors } = JSON.parse(envelope) as { ok?: unknown; errors?: Finding[] };
  if (errors) throw errorOf(errors);
  return ok;
}

function isScenario(design: unknown): boolean {
  return typeof design === "object" && design !== null && "file_system" in design;
}
