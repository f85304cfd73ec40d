/** The same edit by the general editors of JSON, as whole processes, on a copy of the busy example in strict JSON. */

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import json5 from "json5";
import { comparedRows } from "./compared.mjs";
import { cli, environments, freshHome, root, textsOf } from "./examples.mjs";
import { answer, missingTools, wall } from "./processes.mjs";

export const name = "edits";
export const title = "clawform as a multiple of the same edit by `jq` and `yq`";

const pairs = { wall: 31, usage: 9 };

/** Writes the edited text in place of the old one, as people do with these: `sh -c … sh CONFIG EDITOR…`. */
const inPlace = 'config=$1; shift; "$@" "$config" > "$config.new" && mv "$config.new" "$config"';

/** @param {string} work */
export async function measure(work) {
  const { clean: env } = environments(work);
  const config = path.join(work, "busy/openclaw.json");
  const strict = JSON.stringify(json5.parse(textsOf("busy").config), null, 2);
  const args = freshHome(work, "busy");
  /** Nobody has edited it. */
  const afresh = () => {
    freshHome(work, "busy");
    writeFileSync(config, strict);
  };
  const read = () => json5.parse(readFileSync(config, "utf8"));
  const plan = { command: [process.execPath, cli, "plan", ...args], env };
  const apply = { command: [process.execPath, cli, "apply", ...args, "--yes"], env };
  afresh();
  wall(apply);
  const wanted = read();
  const program = programFor(wanted);
  const { editors, notes } = installed();
  const rows = [];
  for (const { label, command } of editors) {
    console.error(label);
    const toOutput = { command: [...command, program, config], env };
    const toFile = { command: ["sh", "-c", inPlace, "sh", config, ...command, program], env };
    afresh();
    wall(toFile);
    const { models, agents } = read();
    if (!isDeepStrictEqual({ models, agents }, { models: wanted.models, agents: wanted.agents }))
      throw new Error(`${label} does not make the same edit`);
    const group = `Of ${label}`;
    rows.push(...(await comparedRows({ group, what: "`plan`" }, pairs, plan, toOutput, afresh)));
    rows.push(...(await comparedRows({ group, what: "`apply`" }, pairs, apply, toFile, afresh)));
    const example = path.join(root, "bench/fixtures/busy/openclaw.json");
    const reads = answer([...command, ".", example]) !== undefined;
    notes.push(`${label} ${reads ? "reads" : "refuses"} the example as it stands, with comments and bare keys.`);
  }
  return { rows, notes: [...notes, ...missingTools()] };
}

/**
 * The edit in the language both speak: provider block, alias, default model, fallbacks. Their values are what clawform left.
 * @param {any} wanted
 */
function programFor({ models, agents: { defaults } }) {
  const { alias } = defaults.models["kilocode/kilo/auto"];
  const { primary, fallbacks } = defaults.model;
  return [
    `.models.providers.kilocode = ${JSON.stringify(models.providers.kilocode)}`,
    `.agents.defaults.models["kilocode/kilo/auto"].alias = ${JSON.stringify(alias)}`,
    `.agents.defaults.model.primary = ${JSON.stringify(primary)}`,
    `.agents.defaults.model.fallbacks += ${JSON.stringify(fallbacks.slice(-1))}`,
  ].join(" | ");
}

/** Which of them there are. Two programs are called yq: one in Go, one that hands everything to jq. */
function installed() {
  const [jq, yq] = [answer(["jq", "--version"]), answer(["yq", "--version"])];
  const isGo = yq?.includes("mikefarah") ?? false;
  const version = /[\d.]+\d/.exec(yq?.replaceAll(/https?:\S+/g, "") ?? "")?.[0] ?? "";
  return {
    editors: [
      ...(jq === undefined ? [] : [{ label: jq.replace("-", " "), command: ["jq"] }]),
      ...(yq === undefined
        ? []
        : [
            {
              label: `yq ${version} (${isGo ? "in Go" : "a wrapper of jq in Python"})`,
              command: isGo ? ["yq", "-p=json", "-o=json"] : ["yq"],
            },
          ]),
    ],
    notes: Object.entries({ jq, yq })
      .filter(([, version]) => version === undefined)
      .map(([program]) => `Not measured: ${program} is not installed.`),
  };
}
