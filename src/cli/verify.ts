/** `clawform verify`: one real request, and what its answer means. */

import { exitCodes, usageError } from "../errors.js";
import { renderVerifications } from "../render/verifications.js";
import { situationOf } from "../situation.js";
import { openWorkspace } from "../workspace.js";
import type { Register } from "./index.js";
import {
  agentOption,
  placeOptions,
  type PlaceOptions,
  printOptions,
  type PrintOptions,
  timeoutOption,
  wantsColor,
} from "./options.js";
import { asking } from "./progress.js";
import { printJson } from "./print.js";

type Options = PlaceOptions & PrintOptions & { timeout: number; all?: boolean };

/** Adds the command. */
export const register: Register = (program, io) => {
  timeoutOption(printOptions(agentOption(placeOptions(program.command("verify")))), 30)
    .summary("send one real request and explain the answer")
    .description(
      "Sends one small request as OpenClaw would send it, with the key that is configured, and says what the answer means and what to do. It may cost a fraction of a cent. Exit 1 when a model does not answer.",
    )
    .argument("[ref]", "provider/model, or an alias (default: the default model)")
    .option("--all", "the fallbacks too, side by side")
    .addHelpText(
      "after",
      "\nExamples:\n  $ clawform verify\n  $ clawform verify kilocode/kilo/auto --json\n  $ clawform verify --all --timeout 60",
    )
    .action(async (ref: string | undefined, options: Options) => {
      if (options.agent.length > 1) throw usageError("one-agent", "verify looks at one agent at a time");
      const workspace = openWorkspace(options, io);
      const { verify } = await import("./remote.js");
      const results = await asking(`Asking ${ref ?? "the default model"}`, options, io, async (patience) =>
        verify(
          ref ?? "",
          { all: options.all ?? false, ...patience },
          situationOf(workspace, { agent: options.agent[0], now: patience.clock.now() }),
        ),
      );
      const ok = results.every((result) => result.ok);
      if (!ok) io.exitCode = exitCodes.failed;
      if (options.json) return printJson({ format: 1, ok, results }, io);
      const shown = options.quiet ? results.filter((result) => !result.ok) : results;
      io.out(renderVerifications(shown, { color: wantsColor(options.color, io.outIsTerminal, io), width: io.width }));
    });
};
