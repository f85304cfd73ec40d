/** Asking: what is asked in which words. Throws an `interrupted` error (exit 130) on Ctrl-C. */

import { ClawformError } from "../errors.js";

/** Whether to write; no by default. */
export async function confirmApply(files: number): Promise<boolean> {
  const { askYesNo } = await import("./prompt.js");
  return answered(await askYesNo(`Write ${files === 1 ? "this file" : `these ${files} files`}?`, false));
}

/** Whether to use something that was found; yes by default. */
export async function confirmUse(question: string): Promise<boolean> {
  const { askYesNo } = await import("./prompt.js");
  return answered(await askYesNo(question, true));
}

/** A key, not shown while it is typed. */
export async function askKey(label: string): Promise<string> {
  const { askHidden } = await import("./prompt.js");
  return answered(await askHidden(`Enter ${label}`));
}

function answered<Value>(answer: Value | null): Value {
  if (answer === null) throw new ClawformError("interrupted", "interrupted", "stopped by Ctrl-C; nothing was written");
  return answer;
}
