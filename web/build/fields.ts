/** `virtual:fields`: the tables of a question with their fields, from the JSON Schemas. */

import { readFileSync } from "node:fs";

import { type Finding, load } from "fsx-model";
import type { Plugin } from "vite";

import type { Field, Tables } from "../src/kinds.ts";

interface Schema {
  description?: string;
  default?: unknown;
  $ref?: string;
  type?: string | string[];
  const?: string;
  enum?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  $defs?: Record<string, Schema>;
}

const NAMES = ["requirement", "scenario"];
/** Words of a schema that stand for a number. */
const NUMBERS = ["number", "integer"];

const read = (name: string): Schema =>
  JSON.parse(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), "utf8"));

function toField(name: string, property: Schema, defs: Record<string, Schema>): Field {
  const description = property.description?.replaceAll("\n", " ") ?? "";
  const options = [property, ...(property.anyOf ?? [])];
  const named = options.map(({ $ref }) => $ref?.split("/").at(-1)).find((name) => name && name !== "Whole");
  const def = named ? defs[named] : undefined;
  const types = options.flatMap(({ type }) => type ?? []);
  const isWhole = options.some(({ $ref }) => $ref?.endsWith("/Whole"));
  if (isWhole || types.some((type) => NUMBERS.includes(type))) return { name, description, kind: "number" };
  if (def?.properties) return { name, description, kind: "table", of: named };
  const variants = def?.oneOf ?? [];
  if (def?.enum) return { name, description, kind: "words", words: def.enum };
  const words = variants.flatMap((variant) => variant.enum ?? variant.const ?? []);
  if (words.length > 0) return { name, description, kind: "words", words };
  if (types.includes("boolean")) return { name, description, kind: "flag" };
  if (types.includes("string")) return { name, description, kind: "text" };
  return { name, description, kind: "other" };
}

/** Each table by its name, the question itself as "". */
function tables(): Tables {
  const found: Tables = {};
  for (const schema of NAMES.map(read)) {
    const defs = schema.$defs ?? {};
    for (const [name, table] of Object.entries({ ...defs, "": schema })) {
      if (!table.properties) continue;
      const known = (found[name] ??= []);
      for (const [field, property] of Object.entries(table.properties)) {
        if (!known.some(({ name }) => name === field)) known.push(toField(field, property, defs));
      }
    }
  }
  return found;
}

/** The words that a query takes for one of its fields, with what they mean. */
function choices(query: string, of: string) {
  const variants = read(query).$defs?.[of]?.oneOf ?? [];
  return variants.map((variant) => ({ id: variant.const ?? variant.enum?.[0] ?? "", meaning: variant.description ?? "" }));
}

/** A value that a field may have. */
const SAMPLES: Record<Field["kind"], (field: Field) => unknown> = {
  number: () => 1,
  words: ({ words }) => words?.[0],
  flag: () => true,
  table: () => ({}),
  text: () => undefined,
  other: () => undefined,
};

/** Fields that jobs of a kind do not have, by kind, as the core's check says. */
async function others(jobs: Field[]) {
  const core = await load();
  const job = Object.fromEntries(jobs.map((field) => [field.name, SAMPLES[field.kind](field)]));
  const file_system = { deployment_type: "SCRATCH_2", storage_capacity_gib: 1200 };
  const kinds = jobs.find(({ name }) => name === "kind")?.words ?? [];
  const surplus = (kind: string) => {
    const answer = JSON.parse(core.call("check", JSON.stringify({ file_system, jobs: [{ ...job, kind }] }))) as { ok: { findings: Finding[] } };
    const found = answer.ok.findings.filter(({ code }) => code === "FSX-JOB-FIELD");
    return found.map(({ field }) => field.replace("jobs[0].", ""));
  };
  return Object.fromEntries(kinds.map((kind) => [kind, surplus(kind)]));
}

export function fields(): Plugin {
  const id = "virtual:fields";
  return {
    name: "fields",
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    async load(source) {
      if (source !== `\0${id}`) return undefined;
      const all = tables();
      const made = {
        TABLES: all,
        OTHERS: await others(all.Job ?? []),
        EXPORTS: choices("export_query", "ExportFormat"),
        IMPORTS: choices("import_query", "ImportFormat"),
      };
      return Object.entries(made)
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
        .join("\n");
    },
  };
}
