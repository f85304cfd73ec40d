/** A failure -> a message and an exit code. */

import { ClawformError, exitCodes } from "../errors.js";
import { failureJson } from "../render/json.js";
import { failureProblems, renderProblems } from "../render/problems.js";
import type { Console } from "./console.js";
import { colorAsked, wantsColor } from "./options.js";

/** Prints what went wrong to standard error (with `--json`, also as a document on standard output) and returns the exit code. */
export async function reportFailure(error: unknown, argv: readonly string[], io: Console): Promise<number> {
  if (!(error instanceof ClawformError)) {
    const more = io.env["CLAWFORM_DEBUG"]
      ? await traceOf(error)
      : "Set CLAWFORM_DEBUG=1 to see where, and please report it.";
    io.err(`clawform failed inside itself; nothing was written.\n${more}\n`);
    return exitCodes.failed;
  }
  if (argv.includes("--json")) io.out(`${JSON.stringify(failureJson(error), null, 2)}\n`);
  if (error.kind === "interrupted") io.err(`${error.message}\n`);
  else
    io.err(
      renderProblems(failureProblems(error), {
        color: wantsColor(colorAsked(argv), io.errIsTerminal, io),
        width: io.width,
      }),
    );
  return error.exitCode;
}

async function traceOf(error: unknown): Promise<string> {
  if (!(error instanceof Error) || error.stack === undefined) return String(error);
  const { sourceStack } = await import("./source-stack.js");
  return sourceStack(error.stack);
}
