/** Hostile links and texts, up to where the page begins: each is refused in words or answered. */

import fc from "fast-check";
import { load } from "fsx-model";
import { expect, test } from "vitest";

import { BadLink, comparisonOf, fromLink, requirementOf, scenarioOf, toLink } from "../../src/state/state";
import { design } from "../../src/words";
import { HOSTILE, LINKS, PASTED, SEED } from "../hostile";

const core = await load();
const PATIENCE = 600_000;

/** Whether it is an answer, or findings that name what is wrong. */
const isAnswer = (text: string): boolean => {
  const { ok, errors } = JSON.parse(text) as { ok?: object; errors?: { code: string; message: string }[] };
  return ok !== undefined || (errors !== undefined && errors.length > 0 && errors.every(({ code, message }) => code !== "" && message !== ""));
};

test(`${HOSTILE} links`, { timeout: PATIENCE }, () => {
  const seen = { refused: 0, read: 0 };
  fc.assert(
    fc.property(LINKS, (link) => {
      let read: ReturnType<typeof fromLink>;
      try {
        read = fromLink(link);
      } catch (error) {
        if (!(error instanceof BadLink) || error.message === "") throw error;
        seen.refused += 1;
        return;
      }
      seen.read += 1;
      const { state, made } = read;
      expect(fromLink(toLink(state, made)).state).toEqual(state);
      expect(typeof design(state.question.file_system)).toBe("string");
      const input = { plan: requirementOf(state.question), estimate: scenarioOf(state.question), compare: comparisonOf(state.designs) }[state.view];
      const text = JSON.stringify(input);
      // estimates and comparisons are quick; plans are as quick where the input is refused, which most are
      expect(isAnswer(core.call(state.view, text))).toBe(true);
    }),
    { numRuns: HOSTILE, seed: SEED },
  );
  expect(seen.read).toBeGreaterThan(HOSTILE / 2);
  expect(seen.refused).toBeGreaterThan(HOSTILE / 50);
});

test("texts that are brought", { timeout: PATIENCE }, () => {
  fc.assert(
    fc.property(PASTED, fc.constantFrom("scenario", "requirement"), fc.constantFrom("json", "toml"), (text, what, format) => {
      try {
        (core.read as (what: string, format: string, text: string) => unknown)(what, format, text);
      } catch (error) {
        expect((error as { findings?: object[] }).findings?.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: HOSTILE / 4, seed: SEED },
  );
});
