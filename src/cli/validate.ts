/** `clawform validate`: both files against the schemas and each other. */

import { crossCheck, validateDocument } from "../core/validate-document.js";
import { mixedStoreProblem } from "../core/newer-store.js";
import { exitCodes } from "../errors.js";
import { renderProblems } from "../render/problems.js";
import type { Problem, SourceFile } from "../types.js";
import { openWorkspace } from "../workspace.js";
import type { Register } from "./index.js";
import {
  agentOption,
  placeOptions,
  type PlaceOptions,
  printOptions,
  type PrintOptions,
  wantsColor,
} from "./options.js";
import { printJson } from "./print.js";

/** Adds the command. */
export const register: Register = (program, io) => {
  printOptions(agentOption(placeOptions(program.command("validate"))))
    .summary("check openclaw.json and the credential store")
    .description(
      "Checks both files against their schemas and against each other. Exits 65 when an error is found; warnings alone exit 0.",
    )
    .addHelpText("after", "\nExamples:\n  $ clawform validate\n  $ clawform validate --agent work --json")
    .action((options: PlaceOptions & PrintOptions) => {
      const workspace = openWorkspace(options, io);
      const agents = options.agent.length > 0 ? options.agent : ["main"];
      const stores = workspace.authStores(agents);
      const keepers = new Map(stores.map((store, index) => [store, workspace.keeper(agents[index] ?? "main")]));
      const files = [workspace.config, ...workspace.included, ...stores].filter(({ before }) => before !== null);
      const found = files.flatMap((file) => validateDocument(file, workspace.composition));
      const failed = found.some(({ severity }) => severity === "error");
      const kept = stores.filter((store) => keepers.get(store)?.kind === "file");
      const crossed = failed ? [] : crossCheck(workspace.config, workspace.composition, kept);
      const mixed = [...keepers].flatMap(([{ file }, keeper]) => mixedStoreProblem(keeper, file) ?? []);
      const named = options.config ?? io.env["OPENCLAW_CONFIG_PATH"]?.trim();
      const missing = named && workspace.config.before === null ? [notThere(workspace.config)] : [];
      const unfinished = workspace.unfinished ? [workspace.unfinished] : [];
      const problems = [...unfinished, ...missing, ...found, ...crossed, ...mixed];
      if (failed) io.exitCode = exitCodes.invalid;
      if (options.json)
        return printJson(
          { format: 1, valid: !failed, files: files.map(({ file, path }) => ({ file, path })), problems },
          io,
        );
      if (problems.length > 0)
        io.out(renderProblems(problems, { color: wantsColor(options.color, io.outIsTerminal, io), width: io.width }));
      if (!options.quiet && !failed)
        io.out(
          files.length === 0
            ? `Nothing to check${missing.length > 0 ? "" : ": there is no openclaw.json yet"}.\n`
            : `${files.map(({ file }) => file).join(" and ")}: ${problems.length === 0 ? "valid" : "no errors"}.\n`,
        );
    });
};

/** A file that was named, and is not where it was said to be. */
function notThere({ file, path }: SourceFile): Problem {
  const message = `there is no file ${path}`;
  return { code: "config-missing", severity: "warning", file, pointer: "", message, hint: "Check the path." };
}
