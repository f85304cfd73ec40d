/** The SETUP argument -> what to plan or apply: a setup file, a saved plan, or standard input. */

import { resolve } from "node:path";
import { parseSavedPlan } from "../core/saved-plan.js";
import { parseSetup } from "../core/setup.js";
import { invalidError, usageError } from "../errors.js";
import { fingerprinted, type Fingerprinted } from "../hash.js";
import { isObject } from "../json.js";
import { type InputUse, resolveKeys } from "../keys.js";
import type { PlanRequest } from "../planning.js";
import { planner } from "../replanning.js";
import { checkSetupSize, readGivenText } from "../store/input.js";
import { expandPath } from "../store/locate.js";
import { untimed } from "../timings.js";
import type { Plan } from "../types.js";
import { openWorkspace } from "../workspace.js";
import type { Console } from "./console.js";
import type { PlanCommandOptions } from "./options.js";

/** What SETUP asks for. */
export interface Requested {
  /** Plans it over the files as they are now; a saved plan stays what it is. */
  readonly make: () => Plan;
  /** It is a saved plan: its files must not have changed since. */
  readonly saved: boolean;
  /** The setup's text; null for a saved plan. */
  readonly setup: Fingerprinted | null;
}

/** Default SETUP. */
export const defaultSetup = "clawform.json5";

/** Reads SETUP (`-`: standard input) and its keys, once. Throws `ClawformError`. */
export function requestedPlan(argument: string | undefined, options: PlanCommandOptions, io: Console): Requested {
  const given = readRequest(argument, options, io);
  if ("plan" in given) {
    refuseOtherWishes(given.plan, options, io);
    return { make: () => given.plan, saved: true, setup: null };
  }
  const make = planner(given.request, (read) => openWorkspace(options, io, read));
  return { make, saved: false, setup: given.setup };
}

/** A saved plan says by itself what is done where: options that say otherwise are not passed over in silence. */
function refuseOtherWishes({ stateDir, changes }: Plan, options: PlanCommandOptions, io: Console): void {
  const isElsewhere = (option: string | undefined, path: string | undefined): boolean =>
    option !== undefined && path !== undefined && expandPath(option, io.osHome, io.cwd) !== path;
  const config = changes.find(({ document }) => document.kind === "config")?.path;
  const given = [
    ["--state-dir", isElsewhere(options.stateDir, stateDir)],
    ["--config", isElsewhere(options.config, config)],
    ["--agent", options.agent.length > 0],
    ["--enable-plugin", options.enablePlugin],
    ["--reformat", options.reformat],
    ["--store", options.store === "file"],
  ] as const;
  const found = given.find(([, there]) => there)?.[0];
  if (found === undefined) return;
  throw usageError(
    "saved-plan",
    `${found} does not go with a saved plan, which is for ${stateDir ?? "its own files"}`,
    {
      hint: "Plan again with it.",
    },
  );
}

/** What SETUP is: a saved plan, or a setup with its keys and the fingerprint of its text. */
export type Given = { readonly plan: Plan } | { readonly request: PlanRequest; readonly setup: Fingerprinted };

/** Reads SETUP and its keys; plans nothing yet. `inputIs`: what else standard input is read for. Throws `ClawformError`. */
export function readRequest(
  argument: string | undefined,
  options: PlanCommandOptions,
  io: Console,
  inputIs: InputUse = null,
): Given {
  const fromInput = argument === "-";
  const path = argument ?? defaultSetup;
  const { timed = untimed } = io;
  const text = timed("read", () => (fromInput ? io.readInput() : readGivenText(resolve(io.cwd, path))));
  const file = fromInput ? "standard input" : path;
  const plan = savedPlan(text, file);
  if (plan) return { plan };
  checkSetupSize(text, file);
  const setup = timed("parse", () => parseSetup(text, file));
  const { keys, problems } = timed("read", () => resolveKeys(setup, file, io, fromInput ? "the setup" : inputIs));
  const request = {
    setup,
    file,
    text,
    keys,
    problems,
    agents: options.agent,
    enablePlugin: options.enablePlugin ?? false,
    reformat: options.reformat ?? false,
  };
  return { request, setup: fingerprinted(text) };
}

/** A saved plan is strict JSON with steps and changes; a setup has neither. */
function savedPlan(text: string, file: string): Plan | null {
  if (!/^\s*\{\s*"format"\s*:/.test(text)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidError("saved-plan", "this looks like a saved plan but is not valid JSON", {
      file,
      hint: "Make it again with clawform plan --out.",
    });
  }
  return isObject(value) && "changes" in value ? parseSavedPlan(value, file) : null;
}
