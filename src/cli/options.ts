/** Options that several commands share, declared once. */

import { type Command, InvalidArgumentError, Option } from "commander";
import { usageError } from "../errors.js";
import { agentIdPattern, unsafeKeys } from "../ids.js";
import { keptEntries } from "../store/state-dir.js";
import type { Console } from "./console.js";

/** Options that say which files to work on. */
export interface PlaceOptions {
  config?: string;
  stateDir?: string;
  agent: string[];
}

/** Options that say how to print. */
export interface PrintOptions {
  json?: boolean;
  color: "auto" | "always" | "never";
  quiet?: boolean;
  showSecrets?: boolean;
}

/** Options that say how to show a plan. */
export interface ShowOptions extends PrintOptions {
  format: "text" | "json-patch";
  file?: string;
}

/** Options of commands that make a plan. */
export interface PlanCommandOptions extends PlaceOptions, ShowOptions {
  enablePlugin?: boolean;
  reformat?: boolean;
  timings?: boolean;
  store?: "auto" | "file";
}

/** Options of commands that write. */
export interface WriteOptions extends PlanCommandOptions {
  dryRun?: boolean;
  yes?: boolean;
  inPlace?: boolean;
  force?: boolean;
  lockTimeout: number;
  keep: number;
}

/** Options of commands that ask a provider. */
export interface AskOptions {
  /** Seconds. */
  timeout: number;
  /** False with `--no-auth`. */
  auth?: boolean;
  setup?: string;
}

/** What an option takes that is too much for its help, for who completes it. */
export const manyChoices: WeakMap<Option, readonly string[]> = new WeakMap();

/** `--config`, `--state-dir`. */
export function placeOptions(command: Command): Command {
  return command
    .option("--config <file>", "openclaw.json to work on (default: as OpenClaw finds it)")
    .option("--state-dir <dir>", "OpenClaw's state directory (default: as OpenClaw finds it)");
}

/** `--agent`, repeatable. */
export function agentOption(command: Command): Command {
  return command.addOption(
    new Option("--agent <id>", "agent whose credentials are meant, repeatable")
      .argParser(collectAgent)
      .default([], "main"),
  );
}

/** `--json`, `--color`, `--quiet`, `--show-secrets`. */
export function printOptions(command: Command): Command {
  return command
    .option("--json", "one JSON document on standard output")
    .addOption(new Option("--color <when>", "colours").choices(["auto", "always", "never"]).default("auto"))
    .option("--quiet", "no diff, only what came of it, warnings and errors")
    .option("--show-secrets", "print keys as they are");
}

/** Everything a command that shows a plan takes. */
export function showOptions(command: Command): Command {
  return printOptions(command)
    .addOption(new Option("--format <format>", "how to show the plan").choices(["text", "json-patch"]).default("text"))
    .option("--file <label>", "with --format json-patch: which file's patch, such as openclaw.json");
}

/** Everything a command that makes a plan takes. */
export function planOptions(command: Command): Command {
  return showOptions(agentOption(placeOptions(command)))
    .option("--enable-plugin", "switch on a plugin that is off, denied or not on the allow list")
    .option("--reformat", "write a file anew, without its comments, if it cannot be edited in place")
    .option("--timings", "say where the time of this run went")
    .addOption(
      new Option("--store <where>", "where credentials go: file is auth-profiles.json, even if OpenClaw looks newer")
        .choices(["auto", "file"])
        .default("auto"),
    );
}

/** Everything a command that writes takes. */
export function writeOptions(command: Command): Command {
  return lockTimeoutOption(
    planOptions(command)
      .option("--dry-run", "show the plan, write nothing")
      .option("-y, --yes", "do not ask before writing")
      .option("--keep <n>", "how many applies the history keeps, this one included; 0: none", entries, keptEntries)
      .option("--in-place", "overwrite a file that cannot be replaced, such as one mounted by itself")
      .option("--force", "write although the files are managed by Nix (OPENCLAW_NIX_MODE)"),
  );
}

/** Options of a run over many homes. */
export interface HomesOptions {
  homes?: string[];
  concurrency: number;
  continueFrom?: string;
}

/** What a run over many homes is asked for. */
export type HomesRun = PlanCommandOptions & HomesOptions & { readonly detailedExitcode?: boolean };

/** `--homes`, `--concurrency`, `--continue-from`. */
export function homesOptions(command: Command): Command {
  return command
    .option(
      "--homes <glob>",
      "do it for every state directory that fits (in quotes), repeatable; - reads a list of them from standard input",
      (pattern: string, previous: string[] | undefined) => [...(previous ?? []), pattern],
    )
    .option("--concurrency <n>", "with --homes: how many at the same time", hands, 2)
    .option("--continue-from <report>", "with --homes: leave out what an earlier run with --json says is done");
}

/** Whether it is done for many homes. Throws a usage error for an option that only goes with those. */
export function hasHomes({ homes = [], continueFrom }: HomesOptions): boolean {
  if (homes.length === 0 && continueFrom !== undefined)
    throw usageError("many-homes", "--continue-from goes with --homes");
  return homes.length > 0;
}

/** `--lock-timeout`. */
export function lockTimeoutOption(command: Command): Command {
  return command.option("--lock-timeout <seconds>", "how long to wait for a lock another process holds", seconds, 10);
}

/** Everything a command that asks a provider for its models takes. */
export function askOptions(command: Command): Command {
  return timeoutOption(command)
    .option("--no-auth", "ask without a key")
    .option("--setup <file>", "a setup that says where the provider and its key are (default: clawform.json5)");
}

/** `--timeout`. */
export function timeoutOption(command: Command, byDefault = 5): Command {
  return command.option("--timeout <seconds>", "how long to wait for an answer", someSeconds, byDefault);
}

/** Whether to colour: the flag, then NO_COLOR and FORCE_COLOR, then whether the output is a terminal. */
export function wantsColor(color: string, terminal: boolean, { env }: Console): boolean {
  if (color === "always" || color === "never") return color === "always";
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"] !== undefined) return env["FORCE_COLOR"] !== "0" && env["FORCE_COLOR"] !== "false";
  return terminal && env["TERM"] !== "dumb";
}

/** What `--color` says on a command line that could not be read to its end. */
export function colorAsked(argv: readonly string[]): string {
  return (
    argv.find((_, index) => argv[index - 1] === "--color") ??
    argv.find((word) => word.startsWith("--color="))?.slice("--color=".length) ??
    "auto"
  );
}

function collectAgent(id: string, previous: string[]): string[] {
  if (!agentIdPattern.test(id) || unsafeKeys.has(id))
    throw new InvalidArgumentError("An agent id has letters, digits, - and _, 64 at most.");
  return [...previous, id];
}

function entries(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("A whole number is expected, 0 or more.");
  return Number(text);
}

function hands(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError("A whole number from 1 to 99 is expected.");
  return Number(text);
}

function someSeconds(text: string): number {
  const value = seconds(text);
  // Node's timers end there (2^31 - 1 milliseconds).
  if (value === 0 || value > 2_147_483) throw new InvalidArgumentError("More than 0 seconds, and fewer than 25 days.");
  return value;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0 || text.trim() === "")
    throw new InvalidArgumentError("A number of seconds is expected.");
  return value;
}
