/** Colours by what they say. */

import pc from "picocolors";

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
  const { green, red, cyan, bold, dim, yellow, blue } = pc.createColors(color);
  return {
    added: green,
    removed: red,
    hunk: cyan,
    heading: bold,
    quiet: dim,
    severity: { error: red, warning: yellow, info: blue },
  };
}
