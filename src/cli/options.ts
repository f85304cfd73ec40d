/** Options that several commands share, declared once. */

import { type Command, InvalidArgumentError, Option } from "commander";
import { agentIdPattern, unsafeKeys } from "../ids.js";
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

/** Options of commands that make a plan. */
export interface PlanCommandOptions extends PlaceOptions, PrintOptions {
  format: "text" | "json-patch";
  file?: string;
  enablePlugin?: boolean;
  reformat?: boolean;
  store?: "auto" | "file";
}

/** Options of commands that write. */
export interface WriteOptions extends PlanCommandOptions {
  dryRun?: boolean;
  yes?: boolean;
  inPlace?: boolean;
  force?: boolean;
  lockTimeout: number;
}

/** `--config`, `--state-dir`. */
export function placeOptions(command: Command): Command {
  return command
    .option("--config <file>", "openclaw.json to work on (default: as OpenClaw finds it)")
    .option("--state-dir <dir>", "OpenClaw's state directory (default: as OpenClaw finds it)");
}

/** `--agent`, repeatable. */
export function agentOption(command: Command): Command {
  return command.option(
    "--agent <id>",
    "agent whose credentials are meant, repeatable (default: main)",
    collectAgent,
    [],
  );
}

/** `--json`, `--color`, `--quiet`, `--show-secrets`. */
export function printOptions(command: Command): Command {
  return command
    .option("--json", "one JSON document on standard output")
    .addOption(new Option("--color <when>", "colours").choices(["auto", "always", "never"]).default("auto"))
    .option("--quiet", "only errors")
    .option("--show-secrets", "print keys as they are");
}

/** Everything a command that makes a plan takes. */
export function planOptions(command: Command): Command {
  return printOptions(agentOption(placeOptions(command)))
    .addOption(new Option("--format <format>", "how to show the plan").choices(["text", "json-patch"]).default("text"))
    .option("--file <label>", "with --format json-patch: which file's patch, such as openclaw.json")
    .option("--enable-plugin", "switch on a plugin that is off, denied or not on the allow list")
    .option("--reformat", "write a file anew, without its comments, if it cannot be edited in place")
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
      .option("--in-place", "overwrite a file that cannot be replaced, such as one mounted by itself")
      .option("--force", "write although the files are managed by Nix (OPENCLAW_NIX_MODE)"),
  );
}

/** `--lock-timeout`. */
export function lockTimeoutOption(command: Command): Command {
  return command.option("--lock-timeout <seconds>", "how long to wait for a lock another process holds", seconds, 10);
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

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0 || text.trim() === "")
    throw new InvalidArgumentError("A number of seconds is expected.");
  return value;
}
