/** Tables of the catalog, loaded when they are first looked at. */

import { LOADERS } from "../fields";
import type { PresetRow, Row } from "../kinds";

class Catalog {
  #tables = $state.raw<Record<string, Row[]>>({});
  #asked = new Set<string>();

  /** The rows of a table; none until they are there. */
  rows(table: string): Row[] {
    const load = this.#asked.has(table) ? undefined : LOADERS[table];
    if (load) {
      this.#asked.add(table);
      load().then(
        ({ default: rows }) => {
          this.#tables = { ...this.#tables, [table]: rows };
        },
        // so that the next look tries again
        () => this.#asked.delete(table),
      );
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

  get presets(): PresetRow[] {
    return this.rows("presets") as PresetRow[];
  }
}

export const catalog = new Catalog();
