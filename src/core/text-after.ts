/** The text a file will have. */

import { ClawformError } from "../errors.js";
import type { applyPatchToText } from "../text/index.js";
import { reprint } from "../text/index.js";
import type { Operation, Problem, SourceFile } from "../types.js";
import { applyPatch } from "./patch.js";

/** How to come to a text. */
interface Manner {
  readonly reformat: boolean;
  readonly edit: typeof applyPatchToText;
}

/**
 * The edited text of a file, or a new file's. With `reformat`, one that cannot be edited is written anew, and a warning
 * names every comment that is lost. Throws `text-...` with the file when it cannot be edited otherwise.
 */
export function textAfter(
  source: SourceFile,
  operations: readonly Operation[],
  { reformat, edit }: Manner,
): { text: string; problems: Problem[] } {
  if (source.before === null) return { text: `${JSON.stringify(applyPatch({}, operations), null, 2)}\n`, problems: [] };
  try {
    return { text: edit(source.before.text, operations), problems: [] };
  } catch (error) {
    if (!(error instanceof ClawformError) || !error.code.startsWith("text-")) throw error;
    if (!reformat) throw error.at({ file: source.file });
    const { text, comments } = reprint(source.before.text, operations);
    return {
      text,
      problems: [
        lossOf(
          source,
          comments.map(({ line }) => line),
        ),
      ],
    };
  }
}

function lossOf({ file }: SourceFile, lines: readonly number[]): Problem {
  const comments =
    lines.length === 0
      ? "it has no comments"
      : `${lines.length} comments are lost, in lines ${[...new Set(lines)].join(", ")}`;
  return {
    code: "reformatted",
    severity: "warning",
    file,
    pointer: "",
    message: `${file} cannot be edited in place and is written anew: its layout is lost; ${comments}`,
    hint: "Leave out --reformat to keep the file as it is.",
  };
}
