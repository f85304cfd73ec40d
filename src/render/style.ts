/** Colours by what they say. */

import { styleText } from "node:util";

/** Functions that colour a text, or give it back as it is. */
export interface Style {
  readonly added: (text: string) => string;
  readonly removed: (text: string) => string;
  readonly hunk: (text: string) => string;
  readonly heading: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly severity: {
    readonly error: (text: string) => string;
    readonly warning: (text: string) => string;
    readonly info: (text: string) => string;
  };
}

/** The styles; without colour they leave every byte as it is. */
export function styleFor(color: boolean): Style {
  // Whether to colour has been decided; later Nodes would look at standard output once more.
  const paint =
    (format: Parameters<typeof styleText>[0]) =>
    (text: string): string =>
      color ? styleText(format, text, { validateStream: false }) : text;
  return {
    added: paint("green"),
    removed: paint("red"),
    hunk: paint("cyan"),
    heading: paint("bold"),
    quiet: paint("dim"),
    severity: { error: paint("red"), warning: paint("yellow"), info: paint("blue") },
  };
}
