/** A line on a terminal's standard error that says what is going on, and goes again. */

import { visible } from "../render/visible.js";
import type { Console } from "./console.js";

/** Only what takes longer is told of, milliseconds. */
const patience = 500;

/** A line that is drawn again and again. */
export interface StatusLine {
  /** Prints something else: where that goes to the same terminal the line makes room for it. */
  readonly beside: (print: () => void) => void;
  /** For good. */
  readonly end: () => void;
}

/** Shows what `tell` says, after half a second and every half second; nothing where nobody looks. */
export function statusLine(tell: () => string, shows: boolean, io: Console): StatusLine {
  let shown = false;
  const draw = (): void => {
    shown = true;
    io.err(`\r\u001b[K${visible(tell()).slice(0, Math.max(io.width - 1, 20))}`);
  };
  const hide = (): void => {
    if (shown) io.err("\r\u001b[K");
    shown = false;
  };
  const timer = shows && io.errIsTerminal ? setInterval(draw, patience) : undefined;
  return {
    beside: (print) => {
      const again = shown && io.outIsTerminal;
      if (again) hide();
      print();
      if (again) draw();
    },
    end: () => {
      clearInterval(timer);
      hide();
    },
  };
}
