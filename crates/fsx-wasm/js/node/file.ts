import { readFile } from "node:fs/promises";

import type { Source } from "../face.js";

/** A source, or what is in the file that it names: Node's `fetch` reads none. */
export async function fileOf(source: Source | Promise<Source>): Promise<Source> {
  const found = await source;
  const named = found instanceof URL || (typeof found === "string" && URL.canParse(found));
  const address = named ? new URL(found) : undefined;
  return address?.protocol === "file:" ? new Uint8Array(await readFile(address)) : found;
}
