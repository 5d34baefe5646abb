/** What the build has found in the JSON Schemas and among the examples. */

import { EXAMPLES as examples } from "virtual:examples";
import { EXPORTS as exports, IMPORTS as imports, TABLES as tables } from "virtual:fields";

import type { Choice, Example, Tables } from "./kinds";

export type { Choice, Example, Field, Tables } from "./kinds";

/** The fields of each table of a question, the question itself as "". */
export const TABLES = tables as Tables;
/** What a design is written as. */
export const EXPORTS = exports as Choice[];
/** What is read. */
export const IMPORTS = imports as Choice[];
export const EXAMPLES = examples as Example[];
