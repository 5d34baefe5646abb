import { load as loadFrom } from "../index.js";
import { fileOf } from "./file.js";

export * from "../index.js";

const MODULE = new URL("../full/fsx_wasm_bg.wasm", import.meta.url);

/** Loads the module, once, and gives its functions; addresses of files are read. */
export const load: typeof loadFrom = (source = MODULE) => loadFrom(fileOf(source));
