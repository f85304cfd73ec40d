/** A failure -> a message and an exit code. */

import { maskLooks } from "../core/redact.js";
import { ClawformError, exitCodes } from "../errors.js";
import { renderProblems } from "../render/problems.js";
import type { Console } from "./console.js";
import { colorAsked, wantsColor } from "./options.js";

/** Prints what went wrong to standard error (with `--json`, also as a document on standard output) and returns the exit code. */
export function reportFailure(error: unknown, argv: readonly string[], io: Console): number {
  if (!(error instanceof ClawformError)) {
    const trace = error instanceof Error ? error.stack : String(error);
    io.err(
      `clawform failed inside itself; nothing was written.\n${io.env["CLAWFORM_DEBUG"] ? `${trace}\n` : "Set CLAWFORM_DEBUG=1 to see where, and please report it.\n"}`,
    );
    return exitCodes.failed;
  }
  const found = error.problems.length > 0 ? [...error.problems] : [error.asProblem()];
  const problems = found.map((problem) => ({
    ...problem,
    message: maskLooks(problem.message),
    hint: maskLooks(problem.hint),
  }));
  if (argv.includes("--json"))
    io.out(`${JSON.stringify({ format: 1, changed: false, applied: false, files: [], problems }, null, 2)}\n`);
  if (error.kind === "interrupted") io.err(`${error.message}\n`);
  else io.err(renderProblems(problems, { color: wantsColor(colorAsked(argv), io.errIsTerminal, io), width: io.width }));
  return error.exitCode;
}
