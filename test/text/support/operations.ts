/** Operations in short, for tables. */

import type { Json, Operation } from "../../../src/types.js";

/** A row of a table: a text, what happens to it, and the text it becomes. */
export type Rule = readonly [before: string, operations: readonly Operation[], after: string];

export const add = (path: string, value: Json): Operation => ({ op: "add", path, value });
export const replace = (path: string, value: Json): Operation => ({ op: "replace", path, value });
export const remove = (path: string): Operation => ({ op: "remove", path });
export const move = (from: string, path: string): Operation => ({ op: "move", from, path });
export const copy = (from: string, path: string): Operation => ({ op: "copy", from, path });
