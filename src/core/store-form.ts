/** A credential store that OpenClaw does not read as it is written, whatever is in it. */

import { isObject } from "../json.js";
import type { JsonObject, Problem, SourceFile } from "../types.js";
import { openSource } from "./documents.js";

/**
 * Warnings about the form of a store (measured on 2026.5.6). OpenClaw reads it as strict JSON: any other is empty for it, and
 * lost with its next write. Credentials beside each other without `profiles` are an old form, which `openclaw doctor --fix`
 * converts as long as there is no `profiles` in the file.
 */
export function storeProblems(source: SourceFile): Problem[] {
  const { document, before, file } = source;
  if (document.kind !== "auth" || before === null) return [];
  const warn = (code: string, message: string, hint: string): Problem => ({
    code,
    severity: "warning",
    file,
    pointer: "",
    message,
    hint,
  });
  return [
    ...(isJson(before.text)
      ? []
      : [
          warn(
            "store-not-json",
            "OpenClaw reads this file as strict JSON, which it is not: it sees no credential in it, and its next write replaces it",
            "Take out comments, trailing commas, single quotes and a byte order mark.",
          ),
        ]),
    ...(isOldForm(openSource(source))
      ? [
          warn(
            "store-old-form",
            "the credentials in this file are in an old form, which OpenClaw only converts as long as nothing is written beside them",
            "Run openclaw doctor --fix first.",
          ),
        ]
      : []),
  ];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isOldForm(store: JsonObject): boolean {
  return (
    store["profiles"] === undefined &&
    Object.values(store).some(
      (value) => isObject(value) && ["apiKey", "key", "token", "access"].some((name) => name in value),
    )
  );
}
