/** Questions to the core, which answers in a worker. */

import type { Finding } from "fsx-model";

import type { First } from "../kinds";
import type { Tree } from "../state/path";

export interface Asked {
  id: number;
  module: "core" | "full";
  /** The function of the package and what it is given. */
  ask: ["call", name: string, json: string] | ["read", what: "scenario" | "requirement", format: "json" | "toml", text: string];
}

export interface Told {
  id: number;
  /** The envelope of an answer. */
  text?: string;
  /** How long the core took. */
  ms?: number;
  /** Why there is none. */
  fault?: string;
}

/** An answer, or the findings that are in its way. */
export interface Answer<T> {
  ok?: T;
  errors?: Finding[];
  /** How long the core took, where it was asked. */
  ms?: number;
}

interface Waiting {
  asked: Asked;
  done: (told: Told | undefined) => void;
}

/** How long an answer may take before the worker is given up. */
const PATIENCE_MS = 20_000;

class Core {
  // the build asks only for what is known
  #worker = import.meta.env.SSR ? undefined : this.#start();
  #id = 0;
  #running: Waiting | undefined;
  #watch: ReturnType<typeof setTimeout> | undefined;
  /** What waits, one question for each place that shows answers: a newer one takes the place of an older. */
  #waiting = new Map<string, Waiting>();
  #first: First | undefined;

  /** An answer that need not be waited for. */
  know(first: First): void {
    this.#first = first;
  }

  /** What is known as the answer to a call. */
  known<T>(name: string, input: unknown): Answer<T> | undefined {
    const first = this.#first;
    return first?.call === name && first.input === JSON.stringify(input) ? (JSON.parse(first.answer) as Answer<T>) : undefined;
  }

  #start(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) => this.#end(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#giveUp(event.message || "the worker cannot be loaded");
    });
    return worker;
  }

  /** The answer to a call; nothing, if `place` has asked for another one before this was begun. */
  async ask<T>(place: string, name: string, input: unknown, module: "core" | "full" = "core"): Promise<Answer<T> | undefined> {
    const known = this.known<T>(name, input);
    if (known) this.#drop(place);
    return known ?? this.#send<T>(place, { id: ++this.#id, module, ask: ["call", name, JSON.stringify(input)] });
  }

  /** A scenario or requirement as a text tells it. */
  read(what: "scenario" | "requirement", format: "json" | "toml", text: string): Promise<Answer<Tree> | undefined> {
    return this.#send<Tree>(`read ${what}`, { id: ++this.#id, module: "full", ask: ["read", what, format, text] });
  }

  async #send<T>(place: string, asked: Asked): Promise<Answer<T> | undefined> {
    const told = await new Promise<Told | undefined>((done) => {
      this.#drop(place);
      this.#waiting.set(place, { asked, done });
      // after what is asked in the same breath
      queueMicrotask(() => this.#next());
    });
    if (!told) return undefined;
    if (told.text === undefined) return { errors: [fault(told.fault ?? "")] };
    return { ...(JSON.parse(told.text) as Omit<Answer<T>, "ms">), ms: told.ms };
  }

  /** Gives up what a place has asked for, unless that is begun. */
  #drop(place: string): void {
    this.#waiting.get(place)?.done(undefined);
    this.#waiting.delete(place);
  }

  #next(): void {
    if (this.#running) return;
    const [first] = this.#waiting;
    if (!first) return;
    const [place, waiting] = first;
    this.#waiting.delete(place);
    this.#running = waiting;
    this.#watch = setTimeout(() => this.#giveUp("it took too long"), PATIENCE_MS);
    this.#worker?.postMessage(waiting.asked);
  }

  #end(told: Told): void {
    if (this.#running?.asked.id !== told.id) return;
    clearTimeout(this.#watch);
    const { done } = this.#running;
    this.#running = undefined;
    done(told);
    this.#next();
  }

  #giveUp(why: string): void {
    this.#worker?.terminate();
    this.#worker = this.#start();
    if (this.#running) this.#end({ id: this.#running.asked.id, fault: why });
  }
}

const fault = (why: string): Finding => ({
  code: "PAGE-NO-ANSWER",
  severity: "error",
  field: "",
  value: "",
  message: `there is no answer: ${why}`,
  fix: "load the page again",
  sources: [],
});

export const core = new Core();
