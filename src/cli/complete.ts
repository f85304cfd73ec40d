/** What could stand next on a command line, read from the commands themselves. */

import type { Argument, Command, Option } from "commander";
import { manyChoices } from "./options.js";

/** One way to go on. */
export interface Candidate {
  readonly value: string;
  readonly hint: string;
}

/** Ways to go on; `files`: a path belongs here, and the shell knows those. */
export type Completion = { readonly files: true } | { readonly candidates: readonly Candidate[] };

/**
 * Values that are not in the commands. `kind` is an option's long name (`--auth-choice`) or command and argument
 * (`models set ref`); `options` are those given so far, by their long names. Undefined: none are known.
 */
export type KnownValues = (
  kind: string,
  options: ReadonlyMap<string, string>,
) => readonly Candidate[] | "files" | undefined;

/** Completes the last of `words`, which may be blank. */
export function complete(program: Command, words: readonly string[], known: KnownValues): Completion {
  const current = words.at(-1) ?? "";
  const { command, path, pending, position, options, literal } = walk(program, words.slice(0, -1));
  const only = (candidates: readonly Candidate[], prefix = ""): Completion => ({
    candidates: candidates
      .map(({ value, hint }) => ({ value: prefix + value, hint }))
      .filter(({ value }) => value.startsWith(current)),
  });
  const valuesOf = (kind: string, choices: readonly string[] | undefined, prefix?: string): Completion => {
    const found = choices?.map((value) => ({ value, hint: "" })) ?? known(kind, options) ?? [];
    return found === "files" ? { files: true } : only(found, prefix);
  };
  if (pending) return valuesOf(pending.long ?? "", choicesOf(pending));
  const named = literal ? null : /^(--[^=]+)=/.exec(current);
  const option = named && optionOf(command, named[1] as string);
  if (option) return valuesOf(option.long ?? "", choicesOf(option), `${option.long}=`);
  if (current.startsWith("-") && !literal) return only(optionsOf(command, options));
  const argument = argumentAt(command, position);
  const values = argument ? valuesOf([...path, argument.name()].join(" "), argument.argChoices) : only([]);
  const commands = position === 0 ? only(commandsOf(command)) : only([]);
  return "files" in values || "files" in commands
    ? { files: true }
    : { candidates: [...commands.candidates, ...values.candidates] };
}

function choicesOf(option: Option): readonly string[] | undefined {
  return option.argChoices ?? manyChoices.get(option);
}

interface Place {
  readonly command: Command;
  /** Names of the commands so far. */
  readonly path: readonly string[];
  /** The option whose value comes next. */
  readonly pending: Option | null;
  /** How many arguments of the command are there already. */
  readonly position: number;
  readonly options: ReadonlyMap<string, string>;
  /** After `--` nothing is an option. */
  readonly literal: boolean;
}

function walk(program: Command, words: readonly string[]): Place {
  let command = program;
  let pending: Option | null = null;
  let position = 0;
  let literal = false;
  const path: string[] = [];
  const options = new Map<string, string>();
  for (const word of words) {
    if (pending) {
      options.set(pending.long ?? "", word);
      pending = null;
      continue;
    }
    if (word === "--" && !literal) {
      literal = true;
      continue;
    }
    if (word.startsWith("-") && !literal) {
      const [name = "", ...value] = word.split("=");
      const option = optionOf(command, name);
      if (!option) continue;
      options.set(option.long ?? "", value.join("="));
      if (option.required && value.length === 0) pending = option;
      continue;
    }
    const next: Command | undefined =
      position === 0 ? command.commands.find((one) => one.name() === word || one.aliases().includes(word)) : undefined;
    if (next) {
      command = next;
      path.push(next.name());
    } else position += 1;
  }
  return { command, path, pending, position, options, literal };
}

function optionOf(command: Command, name: string): Option | null {
  return command.options.find(({ long, short }) => long === name || short === name) ?? null;
}

function argumentAt(command: Command, position: number): Argument | undefined {
  const last = command.registeredArguments.at(-1);
  return command.registeredArguments[position] ?? (last?.variadic ? last : undefined);
}

/** Options by their long names, without those that are given already and mean nothing twice. */
function optionsOf(command: Command, given: ReadonlyMap<string, string>): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description, defaultValue }) =>
      long && (!given.has(long) || Array.isArray(defaultValue)) ? [{ value: long, hint: description }] : [],
    );
}

function commandsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((one) => ({ value: one.name(), hint: one.summary() || one.description() }));
}
