/** What a first visitor sees is the answer that the core in the page gives to the question that the page asks. */

import { load } from "fsx-model/core";
import { expect, test } from "vitest";

import { FIRST } from "../../src/fields";
import { requirementOf } from "../../src/state/state";

test("the first answer is the core's", async () => {
  const core = await load();
  expect(JSON.stringify(requirementOf(FIRST.question))).toBe(FIRST.input);
  expect(core.call(FIRST.call, FIRST.input)).toBe(FIRST.answer);
  expect(FIRST.answer.startsWith('{"ok"')).toBe(true);
});
