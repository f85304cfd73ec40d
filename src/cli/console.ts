/** What the command line sees of the process, in one value: commands are run in tests without one. */

import { homedir } from "node:os";
import { isatty } from "node:tty";
import { usageError } from "../errors.js";
import { readInput } from "../store/input.js";
import type { Surroundings } from "../workspace.js";

/** Output, terminal facts and surroundings of one run. */
export interface Console extends Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Columns of the terminal; 80 when there is none. */
  readonly width: number;
  readonly outIsTerminal: boolean;
  readonly inIsTerminal: boolean;
  exitCode: number;
}

/** The console of a real process. */
export function consoleOf(host: NodeJS.Process): Console {
  // Merely to look at host.stdin makes a pipe non-blocking, and reading it to its end impossible.
  const inIsTerminal = isatty(0);
  return {
    env: host.env,
    cwd: host.cwd(),
    osHome: homedir(),
    out: (text) => void host.stdout.write(text),
    err: (text) => void host.stderr.write(text),
    width: host.stdout.columns || Number(host.env["COLUMNS"]) || 80,
    outIsTerminal: host.stdout.isTTY === true,
    inIsTerminal,
    exitCode: 0,
    readInput: () => {
      if (inIsTerminal) {
        throw usageError("terminal-input", "standard input is a terminal; something has to be piped in", { hint: "For example: pass show kilo | clawform apply --yes" });
      }
      return readInput();
    },
  };
}
