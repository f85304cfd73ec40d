/** The real OpenClaw and clawform on copies of the same home, on the same Node, in the same environment without network. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import json5 from "json5";
import { install } from "../scripts/openclaw-install.mjs";
import { environmentIn, onboardArguments, reference } from "../scripts/openclaw.mjs";
import { comparedRows } from "./compared.mjs";
import { cli, root, textsOf } from "./examples.mjs";
import { builtBy } from "./nodes.mjs";
import { missingTools, wall } from "./processes.mjs";

export const name = "real";
export const title = "clawform as a multiple of the real OpenClaw";

/** They take seconds. */
const pairs = { wall: 7, usage: 3 };
/** Installing may take this long, in ms. */
const limitMs = 300_000;

/** @param {string} work @returns {Promise<import("./rows.mjs").Measured>} */
export async function measure(work) {
  let program;
  try {
    program = await install(reference(), { limitMs, say: console.error });
  } catch (error) {
    // Why may name a registry: that is for this terminal alone.
    console.error(error);
    return { rows: [], notes: [`Not measured: OpenClaw ${reference()} is not installed, and could not be.`] };
  }
  const { node, entry, release } = program;
  const ours = node === process.execPath ? { version: process.versions.node, cli } : builtBy(node, work);
  const home = path.join(work, "home");
  const config = path.join(home, ".openclaw/openclaw.json");
  const how = { cwd: home, env: { ...environmentIn(home), KILOCODE_API_KEY: "test-key-1" } };
  /** The busy example, as nobody has edited it. */
  const afresh = () => {
    rmSync(home, { recursive: true, force: true });
    mkdirSync(path.dirname(config), { recursive: true });
    writeFileSync(config, textsOf("busy").config);
  };
  const ofOurs = (/** @type {readonly string[]} */ ...args) => ({ command: [node, ours.cli, ...args], ...how });
  const ofReal = (/** @type {readonly string[]} */ ...args) => ({ command: [node, entry, ...args], ...how });
  const setup = path.join(root, "bench/fixtures/busy/clawform.json5");

  // The patch says what the setup comes to.
  afresh();
  wall(ofOurs("apply", setup, "--yes"));
  const { agents, auth, models, plugins } = json5.parse(readFileSync(config, "utf8"));
  const patch = path.join(work, "patch.json");
  writeFileSync(patch, JSON.stringify({ agents, auth, models, plugins }));

  const choice = "kilocode-api-key";
  const key = [`--${choice}`, "test-key-1"];
  const group = `Of OpenClaw ${release}, both on Node ${ours.version}`;
  const planning = await comparedRows(
    { group, what: "`plan` / `config patch --dry-run`" },
    pairs,
    ofOurs("plan", setup),
    ofReal("config", "patch", "--dry-run", "--file", patch),
    afresh,
  );
  const onboarding = await comparedRows(
    { group, what: "`onboard --yes` / `onboard --non-interactive`" },
    pairs,
    ofOurs("onboard", "--auth-choice", choice, ...key, "--yes"),
    ofReal(...onboardArguments(choice, key)),
    afresh,
  );
  return { rows: [...planning, ...onboarding], notes: missingTools() };
}
