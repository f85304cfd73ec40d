/** The command line: finds the command, loads only that one, turns failures into messages and exit codes. */

import { Command, CommanderError } from "commander";
import { exitCodes } from "../errors.js";
import { version } from "../version.js";
import { consoleOf, type Console } from "./console.js";

/** Adds one command to the program; `asked` is false when it is only to be listed. */
export type Register = (program: Command, io: Console, asked: boolean) => void;

const commands: { readonly [name: string]: () => Promise<{ register: Register }> } = {
  plan: () => import("./plan.js"),
  apply: () => import("./apply.js"),
  onboard: () => import("./onboard.js"),
  validate: () => import("./validate.js"),
  doctor: () => import("./doctor.js"),
  models: () => import("./models.js"),
  explain: () => import("./explain.js"),
  verify: () => import("./verify.js"),
  import: () => import("./import.js"),
  history: () => import("./history.js"),
  undo: () => import("./undo.js"),
  status: () => import("./status.js"),
  recover: () => import("./recover.js"),
  providers: () => import("./providers.js"),
  schema: () => import("./schema.js"),
  completion: () => import("./completion.js"),
};

/** Runs a command line (without node and script) and returns its exit code. Prints nothing but through `io`. */
export async function run(argv: readonly string[], io: Console = consoleOf(process)): Promise<number> {
  try {
    const program = await programFor(argv, io);
    await program.hook("preAction", (_, command) => startWatch(command, io)).parseAsync([...argv], { from: "user" });
    if (io.stopwatch && !argv.includes("--json")) {
      const { renderTimings } = await import("../render/timings.js");
      io.err(renderTimings(io.stopwatch.timings()));
    }
    return io.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    const { reportFailure, reportMisuse } = await import("./failure.js");
    if (error instanceof CommanderError) {
      reportMisuse(withoutValues(error.message), argv, io);
      return exitCodes.usage;
    }
    return await reportFailure(error, argv, io);
  }
}

/** A misspelt option is named without what was given to it: it may be a key. */
function withoutValues(message: string): string {
  return message.replace(/(unknown option '-[^'=]*)=[^']*'/, "$1'");
}

/** With `--timings`: from the start of the process on. */
async function startWatch(command: Command, io: Console): Promise<void> {
  if (command.opts<{ timings?: boolean }>().timings !== true) return;
  const [{ elapsed }, { stopwatch }] = [await import("../host.js"), await import("../timings.js")];
  io.stopwatch = stopwatch(elapsed, elapsed());
  io.timed = io.stopwatch.timed;
}

async function programFor(argv: readonly string[], io: Console): Promise<Command> {
  const program = new Command("clawform")
    .description("Sets up model providers for OpenClaw: declared, planned, shown, applied, undone.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help for a command")
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(withoutValues(text)),
      getOutHelpWidth: () => io.width,
      getErrHelpWidth: () => io.width,
    })
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText("after", examples);
  const first = argv.find((word) => !word.startsWith("-")) ?? "";
  if (argv.length === 1 && /^(-V|--version)$/.test(argv[0] ?? "")) return program;
  // `clawform help onboard` wants all of it too, and completion all of everything.
  const everything = first === "completion";
  const asked = (name: string): boolean => everything || argv.includes(name);
  const wanted = Object.hasOwn(commands, first) && !everything ? [first] : Object.keys(commands);
  for (const name of wanted) (await (commands[name] as (typeof commands)[string])()).register(program, io, asked(name));
  for (const command of program.commands) inherit(command, program);
  return program;
}

/** Subcommands do not take over these settings by themselves. */
function inherit(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inherit(child, command);
}

const examples = `
Examples:
  $ clawform plan                          what clawform.json5 would change
  $ clawform apply --yes                   change it
  $ clawform onboard --auth-choice kilocode-api-key --dry-run
  $ clawform models set kilocode/kilo/auto
  $ clawform undo                          take the last apply back

Exit codes: 0 done or nothing to do, 1 failed, 2 changes (plan --detailed-exitcode), 64 usage,
65 invalid input or configuration, 73 cannot write, 75 busy or stale: try again.`;
