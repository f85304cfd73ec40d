/** Verdicts on models, for people. */

import { styleFor } from "./style.js";
import { visible } from "./visible.js";
import { wrapWords } from "./wrap.js";

/** One verdict, as `verify --json` has it. */
export interface ShownVerdict {
  readonly ref: string;
  readonly ok: boolean;
  readonly message: string;
  readonly hint: string;
  readonly url: string;
  readonly credential: { readonly source: string; readonly name: string };
  readonly said: string;
  readonly milliseconds: number;
}

const indent = "  ";

/** A line for each model, and under a failure why, in whose words, and what to do. Ends with a line break; empty without any. */
export function renderVerifications(
  verdicts: readonly ShownVerdict[],
  { color, width }: { readonly color: boolean; readonly width: number },
): string {
  const style = styleFor(color);
  const lines = verdicts.flatMap(({ ref, ok, message, hint, url, credential, said, milliseconds }) => {
    const word = ok ? "ok:" : "failed:";
    const after = ok ? `${message} (${(milliseconds / 1000).toFixed(1)} s)` : message;
    const [first = "", ...more] = wrapWords(visible(`${word} ${ref}: ${after}`), width, "", indent);
    const paint = ok ? style.added : style.severity.error;
    const key = credential.source === "none" ? "no key" : `${credential.source} ${credential.name}`;
    const rest = ok
      ? []
      : [
          ...(url === "" ? [] : [style.quiet(`${indent}${visible(`${url}, ${key}`)}`)]),
          ...(said === "" ? [] : wrapWords(visible(`It says: ${said}`), width, indent, indent)),
          ...(hint === "" ? [] : wrapWords(visible(hint), width, indent, indent)),
        ];
    return [paint(word) + first.slice(word.length), ...more, ...rest];
  });
  return lines.map((line) => `${line}\n`).join("");
}
