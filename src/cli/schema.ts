/** `clawform schema`: prints a JSON Schema. */

import { closest } from "../core/nearest.js";
import { usageError } from "../errors.js";
import { listSchemas, readSchemaText } from "../store/schemas.js";
import type { Register } from "./index.js";

/** Adds the command. */
export const register: Register = (program, io) => {
  program
    .command("schema")
    .summary("print a JSON Schema")
    .description(
      "Prints a JSON Schema: of the setup file, a catalog card, a plan, a transform's input, or the parts of OpenClaw's files that clawform touches. Without a name, lists them.",
    )
    .argument("[name]", "such as setup, card, openclaw, transforms/primary-model")
    .addHelpText("after", "\nExamples:\n  $ clawform schema\n  $ clawform schema setup > setup.schema.json")
    .action((name: string | undefined) => {
      const names = listSchemas();
      if (name === undefined) return io.out(`${names.join("\n")}\n`);
      if (!names.includes(name)) {
        const near = closest(name, names);
        throw usageError("unknown-schema", `there is no schema "${name}"`, {
          hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `There are: ${names.join(", ")}.`,
        });
      }
      io.out(readSchemaText(name));
    });
};
