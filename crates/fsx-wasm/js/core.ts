/** The model in WebAssembly without the files of other tools, TOML and the tables of its figures, in a smaller module. */
import * as module from "./core/fsx_wasm.js";
import { coreOf } from "./face.js";
import type { Core, Source } from "./face.js";

export * from "./errors.js";
export type { Core, Source } from "./face.js";
export type * from "./types.js";

const MODULE = new URL("./core/fsx_wasm_bg.wasm", import.meta.url);

/**
 * Loads the module, once, and gives its functions.
 *
 * @param source - Where it comes from, if not from beside this file.
 */
export async function load(source: Source | Promise<Source> = MODULE): Promise<Core> {
  await module.default({ module_or_path: (await source) as module.InitInput });
  return coreOf(module);
}
