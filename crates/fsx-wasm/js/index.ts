/** The model in WebAssembly: {@link load} gives its functions. */
import { fullOf } from "./face.js";
import type { Full, Source } from "./face.js";
import * as module from "./full/fsx_wasm.js";

export * from "./errors.js";
export type { Core, Full, Source } from "./face.js";
export type * from "./types.js";

const MODULE = new URL("./full/fsx_wasm_bg.wasm", import.meta.url);

/**
 * Loads the module, once, and gives its functions.
 *
 * @param source - Where it comes from, if not from beside this file.
 */
export async function load(source: Source | Promise<Source> = MODULE): Promise<Full> {
  await module.default({ module_or_path: (await source) as module.InitInput });
  return fullOf(module);
}
