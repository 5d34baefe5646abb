/** The answers are those of the core and of the command line, byte by byte. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

import fc from "fast-check";
import { load } from "fsx-model";
import { load as loadCore } from "fsx-model/core";
import { describe, expect, test } from "vitest";

import { SCENARIOS } from "./scenarios.js";

interface Case {
  call: string;
  input: string;
  output: { ok?: object; errors?: object[] };
}

const VECTORS = new URL("../../../conformance/vectors/", import.meta.url);
const FILES = readdirSync(VECTORS).filter((name) => name.endsWith(".json"));
/** Others take several files or no scenario. */
const ON_THE_COMMAND_LINE = ["estimate", "price", "plan", "reverse", "what_if", "efa_break_even", "burst_or_baseline"];
/** What the smaller module leaves out, and with it checks of texts of other tools. */
const LEFT_OUT = ["catalog", "presets", "export", "import"];
const CHECKED_TEXTS = "check_texts.json";

const fsx = await load();
const core = await loadCore();

function cases(name: string): Case[] {
  return JSON.parse(readFileSync(new URL(name, VECTORS), "utf8")) as Case[];
}

/** What `fsx CALL - --json` prints. */
function printed(call: string, text: string): string {
  const program = process.env["FSX"];
  if (!program) throw new Error("FSX names no program to compare with");
  const done = spawnSync(program, [call.replaceAll("_", "-"), "-", "--json"], { input: text, maxBuffer: 2 ** 30 });
  if (done.error) throw done.error;
  return done.stdout.toString().trimEnd();
}

test("there are vectors", () => expect(FILES.length).toBeGreaterThan(50));

describe.each(FILES)("%s", (name) => {
  test("is answered as it says", () => {
    const all = cases(name);
    expect(all).not.toHaveLength(0);
    for (const { call, input, output } of all) {
      const text = fsx.call(call, input);
      // equal floats have equal bits
      expect(JSON.parse(text)).toStrictEqual(output);
      if (ON_THE_COMMAND_LINE.includes(call) && input.trimStart().startsWith("{")) {
        expect(text).toBe(printed(call, input));
      }
    }
  });

  test("is answered alike by the smaller module", () => {
    for (const { call, input } of cases(name)) {
      const text = core.call(call, input);
      if (LEFT_OUT.includes(call)) expect(text).toContain('"code":"INPUT-CALL"');
      else if (name === CHECKED_TEXTS) expect(text).toContain('"code":"INPUT-');
      else expect(text).toBe(fsx.call(call, input));
    }
  });
});

test("scenarios are answered as on the command line", () => {
  let answered = 0;
  fc.assert(
    fc.property(SCENARIOS, (text) => {
      const answer = fsx.call("estimate", text);
      expect(answer).toBe(printed("estimate", text));
      expect(core.call("estimate", text)).toBe(answer);
      if (answer.startsWith('{"ok"')) answered += 1;
    }),
    { numRuns: 1000, seed: 1 },
  );
  expect(answered).toBeGreaterThan(300);
});
