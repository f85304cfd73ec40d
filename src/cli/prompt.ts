/**
 * Questions on a terminal, a file of its own in the built package: loaded only when one is asked. Null is Ctrl-C; it
 * throws nothing, since errors of another file would be of another class.
 */

import { confirm, isCancel, password } from "@clack/prompts";

/** Asks a yes/no question. */
export async function askYesNo(message: string, initialValue: boolean): Promise<boolean | null> {
  const answer = await confirm({ message, initialValue });
  return isCancel(answer) ? null : answer;
}

/** Asks for a key without showing it; blank is not accepted. */
export async function askHidden(message: string): Promise<string | null> {
  const answer = await password({ message, validate: (value) => (value?.trim() ? undefined : "Required") });
  return isCancel(answer) ? null : answer;
}
