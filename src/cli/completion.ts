/** `clawform completion`: Tab in a shell. */

import type { Command } from "commander";
import { listModels } from "../core/model-list.js";
import { closest } from "../core/nearest.js";
import { ClawformError, usageError } from "../errors.js";
import { isObject } from "../json.js";
import { visible } from "../render/visible.js";
import { listSchemas } from "../store/schemas.js";
import { catalogOf } from "../catalog.js";
import { openWorkspace, type Workspace } from "../workspace.js";
import { allChoices } from "./choice.js";
import { type Candidate, complete, type KnownValues } from "./complete.js";
import { completionScripts, filesMark, type Shell } from "./completion-scripts.js";
import type { Console } from "./console.js";
import type { Register } from "./index.js";

const shells = Object.keys(completionScripts) as Shell[];

/** Adds the command. */
export const register: Register = (program, io, asked) => {
  const command = program
    .command("completion")
    .summary("a script that completes clawform's words in a shell")
    .description(
      "Prints a script for bash, zsh or fish that completes commands, options, providers, auth choices and models on Tab.",
    )
    .argument("<shell>", shells.join(", "))
    .argument("[words...]", "for the scripts: `words -- WORD...` prints what the last word could become")
    .addHelpText(
      "after",
      "\nExamples:\n  $ source <(clawform completion bash)\n  $ clawform completion fish > ~/.config/fish/completions/clawform.fish",
    )
    .action((shell: string, words: readonly string[]) => {
      if (shell === "words") return io.out(answer(program, words[0] === "--" ? words.slice(1) : words, io));
      const script = completionScripts[shell as Shell] as string | undefined;
      if (script === undefined || !shells.includes(shell as Shell)) {
        const near = closest(shell, shells);
        throw usageError("unknown-shell", `there is no completion for "${shell}"`, {
          hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `There is one for ${shells.join(", ")}.`,
        });
      }
      io.out(script);
    });
  // The words of another command line are nobody's options here.
  if (asked) program.enablePositionalOptions();
  if (asked) command.passThroughOptions();
};

/** One candidate a line, its hint after a tab; or the mark that a path belongs here. */
function answer(program: Command, words: readonly string[], io: Console): string {
  const completion = complete(program, words, knownValues(io));
  if ("files" in completion) return `${filesMark}\n`;
  return completion.candidates.map(({ value, hint }) => `${visible(value)}\t${visible(hint)}\n`).join("");
}

function knownValues(io: Console): KnownValues {
  const catalog = catalogOf(io);
  const providers = (): Candidate[] => catalog.all().map(({ id, label }) => ({ value: id, hint: label }));
  return (kind, options) => {
    switch (kind) {
      case "--auth-choice":
        return allChoices(catalog.all()).map(({ choice }) => ({ value: choice.id, hint: choice.label }));
      case "--token-provider":
      case "providers id":
        return providers();
      case "--provider":
        return [...providers(), ...configured(inPlace(options, io))];
      case "--agent":
        return agents(inPlace(options, io));
      case "models set ref":
      case "explain ref":
      case "verify ref":
        return references(inPlace(options, io));
      case "schema name":
        return plain(listSchemas());
      case "completion shell":
        return plain(shells);
      case "--config":
      case "--state-dir":
      case "--out":
      case "--setup":
      case "plan setup":
      case "apply setup":
        return "files";
      default:
        return undefined;
    }
  };
}

/** The installation the line is about; null when it cannot be read: Tab is no place to say so. */
function inPlace(options: ReadonlyMap<string, string>, io: Console): Workspace | null {
  try {
    return openWorkspace({ config: options.get("--config"), stateDir: options.get("--state-dir") }, io);
  } catch (error) {
    if (error instanceof ClawformError) return null;
    throw error;
  }
}

function configured(workspace: Workspace | null): Candidate[] {
  return plain(Object.keys(workspace?.value.models?.providers ?? {})).filter(
    ({ value }) => !workspace?.catalog.ids().includes(value),
  );
}

function agents(workspace: Workspace | null): Candidate[] {
  const listed: unknown = workspace?.value.agents?.list;
  const ids = (Array.isArray(listed) ? (listed as unknown[]) : []).map((entry) => isObject(entry) && entry["id"]);
  return plain([...new Set(["main", ...ids.filter((id) => typeof id === "string")])]);
}

/** Models by reference, then their aliases. */
function references(workspace: Workspace | null): Candidate[] {
  if (!workspace) return [];
  const rows = listModels(workspace.value, workspace.catalog.all());
  const aliases = rows.flatMap(({ ref, tags }) =>
    tags.flatMap((tag) => (tag.startsWith("alias:") ? [{ value: tag.slice("alias:".length), hint: ref }] : [])),
  );
  return [...rows.map(({ ref, name }) => ({ value: ref, hint: name })), ...aliases];
}

function plain(values: readonly string[]): Candidate[] {
  return values.map((value) => ({ value, hint: "" }));
}
