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
  /** Whoever reads the output has gone: what is printed from now on goes nowhere. */
  unread?: boolean;
}

/** What `homedir` says; where the environment says it too, as POSIX has it, the module stays unloaded. */
function homeOf({ platform, env }: NodeJS.Process): string {
  return (platform !== "win32" && env["HOME"]) || homedir();
}

/** The working directory; where that has been removed, what a shell remembers of it, so that what is relative to it is merely missing. */
function workingDirectory(host: NodeJS.Process): string {
  try {
    return host.cwd();
  } catch {
    return host.env["PWD"] || "/";
  }
}

/** The console of a real process. */
export function consoleOf(host: NodeJS.Process): Console {
  // Merely to look at host.stdin makes a pipe non-blocking, and reading it to its end impossible.
  const inIsTerminal = mayBeTerminal(0) && host.stdin.isTTY;
  const outIsTerminal = mayBeTerminal(1) && host.stdout.isTTY;
  const errIsTerminal = mayBeTerminal(2) && host.stderr.isTTY;
  const gone = (): void => void (io.unread = true);
  const goneToo = (): void => undefined;
  const io: Console = {
    env: host.env,
    cwd: workingDirectory(host),
    osHome: homeOf(host),
    out: outIsTerminal ? streamWriter(() => host.stdout, gone) : textWriter(1, gone),
    err: errIsTerminal ? streamWriter(() => host.stderr, goneToo) : textWriter(2, goneToo),
    width: (outIsTerminal && host.stdout.columns) || Number(host.env["COLUMNS"]) || 80,
    outIsTerminal,
    errIsTerminal,
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

type Write = (text: string) => void;

/**
 * Writes to what is no terminal. A reader such as `head` that closes early is no failure: the command goes on and ends as it
 * would have. Nor is it one when nobody can be told of it; else throws as `writeText`, once.
 */
function textWriter(descriptor: 1 | 2, gone: () => void): Write {
  let isOpen = true;
  return (text) => {
    if (!isOpen) return;
    // Only a write that succeeds leaves it open: what comes after one that failed would have a hole before it.
    isOpen = false;
    try {
      isOpen = writeText(descriptor, text);
    } catch (error) {
      if (descriptor === 1) throw error;
    }
    if (!isOpen) gone();
  };
}

function streamWriter(open: () => NodeJS.WriteStream, gone: () => void): Write {
  let stream: NodeJS.WriteStream | undefined;
  return (text) => {
    // A terminal that is closed tells so by an event.
    stream ??= open().on("error", gone);
    stream.write(text);
  };
}
