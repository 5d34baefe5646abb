/** Answers that follow the state. */

import { type Answer, core } from "./core";

/** The answer to a question that changes. */
export class Asking<T> {
  /** The last answer, whether good or not. */
  now = $state.raw<Answer<T> | undefined>();
  /** The last good answer: what is shown until there is another. */
  ok = $state.raw<T | undefined>();

  /** Asks whenever `input` changes; `undefined` asks nothing. */
  constructor(place: string, name: string, input: () => unknown, module: "core" | "full" = "core") {
    const known = core.known<T>(name, input());
    this.now = known;
    this.ok = known?.ok;
    let asked = 0;
    let shown = 0;
    $effect(() => {
      const question = input();
      if (question === undefined) return;
      asked += 1;
      const turn = asked;
      void core.ask<T>(place, name, question, module).then((answer) => {
        // what is known comes before what was asked earlier
        if (!answer || turn < shown) return;
        shown = turn;
        this.now = answer;
        if (answer.ok !== undefined) this.ok = answer.ok;
      });
    });
  }

  get errors() {
    return this.now?.errors ?? [];
  }
}
