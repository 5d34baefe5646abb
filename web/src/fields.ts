/** What the build has found in the JSON Schemas, the catalog and among the examples. */

import { LOADERS as loaders } from "virtual:catalog";
import { EXAMPLES as examples, FIRST as first } from "virtual:examples";
import { EXPORTS as exports, IMPORTS as imports, OTHERS as others, TABLES as tables } from "virtual:fields";

import type { Choice, Example, First, Row, Tables } from "./kinds";

export type { Choice, Example, Field, Tables } from "./kinds";

/** The fields of each table of a question, the question itself as "". */
export const TABLES = tables as Tables;
/** Fields that jobs of a kind do not have. */
export const OTHERS = others as Record<string, string[]>;
/** What a design is written as. */
export const EXPORTS = exports as Choice[];
/** What is read. */
export const IMPORTS = imports as Choice[];
/** What loads each table of the catalog. */
export const LOADERS = loaders as Record<string, () => Promise<{ default: Row[] }>>;
export const EXAMPLES = examples as Example[];
export const FIRST = first as First;
