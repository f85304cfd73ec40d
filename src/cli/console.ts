/** What the command line sees of the process, in one value: commands are run in tests without one. */

import { homedir } from "node:os";
import type { Readable, Writable } from "node:stream";
import { usageError } from "../errors.js";
import { readInput } from "../store/input.js";
import { mayBeTerminal, writeText } from "../store/output.js";
import type { Stopwatch } from "../timings.js";
import type { Surroundings } from "../workspace.js";

/** Output, terminal facts and surroundings of one run. */
export interface Console extends Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Columns of the terminal; 80 when there is none. */
  readonly width: number;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  readonly inIsTerminal: boolean;
  /** Where questions are asked, when not on the process's own streams. */
  readonly terminal?: { readonly input: Readable; readonly output: Writable };
  exitCode: number;
  /** Runs with `--timings`. */
  stopwatch?: Stopwatch;
  /** Go on when whoever reads the output has gone; else the process ends then. */
  unread?: boolean;
}

/** What `homedir` says; where the environment says it too, as POSIX has it, the module stays unloaded. */
function homeOf({ platform, env }: NodeJS.Process): string {
  return (platform !== "win32" && env["HOME"]) || homedir();
}

/** The console of a real process. */
export function consoleOf(host: NodeJS.Process): Console {
  // Merely to look at host.stdin makes a pipe non-blocking, and reading it to its end impossible.
  const inIsTerminal = mayBeTerminal(0) && host.stdin.isTTY;
  const outIsTerminal = mayBeTerminal(1) && host.stdout.isTTY;
  const writerTo = (descriptor: 1 | 2, stream: () => NodeJS.WriteStream): ((text: string) => void) => {
    if (mayBeTerminal(descriptor)) return (text) => void stream().write(text);
    return (text) => {
      // A reader such as `head` that closes early is no failure of ours.
      if (!writeText(descriptor, text) && !io.unread) host.exit(0);
    };
  };
  const io: Console = {
    env: host.env,
    cwd: host.cwd(),
    osHome: homeOf(host),
    out: writerTo(1, () => host.stdout),
    err: writerTo(2, () => host.stderr),
    width: (outIsTerminal && host.stdout.columns) || Number(host.env["COLUMNS"]) || 80,
    outIsTerminal,
    errIsTerminal: mayBeTerminal(2) && host.stderr.isTTY,
    inIsTerminal,
    exitCode: 0,
    readInput: () => {
      if (inIsTerminal) {
        throw usageError("terminal-input", "standard input is a terminal; something has to be piped in", {
          hint: "For example: pass show kilo | clawform apply --yes",
        });
      }
      return readInput();
    },
  };
  return io;
}
