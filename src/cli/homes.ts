/** `--homes`: one setup for many OpenClaw installations, each for itself, in one process. */

import { resolve } from "node:path";
import { catalogOf } from "../catalog.js";
import { usageError } from "../errors.js";
import { untilAsked } from "../host.js";
import { workOnAll } from "../homes/crew.js";
import { doneHomes } from "../homes/report.js";
import type { HomesWork, HomesWrite, HomeTask } from "../homes/work.js";
import { cardsFor } from "../planning.js";
import { directoriesLike, realPlace } from "../store/homes.js";
import { readLines } from "../store/lines.js";
import type { Sha256 } from "../types.js";
import { confirmApply, terminalOf } from "./ask.js";
import type { Console } from "./console.js";
import { homesOutput, type HomesOutput } from "./homes-output.js";
import type { HomesOptions, HomesRun, WriteOptions } from "./options.js";
import { readRequest } from "./request.js";

/**
 * Plans SETUP for every home, or carries it out (`write`); asks once for all of them on a terminal unless `--yes`. A home that
 * fails stops no other; then the exit code is 1. Ctrl-C lets those come to their end that have been begun (exit 130). Throws
 * a usage error for options that mean one home, and whatever is wrong with the setup itself.
 */
export async function runHomes(
  argument: string | undefined,
  options: HomesRun,
  write: WriteOptions | null,
  io: Console,
): Promise<void> {
  const { setup, work } = workFor(argument, options, write === null ? null : howToWrite(write), io);
  const homes = homesFor(options, io);
  const skip = doneBefore(options, setup, io);
  const tasks = homes.filter((home) => !skip.has(home)).map((home): HomeTask => ({ home, shown: null }));
  // Whoever began to change homes is not stopped by a reader that has gone.
  io.unread = write !== null;
  const output = homesOutput(options, { setup, homes: homes.length }, io);
  for (const home of homes) if (skip.has(home)) output.skipped(home);
  const terminal = write === null || write.yes ? null : terminalOf(options, io);
  if (terminal === null) return output.conclude(await goThrough(tasks, work, options, output));

  const ended = await goThrough(tasks, { ...work, write: null }, options, output);
  const planned = output.planned();
  if (ended !== null || planned.length === 0) return output.conclude(ended);
  if (!(await confirmApply(terminal, planned.length, "home"))) {
    io.err("Nothing was written.\n");
    return;
  }
  output.conclude(await goThrough(planned, work, options, output));
}

/** Null, or the exit code of the signal that stopped it. */
async function goThrough(
  tasks: readonly HomeTask[],
  work: HomesWork,
  { concurrency }: HomesOptions,
  output: HomesOutput,
): Promise<number | null> {
  output.begin(tasks.length);
  try {
    const { exitCode } = await untilAsked((stop) => workOnAll(tasks, work, { concurrency, told: output.tell, stop }));
    return exitCode;
  } finally {
    output.pause();
  }
}

function workFor(
  argument: string | undefined,
  options: HomesRun,
  write: HomesWrite | null,
  io: Console,
): { setup: Sha256; work: HomesWork } {
  refuseOneHome(options);
  if (argument === "-" && options.homes?.includes("-")) {
    throw usageError("stdin-twice", "the setup and the list of homes cannot both come from standard input");
  }
  const given = readRequest(argument, options, io);
  if ("plan" in given) {
    throw usageError("saved-plan", "a saved plan is for one home", { hint: "Give the setup it was made from." });
  }
  const { request } = given;
  const setup = given.setup.sha256;
  const work: HomesWork = {
    // Read once for all homes.
    request: { ...request, cards: cardsFor(request, catalogOf(io)) },
    setup,
    surroundings: { env: { ...io.env }, cwd: io.cwd, osHome: io.osHome },
    store: options.store ?? "auto",
    write,
    document: options.json ?? false,
    showSecrets: options.showSecrets ?? false,
    timings: options.timings ?? false,
  };
  return { setup, work };
}

function refuseOneHome({ config, stateDir, format, file }: HomesRun): void {
  const given = [
    ["--config", config !== undefined],
    ["--state-dir", stateDir !== undefined],
    ["--format json-patch", format === "json-patch"],
    ["--file", file !== undefined],
  ] as const;
  const found = given.find(([, there]) => there)?.[0];
  if (found !== undefined)
    throw usageError("one-home", `${found} is for one home and does not go with --homes`, {
      hint: "With many homes, --json prints each one's patches.",
    });
}

/** State directories, each once, in the order they are named. */
function homesFor({ homes = [] }: HomesOptions, io: Console): string[] {
  const named = homes.flatMap((pattern) => (pattern === "-" ? listed(io) : directoriesLike(pattern, io.cwd)));
  const seen = new Set<string>();
  return named.filter((path) => {
    const known = seen.size;
    return seen.add(realPlace(path)).size > known;
  });
}

/** One path a line. */
function listed(io: Console): string[] {
  return io
    .readInput()
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line) => resolve(io.cwd, line));
}

function doneBefore({ continueFrom }: HomesOptions, setup: Sha256, io: Console): ReadonlySet<string> {
  if (continueFrom === undefined) return new Set();
  return doneHomes(readLines(resolve(io.cwd, continueFrom)), setup, continueFrom);
}

function howToWrite({ lockTimeout, keep, inPlace = false, force = false }: WriteOptions): HomesWrite {
  return { lockTimeout, keep, inPlace, force };
}
