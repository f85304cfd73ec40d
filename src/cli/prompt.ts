/** Questions on a terminal. Loaded only when one is asked. */

import { confirm, isCancel, password } from "@clack/prompts";
import { ClawformError } from "../errors.js";

/** Asks whether to write. Throws an `interrupted` error (exit 130) on Ctrl-C. */
export async function confirmApply(files: number): Promise<boolean> {
  return answered(await confirm({ message: `Write ${files === 1 ? "this file" : `these ${files} files`}?`, initialValue: false }));
}

/** Asks a yes/no question, yes by default. */
export async function confirmUse(question: string): Promise<boolean> {
  return answered(await confirm({ message: question }));
}

/** Asks for a key without showing it; blank is not accepted. */
export async function askKey(label: string): Promise<string> {
  return answered(await password({ message: `Enter ${label}`, validate: (value) => (value?.trim() ? undefined : "Required") }));
}

function answered<Value>(answer: Value): Exclude<Value, symbol> {
  if (isCancel(answer)) throw new ClawformError("interrupted", "interrupted", "stopped by Ctrl-C; nothing was written");
  return answer as Exclude<Value, symbol>;
}
