/** What is packed, as its users meet it: installed in an empty folder. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";
import { build } from "vite";

const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const folder = mkdtempSync(join(tmpdir(), "fsx-model-"));

afterAll(() => rmSync(folder, { recursive: true }));

/** The examples of the front page in this language, in order. */
function examples(language: string): string[] {
  return [...README.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map((match) => match[1] ?? "");
}

/** What the comments at the end of its lines say that a program prints. */
function promised(program: string): string[] {
  return [...program.matchAll(/console\.log.* \/\/ (.*?)(, that is .*)?$/gm)].map((match) => match[1] ?? "");
}

function packed(): string {
  const packages = process.env["FSX_MODEL_PACKED"];
  if (!packages) throw new Error("FSX_MODEL_PACKED names no folder with the packed package");
  const [file, ...others] = readdirSync(packages);
  expect(others).toEqual([]);
  return join(packages, file ?? "");
}

writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
execFileSync("npm", ["install", "--silent", "--offline", "--no-audit", "--no-fund", packed()], { cwd: folder });
const installed = join(folder, "node_modules/fsx-model");

function file(name: string): string {
  return readFileSync(join(installed, name), "utf8");
}

test("it has the version of the workspace and needs nothing else", () => {
  const manifest = JSON.parse(file("package.json")) as { version: string; dependencies?: object };
  const workspace = readFileSync(new URL("../../../Cargo.toml", import.meta.url), "utf8");
  expect(workspace).toContain(`[workspace.package]\nversion = "${manifest.version}"\n`);
  expect(manifest.dependencies).toBeUndefined();
  expect(readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["fsx-model"]);
  expect(readdirSync(join(installed, "dist"))).toContain("LICENSE-MIT");
});

test("the example of the front page prints what it says", () => {
  const program = examples("js")[0] ?? "";
  const lines = promised(program);
  expect(lines).toHaveLength(3);
  writeFileSync(join(folder, "example.js"), program);
  const printed = execFileSync(process.execPath, ["example.js"], { cwd: folder }).toString();
  expect(printed.trimEnd().split("\n")).toEqual(lines);
});

/** The example for a page, as Node can run it. */
const PAGE = examples("html")[0]?.replace(/<.*>/g, "").replace(/"[^"]*core\.js"/, '"fsx-model/core"');

test.each([
  ["bundlers", examples("js").at(-1), "PERSISTENT_2"],
  ["pages", PAGE, "168 US dollars a month"],
])("the example for %s says what it says", (name, program, shown) => {
  expect(program).toContain('"fsx-model/core"');
  const page = "globalThis.document = { body: {} };";
  writeFileSync(join(folder, `${name}.js`), `${program}\nconsole.log(document.body.textContent);`);
  writeFileSync(join(folder, "page.js"), page);
  const printed = execFileSync(process.execPath, ["--import", "./page.js", `${name}.js`], { cwd: folder });
  expect(printed.toString().trimEnd()).toBe(shown);
});

test("what browsers load has nothing of Node", () => {
  for (const name of readdirSync(join(installed, "dist"), { recursive: true }).map(String)) {
    if (!name.endsWith(".js") || name.startsWith("node")) continue;
    expect(file(join("dist", name))).not.toMatch(/node:|require\(/);
  }
});

test("a bundler finds module and code", async () => {
  const page = join(folder, "page");
  mkdirSync(page);
  const main = examples("js").at(-1) ?? "";
  expect(main).toContain("fsx-model/core");
  writeFileSync(join(page, "main.js"), main);
  writeFileSync(join(page, "index.html"), '<!doctype html><body><script type="module" src="main.js"></script></body>');
  await build({ root: page, logLevel: "error", build: { target: "es2022" } });
  const assets = readdirSync(join(page, "dist/assets"));
  const [module, ...others] = assets.filter((name) => name.endsWith(".wasm"));
  expect(others).toEqual([]);
  const scripts = assets.filter((name) => name.endsWith(".js"));
  const code = scripts.map((name) => readFileSync(join(page, "dist/assets", name), "utf8")).join("\n");
  expect(code).toContain(module);
  expect(code).not.toContain("node:");
});
