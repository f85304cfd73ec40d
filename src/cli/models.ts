/** `clawform models`: the default model, and the models at hand. */

import { resolveRef } from "../core/model-ref.js";
import { listModels } from "../core/model-list.js";
import { planSetup } from "../planning.js";
import type { Plan } from "../types.js";
import { renderTable } from "../render/table.js";
import { openWorkspace } from "../workspace.js";
import type { Register } from "./index.js";
import {
  placeOptions,
  type PlaceOptions,
  printOptions,
  type PrintOptions,
  wantsColor,
  type WriteOptions,
  writeOptions,
} from "./options.js";
import { printJson } from "./show.js";
import { writePlan } from "./write.js";

/** Adds the command. */
export const register: Register = (program, io) => {
  const models = program
    .command("models")
    .summary("set the default model, list models")
    .description("Sets the default model, lists models.");
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
  printOptions(placeOptions(models.command("list")))
    .summary("models of the catalog and of the configuration")
    .description(
      "Lists the models of the catalog and of the configuration: what is default, fallback, configured, aliased.",
    )
    .option("--provider <id>", "only this provider's")
    .addHelpText("after", "\nExamples:\n  $ clawform models list\n  $ clawform models list --provider kilocode --json")
    .action((options: PlaceOptions & PrintOptions & { provider?: string }) => {
      const workspace = openWorkspace(options, io);
      const rows = listModels(workspace.value, workspace.catalog.all(), options.provider);
      if (options.json) return printJson({ format: 1, count: rows.length, models: rows }, io);
      if (rows.length === 0) return io.out("No models.\n");
      const cells = rows.map(({ ref, name, input, contextWindow, maxTokens, tags }) => [
        ref,
        name,
        input.join("+") || "-",
        tokens(contextWindow),
        tokens(maxTokens),
        tags.join(", "),
      ]);
      io.out(
        renderTable(cells, ["model", "name", "input", "context", "output", "tags"], {
          color: wantsColor(options.color, io.outIsTerminal, io),
          width: io.width,
        }),
      );
    });
};

/** Tokens in thousands, as OpenClaw's own list shows them. */
function tokens(count: number | null): string {
  return count === null ? "-" : `${Math.round(count / 1024)}k`;
}
