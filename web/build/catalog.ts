/** `virtual:catalog`: the tables that the page shows, each loaded when it is first looked at. */

import { load } from "fsx-model";
import type { Plugin } from "vite";

import type { PresetRow, Row } from "../src/kinds.ts";

/** The tables, with those of their columns that are looked at; none: all. */
const TABLES: Record<string, string[]> = {
  assumptions: ["id", "meaning", "note"],
  evidence: ["id", "url"],
  instances: ["instance_type"],
  metadata_values: ["iops"],
  regions: ["region"],
  sizes: [],
  sources: [],
  throughput: [],
};
const NAME = "virtual:catalog";

type Core = Awaited<ReturnType<typeof load>>;

function rows(core: Core, table: string, wanted: string[]): Row[] {
  const { columns, rows } = core.catalog(table);
  const named = rows.map((row) => columns.map(({ name }, place) => [name, row[place]] as const));
  return named.map((cells) => Object.fromEntries(cells.filter(([name]) => wanted.length === 0 || wanted.includes(name))));
}

export function catalog(): Plugin {
  return {
    name: "catalog",
    resolveId: (source) => (source === NAME || source.startsWith(`${NAME}/`) ? `\0${source}` : undefined),
    async load(source) {
      if (source === `\0${NAME}`) {
        const loaders = [...Object.keys(TABLES), "presets"].map((name) => `${name}: () => import("${NAME}/${name}")`);
        return `export const LOADERS = { ${loaders.join(", ")} };`;
      }
      const name = source.startsWith(`\0${NAME}/`) ? source.slice(NAME.length + 2) : undefined;
      if (name === undefined) return undefined;
      const core = await load();
      const known = () => core.presets().presets.map(({ id, kind, title }): PresetRow => ({ id, kind, title }));
      const found = name === "presets" ? known() : rows(core, name, TABLES[name] ?? []);
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(found))});`;
    },
  };
}
