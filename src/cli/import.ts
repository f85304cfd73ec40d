/** `clawform import`: the present configuration as a setup. */

import { resolve } from "node:path";
import { importFrom } from "../importing.js";
import { writeNewFile } from "../store/new-file.js";
import { openWorkspace } from "../workspace.js";
import type { Register } from "./index.js";
import { agentOption, placeOptions, type PlaceOptions, printOptions, type PrintOptions } from "./options.js";
import { printJson } from "./print.js";

interface Options extends PlaceOptions, PrintOptions {
  out?: string;
  includeSecrets?: boolean;
}

/** Adds the command. */
export const register: Register = (program, io) => {
  agentOption(printOptions(placeOptions(program.command("import"))))
    .summary("print a setup that declares the present configuration")
    .description(
      "Prints a setup that declares the present configuration: providers as the catalog knows them, what differs, where the keys are. Planning it changes nothing.",
    )
    .option("--out <file>", "write it to a file that is not there yet")
    .option("--include-secrets", "keys themselves instead of where they are (with --out: mode 0600)")
    .addHelpText(
      "after",
      "\nExamples:\n  $ clawform import\n  $ clawform import --out clawform.json5\n  $ clawform import --include-secrets --out moving.json5",
    )
    .action((options: Options) => {
      const workspace = openWorkspace(options, io);
      const [agent = "main"] = options.agent;
      const includeSecrets = options.includeSecrets ?? false;
      const { text, setup, remarks } = importFrom(workspace, io, { agent: agent.toLowerCase(), includeSecrets });
      if (options.out !== undefined) {
        writeNewFile(resolve(io.cwd, options.out), text, includeSecrets);
        if (!options.quiet && !options.json)
          io.err(`Wrote ${options.out}${includeSecrets ? " (mode 0600: it holds keys)" : ""}.\n`);
      }
      if (options.json) {
        const notes = remarks.map(({ tokens, text: message }) => ({
          place: tokens.filter(Boolean).join("."),
          message,
        }));
        return printJson({ format: 1, setup, notes }, io);
      }
      if (options.out === undefined) io.out(text);
    });
};
