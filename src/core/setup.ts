/** A setup file's text -> Setup, or every problem in it with its line. */

import { invalidError } from "../errors.js";
import { isObject, kindOf } from "../json.js";
import { locate, parseText } from "../text/index.js";
import type { Json, Problem, Setup } from "../types.js";
import { findings, toProblem } from "./validate.js";

/**
 * Reads a setup (JSON5). Throws `invalidError` with all problems, each with pointer, line and column, and the nearest
 * known key for an unknown one. `file` is the label used in them.
 */
export function parseSetup(text: string, file = "clawform.json5"): Setup {
  const value = parseText(text, file);
  if (!isObject(value)) {
    throw invalidError("not-an-object", `a setup is an object, not ${kindOf(value)}`, {
      file,
      position: { line: 1, column: 1 },
      hint: "Start from { providers: { kilocode: {} } }.",
    });
  }
  return checkSetup(value, file, text);
}

/** A setup already parsed, checked against its schema. Throws as `parseSetup`; lines are known when its text is given. */
export function checkSetup(value: Json, file = "clawform.json5", text?: string): Setup {
  const found = findings("setup", value);
  if (found.length === 0) return value as unknown as Setup;
  const ranges =
    text === undefined
      ? []
      : locate(
          text,
          found.map(({ pointer }) => pointer),
        );
  const problems = found.map((finding, index): Problem => ({
    ...toProblem(finding, file, "error"),
    ...ranges[index]?.position,
  }));
  const [first] = problems as [Problem];
  throw invalidError(
    first.code,
    first.message,
    {
      file,
      pointer: first.pointer,
      hint: first.hint,
      ...(first.line && first.column ? { position: { line: first.line, column: first.column } } : {}),
    },
    problems,
  );
}
