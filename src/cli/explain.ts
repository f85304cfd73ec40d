/** `clawform explain`: what OpenClaw will do with a model at run time. */

import { usageError } from "../errors.js";
import { situationOf } from "../situation.js";
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
  printOptions(agentOption(placeOptions(program.command("explain"))))
    .summary("what OpenClaw will do with a model at run time")
    .description(
      "Tells the request OpenClaw 2026.5.6 will send: endpoint, credential and why that one, headers, body, caching, transcript, limits, and the same for each fallback. Sends nothing. Keys are never shown.",
    )
    .argument("[ref]", "provider/model, an alias or a bare name (default: the default model)")
    .option("--thinking <level>", "thinking level: off, minimal, low, medium, high, xhigh, adaptive or max")
    .addHelpText(
      "after",
      "\nExamples:\n  $ clawform explain\n  $ clawform explain openrouter/auto --thinking high\n  $ clawform explain kilocode/kilo/auto --json",
    )
    .action(async (ref: string | undefined, options: PlaceOptions & PrintOptions & { thinking?: string }) => {
      const { thinking, agent } = options;
      const { explain, renderExplanation, thinkingLevel } = await import("./explaining.js");
      if (thinking !== undefined && thinkingLevel(thinking) === undefined) {
        throw usageError("thinking-level", `"${thinking}" is no thinking level`, {
          hint: "One of: off, minimal, low, medium, high, xhigh, adaptive, max.",
        });
      }
      if (agent.length > 1) throw usageError("one-agent", "explain looks at one agent at a time");
      const workspace = openWorkspace(options, io);
      const situation = situationOf(workspace, { agent: agent[0], thinking, now: Date.now() });
      const explanation = explain(ref ?? "", situation);
      if (options.json) return printJson(explanation, io);
      io.out(
        renderExplanation(explanation, { color: wantsColor(options.color, io.outIsTerminal, io), width: io.width }),
      );
    });
};
