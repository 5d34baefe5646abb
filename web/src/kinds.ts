/** Shapes of what the build finds. */

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
