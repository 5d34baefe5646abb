/** Tables of the catalog, loaded when they are first looked at. */

import type { CatalogAnswer, Preset, Presets } from "fsx-model";

import { core } from "./core";

export type Row = Record<string, unknown>;

class Catalog {
  #tables = $state.raw<Record<string, Row[]>>({});
  #asked = new Set<string>();
  presets = $state.raw<Preset[]>([]);

  /** The rows of a table; none until they are there. */
  rows(table: string): Row[] {
    if (!this.#asked.has(table)) {
      this.#asked.add(table);
      void core.askLast<CatalogAnswer>(`catalog ${table}`, "catalog", { table }).then((answer) => {
        if (!answer?.ok) return;
        const { columns, rows } = answer.ok;
        const named = rows.map((row) => Object.fromEntries(columns.map(({ name }, place) => [name, row[place]])));
        this.#tables = { ...this.#tables, [table]: named };
      });
    }
    return this.#tables[table] ?? [];
  }

  /** Rows in which each of these cells is empty, which stands for any, or holds the value. */
  fitting(table: string, cells: Row): Row[] {
    const fits = (row: Row) =>
      Object.entries(cells).every(([name, value]) => row[name] === null || row[name] === value);
    return this.rows(table).filter(fits);
  }

  /** A row by its id. */
  find(table: string, id: string): Row | undefined {
    return this.rows(table).find((row) => row.id === id);
  }

  loadPresets(): void {
    if (this.#asked.has("presets")) return;
    this.#asked.add("presets");
    void core.askLast<Presets>("presets", "presets", {}).then((answer) => {
      this.presets = answer?.ok?.presets ?? [];
    });
  }
}

export const catalog = new Catalog();
