/** Shapes of what the build finds. */

import type { Tree } from "./state/path";

export interface Field {
  name: string;
  description: string;
  kind: "number" | "words" | "flag" | "text" | "table" | "other";
  /** What it may be, of a word. */
  words?: string[];
  /** Its table, of a table. */
  of?: string;
}

export type Tables = Record<string, Field[]>;

export interface Choice {
  id: string;
  meaning: string;
}

/** A row of a table, by the names of its columns. */
export type Row = Record<string, unknown>;

/** A known job. */
export interface PresetRow extends Row {
  id: string;
  kind: string;
  title: string;
}

/** What a first visitor sees: a question with a file system to look at, and the core's answer to it. */
export interface First {
  question: Tree;
  call: string;
  input: string;
  /** The envelope. */
  answer: string;
}

export interface Example {
  id: string;
  title: string;
  /** Where the question was asked. */
  link: string;
  group: "questions" | "scenarios";
  what: "scenario" | "requirement" | "comparison";
  /** What is asked, as the page takes it. */
  text: unknown;
}
