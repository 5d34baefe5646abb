/** A module from wherever it comes. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Worker } from "node:worker_threads";

import { beforeEach, expect, test, vi } from "vitest";

const FILE = new URL("../dist/core/fsx_wasm_bg.wasm", import.meta.url);
const SCENARIO = { file_system: { deployment_type: "SCRATCH_2" as const, storage_capacity_gib: 3600 } };

// each test has a package that has loaded nothing yet
beforeEach(() => vi.resetModules());

/** The package as Node finds it and as browsers do. */
const PACKAGES = {
  node: () => import("../dist/node/core.js"),
  browser: () => import("../dist/core.js"),
};

const SOURCES: Record<string, () => unknown> = {
  bytes: () => new Uint8Array(readFileSync(FILE)),
  buffer: () => new Uint8Array(readFileSync(FILE)).buffer,
  module: () => new WebAssembly.Module(readFileSync(FILE)),
  response: () => new Response(readFileSync(FILE), { headers: { "content-type": "application/wasm" } }),
  "response of no type": () => new Response(new Uint8Array(readFileSync(FILE))),
  promise: async () => new Response(readFileSync(FILE), { headers: { "content-type": "application/wasm" } }),
};

test.each(Object.entries(SOURCES))("%s", async (_, source) => {
  for (const of of Object.values(PACKAGES)) {
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const fsx = await (await of()).load(source() as Uint8Array<ArrayBuffer>);
    expect(fsx.check(SCENARIO).findings[0]?.code).toBe("FSX-CAPACITY-STEP");
  }
});

test("files by their addresses in Node", async () => {
  for (const source of [undefined, FILE, FILE.href]) {
    vi.resetModules();
    const { load } = await PACKAGES.node();
    expect((await load(source)).check(SCENARIO).findings[0]?.fix).toBe("4800");
  }
});

test("addresses of a server", async () => {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "application/wasm").end(readFileSync(FILE));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/core.wasm`;
  for (const of of Object.values(PACKAGES)) {
    for (const source of [address, new URL(address)]) {
      vi.resetModules();
      expect((await (await of()).load(source)).check(SCENARIO).findings).toHaveLength(1);
    }
  }
  server.close();
});

test("loading twice, also at once, is loading once", async () => {
  const { load } = await PACKAGES.node();
  const [one, two] = await Promise.all([load(), load()]);
  const three = await load();
  expect([two, three].map((fsx) => fsx.check(SCENARIO))).toEqual([one.check(SCENARIO), one.check(SCENARIO)]);
});

test("what is no module is an error, and leaves the package as it was", async () => {
  const { load } = await PACKAGES.node();
  await expect(load(new Uint8Array([1, 2, 3]))).rejects.toThrow(WebAssembly.CompileError);
  await expect(load(new URL("nothing.wasm", FILE))).rejects.toThrow("ENOENT");
  expect((await load()).check(SCENARIO).findings).toHaveLength(1);
});

test("functions need no object in front", async () => {
  const { check, call } = await (await PACKAGES.node()).load();
  expect(JSON.parse(call("check", JSON.stringify(SCENARIO)))).toEqual({ ok: check(SCENARIO) });
});

test("a worker takes a compiled module", async () => {
  const program = `
    const { parentPort, workerData } = require("node:worker_threads");
    import(workerData.address)
      .then(({ load }) => load(workerData.module))
      .then((fsx) => parentPort.postMessage(fsx.check(workerData.scenario).findings[0].code));`;
  const worker = new Worker(program, {
    eval: true,
    workerData: {
      address: new URL("../dist/core.js", import.meta.url).href,
      module: new WebAssembly.Module(readFileSync(FILE)),
      scenario: SCENARIO,
    },
  });
  const code = await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  expect(code).toBe("FSX-CAPACITY-STEP");
  await worker.terminate();
});
