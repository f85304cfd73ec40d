/** `clawform doctor`: what is wrong with a set-up though both files are valid, and mending what can be mended safely. */

import { Option } from "commander";
import { repairs } from "../core/diagnosis/repairs.js";
import type { Diagnosis } from "../core/diagnosis/rule.js";
import { closest } from "../core/nearest.js";
import { makePlan } from "../core/plan.js";
import { exitCodes, usageError } from "../errors.js";
import { examine, findingCodes, notExamined, problemOf } from "../examination.js";
import { renderProblems } from "../render/problems.js";
import type { Plan } from "../types.js";
import { openWorkspace, type Workspace } from "../workspace.js";
import type { Console } from "./console.js";
import type { Register } from "./index.js";
import { manyChoices, type WriteOptions, wantsColor, writeOptions } from "./options.js";
import { printJson } from "./print.js";
import { recoverFirst, writePlan } from "./write.js";

interface Options extends WriteOptions {
  fix?: boolean;
  only?: string;
}

/** Adds the command. */
export const register: Register = (program, io) => {
  const only = new Option("--only <code>", "one kind of finding, by its code");
  manyChoices.set(only, findingCodes);
  writeOptions(program.command("doctor"))
    .summary("find what is wrong though the files are valid; --fix mends what is safe")
    .description(
      "Looks at the configuration, every agent's credentials and the environment for what OpenClaw would stumble over. Exits 1 when errors remain.",
    )
    .option("--fix", "show and apply the repairs that are safe")
    .addOption(only)
    .addHelpText(
      "after",
      "\nExamples:\n  $ clawform doctor\n  $ clawform doctor --fix --dry-run\n  $ clawform doctor --only key-hidden --json",
    )
    .action(async (options: Options) => {
      checkCode(options.only);
      if (options.fix) await recoverFirst(options, io, "doctor");
      const before = look(options, io);
      const mends = options.fix === true && before.some(({ steps }) => steps !== undefined);
      // With repairs to make the document is the plan's, as for every command that writes.
      if (options.json && !mends) printJson(asJson(before), io);
      if (!options.json) tell(before, options, io);
      if (mends) await writePlan(() => planRepairs(options, io), options, io, { command: "doctor" });
      const left = mends && !options.dryRun ? look(options, io) : before;
      if (left.some(({ severity }) => severity === "error")) io.exitCode = exitCodes.failed;
    });
};

/** Findings; a configuration that cannot be read is the only one then. Of one kind: also what keeps it from being found. */
function look(options: Options, io: Console): Diagnosis[] {
  const found = withWorkspace(options, io, (workspace) => examine(workspace).found);
  return found.filter(
    ({ code }) => options.only === undefined || code === options.only || !findingCodes.includes(code),
  );
}

function withWorkspace(
  options: Options,
  io: Console,
  use: (workspace: Workspace) => readonly Diagnosis[],
): readonly Diagnosis[] {
  try {
    return use(openWorkspace(options, io));
  } catch (error) {
    return [problemOf(error), notExamined];
  }
}

/** The repairs of what is found now. */
function planRepairs(options: Options, io: Console): Plan {
  const workspace = openWorkspace(options, io);
  const { ground, sources } = examine(workspace);
  const steps = ground ? repairs(ground, options.only) : [];
  const agents = new Set(steps.map(({ input }) => input["agent"]).filter((agent) => agent !== undefined));
  const touched = sources.filter(({ document }) => document.kind !== "auth" || agents.has(document.agent));
  const { composition, stateDir } = workspace;
  return { ...makePlan({ sources: touched, composition, reformat: options.reformat ?? false }, steps), stateDir };
}

function checkCode(only: string | undefined): void {
  if (only === undefined || findingCodes.includes(only)) return;
  const near = closest(only, findingCodes);
  throw usageError("unknown-code", `the doctor has no finding "${only}"`, {
    hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `There are: ${findingCodes.join(", ")}.`,
  });
}

function asJson(found: readonly Diagnosis[]): object {
  const problems = found.map(({ steps, ...problem }) => ({ ...problem, fixable: steps !== undefined }));
  return { format: 1, healthy: !problems.some(({ severity }) => severity === "error"), problems };
}

function tell(found: readonly Diagnosis[], options: Options, io: Console): void {
  const style = { color: wantsColor(options.color, io.outIsTerminal, io), width: io.width };
  if (found.length > 0) io.out(renderProblems(found, style));
  if (options.quiet) return;
  const mendable = found.filter(({ steps }) => steps !== undefined).length;
  if (found.length === 0) io.out("Nothing to mend.\n");
  else
    io.out(`\n${counts(found)}${mendable > 0 && !options.fix ? `; clawform doctor --fix mends ${mendable}` : ""}.\n`);
}

function counts(found: readonly Diagnosis[]): string {
  return (["error", "warning", "info"] as const)
    .map((severity) => ({ severity, count: found.filter((one) => one.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count > 1 && severity !== "info" ? "s" : ""}`)
    .join(", ");
}
