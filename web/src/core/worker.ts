/** The core, off the page's thread: texts in, texts out. */

import { FsxModelError, load } from "fsx-model/core";

import type { Asked, Told } from "./core";

const modules = {
  core: () => load(),
  full: () => import("fsx-model").then((full) => full.load()),
};
type Loaded = Awaited<ReturnType<(typeof modules)["core" | "full"]>>;
const loaded = new Map<string, Promise<Loaded>>();

function module(name: "core" | "full"): Promise<Loaded> {
  const known = loaded.get(name);
  if (known) return known;
  const loading: Promise<Loaded> = modules[name]();
  loaded.set(name, loading);
  // so that the next question tries again
  loading.catch(() => loaded.delete(name));
  return loading;
}

/** The envelope of an answer. */
function answer(core: Loaded, [name, ...given]: Asked["ask"]): string {
  if (name === "call") return core.call(...(given as [string, string]));
  try {
    return JSON.stringify({ ok: (core.read as (...given: string[]) => unknown)(...given) });
  } catch (error) {
    if (error instanceof FsxModelError) return JSON.stringify({ errors: error.findings });
    throw error;
  }
}

addEventListener("message", async ({ data }: MessageEvent<Asked>) => {
  const tell = (told: Omit<Told, "id">) => postMessage({ id: data.id, ...told } satisfies Told);
  try {
    const core = await module(data.module);
    const begun = performance.now();
    const text = answer(core, data.ask);
    tell({ text, ms: performance.now() - begun });
  } catch (error) {
    tell({ fault: String(error) });
  }
});

void module("core");
