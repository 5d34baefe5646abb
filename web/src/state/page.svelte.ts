/** The state of the page and its history, which is that of the browser. */

import { type Json, type Tree, put } from "./path";
import { BadLink, type Made, type State, fromLink, toLink } from "./state";

/** How long a change stays part of the one before, in milliseconds: a drag is one step back. */
const SAME_STEP = 600;

class Page {
  state = $state.raw() as State;
  /** What the link that was opened says about its answer, until something is changed. */
  opened = $state.raw<Made | undefined>();
  /** What is wrong with the link that was opened. */
  fault = $state("");
  /** Where in its own history the page is, and how far that goes. */
  at = $state(0);
  last = $state(0);
  #made: Made | undefined;
  #step = { of: "", at: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Takes a first visitor's question. */
  begin(question: Tree): State {
    this.state = { view: "plan", question, designs: [], unit: "MB" };
    return this.state;
  }

  /** Takes the state from the address, or the first visitor's where it holds none, and follows the history from there. */
  start(question: Tree): void {
    const first = this.begin(question);
    this.#read(first);
    addEventListener("popstate", () => this.#read(first));
    addEventListener("pagehide", () => this.#write());
  }

  #read(first: State): void {
    clearTimeout(this.#timer);
    // a link that is opened by hand has no place yet
    const place: unknown = history.state?.at;
    this.at = typeof place === "number" ? place : this.at;
    this.last = Math.max(this.at, this.last);
    this.#step = { of: "", at: 0 };
    const link = location.hash.slice(1);
    try {
      const { state, made } = link ? fromLink(link) : { state: first, made: undefined };
      this.state = state;
      this.opened = made;
      this.fault = "";
    } catch (error) {
      if (!(error instanceof BadLink)) throw error;
      this.fault = error.message;
    }
  }

  /** Changes the state: a new step of the history, or, where the same thing changes on and on, the same one. */
  change(part: Partial<State>, of = ""): void {
    const now = performance.now();
    const isSame = of !== "" && of === this.#step.of && now - this.#step.at < SAME_STEP;
    if (!isSame) this.#write();
    this.#step = { of, at: now };
    this.state = { ...this.state, ...part };
    this.opened = undefined;
    this.fault = "";
    if (!isSame) {
      this.at += 1;
      this.last = this.at;
      // at once: who goes back before the answer is there can still go forward again
      history.pushState({ at: this.at }, "", `#${toLink(this.state, undefined)}`);
    }
    // browsers allow a few writes a second
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(), SAME_STEP / 2);
  }

  /** Sets a field of the question. */
  set(path: string, value: Json | undefined): void {
    this.change({ question: put(this.state.question, path, value) as Tree }, path);
  }

  /** What the answer to the present state is, for the links that are made of it. */
  answered(made: Made): void {
    this.#made = made;
  }

  /** Goes back or forward in the history. */
  go(by: -1 | 1): void {
    this.#write();
    history.go(by);
  }

  /** The address of the present state. */
  link(): string {
    this.#write();
    return location.href;
  }

  #write(): void {
    clearTimeout(this.#timer);
    if (this.opened || this.fault) return;
    history.replaceState({ at: this.at }, "", `#${toLink(this.state, this.#made)}`);
  }
}

export const page = new Page();
