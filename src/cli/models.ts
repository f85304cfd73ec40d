/** `clawform models`: the default model, the models at hand, and those of a provider. */

import { resolveRef } from "../core/model-ref.js";
import { planSetup } from "../planning.js";
import type { Plan } from "../types.js";
import { openWorkspace } from "../workspace.js";
import type { Register } from "./index.js";
import { type DiscoverOptions, discoverModelsInto } from "./models-discover.js";
import { type ListOptions, showModels } from "./models-list.js";
import { agentOption, askOptions, placeOptions, printOptions, type WriteOptions, writeOptions } from "./options.js";
import { writePlan } from "./write.js";

/** Adds the command. */
export const register: Register = (program, io) => {
  const models = program
    .command("models")
    .summary("set the default model, list and discover models")
    .description("Sets the default model, lists models, asks a provider for its models.");
  writeOptions(models.command("set"))
    .summary("make a model the default; fallbacks stay")
    .description("Makes a model the default. Fallbacks and the other settings of the slot stay.")
    .argument("<ref>", "provider/model, or an alias of agents.defaults.models")
    .addHelpText(
      "after",
      "\nExamples:\n  $ clawform models set kilocode/kilo/auto\n  $ clawform models set opus --dry-run",
    )
    .action((given: string, options: WriteOptions) => {
      const make = (): Plan => {
        const workspace = openWorkspace(options, io);
        const setup = { model: { primary: resolveRef(given, workspace.value) } };
        return planSetup({ setup, file: "", keys: new Map(), reformat: options.reformat ?? false }, workspace);
      };
      return writePlan(make, options, io, { command: "models set" });
    });
  askOptions(agentOption(printOptions(placeOptions(models.command("list")))))
    .summary("models of the catalog, of the configuration, and of a provider")
    .description(
      "Lists the models of the catalog and of the configuration: what is default, fallback, configured, aliased. With --provider that provider is asked for its models too; if it gives none, the catalog's are listed.",
    )
    .option("--provider <id>", "only this provider's, and those it offers")
    .option("--offline", "do not ask the provider")
    .addHelpText(
      "after",
      "\nExamples:\n  $ clawform models list\n  $ clawform models list --provider kilocode --json\n  $ clawform models list --provider openrouter --no-auth",
    )
    .action((options: ListOptions) => showModels(options, io));
  askOptions(writeOptions(models.command("discover")))
    .summary("put a provider's models into its block")
    .description(
      "Asks a provider for its models and shows what they change in its block; with --write it is changed. Models that are there stay as they are.",
    )
    .requiredOption("--provider <id>", "the provider to ask")
    .option("--filter <glob>", "only models whose id fits, such as 'anthropic/*'")
    .option("--write", "write it")
    .addHelpText(
      "after",
      "\nExamples:\n  $ clawform models discover --provider kilocode --filter 'anthropic/*'\n  $ clawform models discover --provider vllm --write --yes",
    )
    .action((options: DiscoverOptions) => discoverModelsInto(options, io));
};
