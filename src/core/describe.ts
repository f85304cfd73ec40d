/** Operations in words: what a hunk of the diff was caused by. */

import { formatPointer, parsePointer } from "../pointer.js";
import type { Operation, Pointer, Step } from "../types.js";
import { phrases } from "./describe-places.js";

/** The step's title and what the operation does there: `provider kilocode: base URL`. */
export function describeOperation(operation: Operation, step: Step): string {
  return joinDetails(step.title, detailsOf(operation, step));
}

/** What an operation does, in words, several when it adds a whole section; without the step's title. A `test` does nothing. */
export function detailsOf(operation: Operation, step: Step): string[] {
  switch (operation.op) {
    case "test":
      return [];
    case "move":
    case "copy":
      return place(operation.path, step).map(
        (phrase) => `${phrase} ${operation.op === "move" ? "renamed" : "copied"} from ${lastToken(operation.from)}`,
      );
    case "remove":
      return place(operation.path, step).map((phrase) => `${phrase} removed`);
    default:
      return phrases(parsePointer(operation.path), operation.value, step);
  }
}

/** A title with the details it does not say itself, each once: the title `default model x/y` already says `default model`. */
export function joinDetails(title: string, details: readonly string[]): string {
  const more = [...new Set(details)].filter((detail) => !saysAlready(title, detail));
  return more.length === 0 ? title : `${title}: ${more.join(", ")}`;
}

function saysAlready(title: string, detail: string): boolean {
  return title === detail || title.startsWith(`${detail} `);
}

/** A place without a value to tell it by. */
function place(path: Pointer, step: Step): string[] {
  return phrases(parsePointer(path), undefined, step);
}

function lastToken(pointer: Pointer): string {
  return parsePointer(pointer).at(-1) ?? formatPointer([]);
}
