/** `--homes`: one setup for many OpenClaw installations, each for itself, in one process. */

import { resolve } from "node:path";
import { catalogOf } from "../catalog.js";
import { ClawformError, usageError } from "../errors.js";
import { untilAsked } from "../host.js";
import { workOnAll } from "../homes/crew.js";
import { doneHomes } from "../homes/report.js";
import type { HomeResult } from "../homes/result.js";
import type { HomesWork, HomesWrite, HomeTask } from "../homes/work.js";
import { cardsFor } from "../planning.js";
import { directoriesLike, distinctHomes } from "../store/homes.js";
import { readLines } from "../store/lines.js";
import { expandHome, expandPath } from "../store/locate.js";
import type { Sha256 } from "../types.js";
import { confirmApply, refuseUnasked, terminalOf } from "./ask.js";
import type { Console } from "./console.js";
import { homesOutput, type HomesOutput } from "./homes-output.js";
import type { HomesOptions, HomesRun, WriteOptions } from "./options.js";
import { type Given, readRequest } from "./request.js";

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
  if (write !== null) refuseUnasked(write, io);
  const { setup, work } = workFor(argument, options, write === null ? null : howToWrite(write), io);
  const homes = homesFor(options, io);
  const skip = doneBefore(options, setup, io);
  const tasks = homes.filter((home) => !skip.has(home)).map((home): HomeTask => ({ home, shown: null }));
  const output = homesOutput(options, { setup, homes: homes.length }, io);
  const run: HomesRunning = { concurrency: options.concurrency, output, io };
  for (const home of homes) if (skip.has(home)) output.skipped(home);
  const terminal = write === null || write.yes ? null : terminalOf(options, io);
  if (terminal === null) return conclude(await goThrough(tasks, work, run), run);

  const ended = await goThrough(tasks, { ...work, write: null }, run);
  const [planned, unfinished] = [output.planned(), output.unfinished()];
  if (ended !== null || planned.length + unfinished.length === 0) return conclude(ended, run);
  // What was interrupted is put right without a question, as for a single home.
  if (planned.length === 0 || (await confirmApply(terminal, planned.length, "home")))
    return conclude(await goThrough([...planned, ...unfinished], work, run), run);
  io.err("Nothing was written.\n");
  return conclude(null, run);
}

interface HomesRunning {
  readonly concurrency: number;
  readonly output: HomesOutput;
  readonly io: Console;
}

/**
 * Null, or the exit code of the signal that stopped it. Where results can no more be printed, no further home is begun, and
 * that is thrown once those that have been are done; a reader that has gone stops only who merely plans.
 */
async function goThrough(
  tasks: readonly HomeTask[],
  work: HomesWork,
  { concurrency, output, io }: HomesRunning,
): Promise<number | null> {
  output.begin(tasks.length);
  const ending = new AbortController();
  const unprinted: Error[] = [];
  const told = (result: HomeResult): void => {
    try {
      output.tell(result);
    } catch (error) {
      unprinted.push(error as Error);
    }
    if (unprinted.length > 0 || (io.unread && work.write === null)) ending.abort();
  };
  const { exitCode } = await untilAsked((asked) => {
    asked.addEventListener("abort", () => {
      output.stopping();
      ending.abort();
    });
    return workOnAll(tasks, work, { concurrency, told, stop: ending.signal });
  }).finally(output.pause);
  const [error] = unprinted;
  if (error instanceof ClawformError) throw error.advising(`${output.done()}. ${error.hint}`);
  if (error !== undefined) throw error;
  return exitCode;
}

async function conclude(signal: number | null, { output, io }: HomesRunning): Promise<void> {
  output.conclude(signal);
  const stacks = io.env["CLAWFORM_DEBUG"] ? output.stacks() : [];
  if (stacks.length === 0) return;
  const { sourceStack } = await import("./source-stack.js");
  for (const { home, stack } of stacks) io.err(`${home}\n${sourceStack(stack)}\n`);
}

function workFor(
  argument: string | undefined,
  options: HomesRun,
  write: HomesWrite | null,
  io: Console,
): { setup: Sha256; work: HomesWork } {
  refuseOneHome(options);
  const listIsInput = options.homes?.includes("-") ?? false;
  if (argument === "-" && listIsInput) {
    throw usageError("stdin-twice", "the setup and the list of homes cannot both come from standard input");
  }
  const given = unlessSpread(() => readRequest(argument, options, io, listIsInput ? "the list of homes" : null));
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

/** A pattern without quotes is taken apart by the shell, and its second part for the setup. */
function unlessSpread(read: () => Given): Given {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ClawformError) || error.code !== "is-directory") throw error;
    throw error.advising("name a setup file; a pattern of homes goes in quotes, or the shell takes it apart");
  }
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
  const named = homes.flatMap((pattern) =>
    pattern === "-" ? listed(io) : directoriesLike(expandHome(pattern, io.osHome), io.cwd),
  );
  return distinctHomes(named);
}

/** One path a line, `~` the caller's home; blanks around it are none of it, as for every path OpenClaw reads. */
function listed(io: Console): string[] {
  return io
    .readInput()
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line) => expandPath(line, io.osHome, io.cwd));
}

function doneBefore({ continueFrom }: HomesOptions, setup: Sha256, io: Console): ReadonlySet<string> {
  if (continueFrom === undefined) return new Set();
  return doneHomes(readLines(resolve(io.cwd, continueFrom)), setup, continueFrom);
}

function howToWrite({ lockTimeout, keep, inPlace = false, force = false }: WriteOptions): HomesWrite {
  return { lockTimeout, keep, inPlace, force };
}
