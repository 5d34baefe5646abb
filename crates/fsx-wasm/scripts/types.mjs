// Writes the types of inputs and answers, from the JSON Schemas: `types.mjs SCHEMAS OUTPUT`.
//
// Every definition is compiled for itself and refers to others by name, so that each has one name in all schemas.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compile } from "json-schema-to-typescript";

/**
 * The schemas in the order in which a definition is taken from them: tables of a requirement may hold ranges, which
 * those of a scenario may not.
 */
const SCHEMAS = [
  "requirement",
  "scenario",
  "estimate",
  "check",
  "price",
  "plan",
  "reverse",
  "efa_break_even",
  "burst_or_baseline",
  "what_if",
  "compare",
  "catalog",
  "export",
  "import",
  "presets",
  "check_query",
  "export_query",
  "import_query",
];

/** Names that mean something else in an earlier schema. */
const OTHERWISE = { presets: { TrainingFigures: "PresetTraining", CheckpointFigures: "PresetCheckpoint" } };

/** Fields that one looks for first; schemas know no order but that of the alphabet. */
const FIRST = ["id", "name", "code", "severity", "kind", "low", "mid", "high"];

const HEAD = `/**
 * Inputs and answers of fsx-model. Every number has its unit in its name.
 *
 * Written from the JSON Schemas by \`cargo xtask wasm\`; a change by hand is lost.
 */
`;

const REF = "#/$defs/";

/** The definitions of a schema, itself included, by the names they have in the package. */
async function definitionsOf(folder, schema) {
  const text = await readFile(join(folder, `${schema}.schema.json`), "utf8");
  const { $schema, $defs = {}, title, ...own } = JSON.parse(text);
  const nameOf = (name) => OTHERWISE[schema]?.[name] ?? name;
  const all = Object.entries({ ...$defs, [title]: own });
  return all.map(([name, definition]) => [nameOf(name), shaped(definition, nameOf)]);
}

/** A part of a schema as the compiler is to see it: other definitions by name, defaults told, order for people. */
function shaped(part, nameOf) {
  if (Array.isArray(part)) return part.map((item) => shaped(item, nameOf));
  if (typeof part !== "object" || part === null) return part;
  const { $ref, properties, default: absent, ...rest } = part;
  const out = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, shaped(value, nameOf)]));
  if ($ref) out.tsType = nameOf($ref.slice(REF.length));
  if (absent !== undefined && typeof absent !== "object") {
    out.description = `${out.description ?? ""} Absent: \`${JSON.stringify(absent)}\`.`.trimStart();
  }
  if (properties) {
    const place = ([name]) => (FIRST.indexOf(name) + FIRST.length + 1) % (FIRST.length + 1);
    const sorted = Object.entries(properties).sort((one, other) => place(one) - place(other));
    out.properties = Object.fromEntries(sorted.map(([name, property]) => [name, shaped(property, nameOf)]));
  }
  return out;
}

/** What has to agree where two schemas define one name: its fields, or its words. */
function outline({ properties, oneOf }) {
  return JSON.stringify(properties ? Object.keys(properties).sort() : oneOf?.map((word) => word.const));
}

/** The words that a definition is one of, each with its meaning, or nothing. */
function words({ description, oneOf }) {
  if (!oneOf?.every((word) => "const" in word)) return undefined;
  const meanings = oneOf.map((word) => ` * - \`${word.const}\`: ${word.description}`);
  return [`/**`, ` * ${description}`, ` *`, ...meanings, ` */`].join("\n");
}

async function declaration(name, definition) {
  const doc = words(definition);
  if (doc) {
    const all = definition.oneOf.map((word) => JSON.stringify(word.const));
    return `${doc}\nexport type ${name} = ${all.join(" | ")};\n`;
  }
  return compile(definition, name, { additionalProperties: false, bannerComment: "" });
}

const [folder, output] = process.argv.slice(2);
const definitions = new Map();
for (const schema of SCHEMAS) {
  for (const [name, definition] of await definitionsOf(folder, schema)) {
    const known = definitions.get(name);
    if (!known) definitions.set(name, definition);
    else if (outline(known) !== outline(definition)) throw new Error(`\`${name}\` has other fields in \`${schema}\``);
  }
}
const texts = [];
for (const [name, definition] of [...definitions].sort()) texts.push(await declaration(name, definition));
await writeFile(output, [HEAD, ...texts].join("\n"));
