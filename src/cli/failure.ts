/** A failure -> a message and an exit code. */

import { ClawformError, exitCodes, failedError, usageError } from "../errors.js";
import { failureJson } from "../render/json.js";
import { failureProblems, howToSee, renderProblems } from "../render/problems.js";
import type { Console } from "./console.js";
import { colorAsked, wantsColor } from "./options.js";
import { printJson, printLine } from "./print.js";

/** Prints what went wrong to standard error (with `--json`, also as a document on standard output) and returns the exit code. */
export async function reportFailure(error: unknown, argv: readonly string[], io: Console): Promise<number> {
  if (!(error instanceof ClawformError)) {
    const more = io.env["CLAWFORM_DEBUG"] ? await traceOf(error) : howToSee;
    printFailure(failedError("internal", "clawform failed inside itself", { hint: howToSee }), argv, io);
    io.err(`clawform failed inside itself.\n${more}\n`);
    return exitCodes.failed;
  }
  printFailure(error, argv, io);
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

/** Prints a command line that could not be read, which has been said, as a document if that is asked for. */
export function reportMisuse(message: string, argv: readonly string[], io: Console): void {
  printFailure(usageError("usage", message.replace(/^error: /, "")), argv, io);
}

/** With `--json`: as a document, or where these are lines of a report, as one of them. */
function printFailure(error: ClawformError, argv: readonly string[], io: Console): void {
  if (!argv.includes("--json")) return;
  const document = failureJson(error);
  const isReport = argv.some((word) => word === "--homes" || word.startsWith("--homes="));
  try {
    (isReport ? printLine : printJson)(document, io);
  } catch {
    // It is said on standard error too.
  }
}

async function traceOf(error: unknown): Promise<string> {
  if (!(error instanceof Error) || error.stack === undefined) return String(error);
  const { sourceStack } = await import("./source-stack.js");
  return sourceStack(error.stack);
}
