/** Whole processes against an empty `node -e 0`: time, processor time, memory; on every Node, in two environments. */

import path from "node:path";
import { comparedRows } from "./compared.mjs";
import { cli, environments, freshHome } from "./examples.mjs";
import { loadedModules } from "./loaded.mjs";
import { everyNode } from "./nodes.mjs";
import { missingTools, wall } from "./processes.mjs";
import { factRow } from "./rows.mjs";

/** @typedef {import("./rows.mjs").Row} Row */

export const name = "process";
export const title = "Whole processes, as a multiple of an empty `node -e 0`";

/** On the Node that runs, and on each other. */
const pairs = { own: { wall: 31, usage: 9 }, other: { wall: 15, usage: 5 } };
const atMost = 1.3;

/** @param {string} work */
export async function measure(work) {
  const { hosts, notes } = await everyNode(work);
  const { own, clean } = environments(work);
  const [busy, household, applied] = [
    freshHome(work, "busy"),
    freshHome(work, "household"),
    freshHome(work, "busy", "applied"),
  ];
  const commands = {
    "`plan` of the busy example": ["plan", ...busy],
    "`apply` of the busy example, nothing to change": ["apply", ...applied, "--yes"],
    "`plan` of the household": ["plan", ...household],
    "`--version`": ["--version"],
  };
  /** @type {Row[]} */
  const rows = [];
  for (const host of hosts) {
    wall({ command: [host.node, host.cli, "apply", ...applied, "--yes"], env: clean });
    for (const [where, env] of Object.entries({ "the caller's": own, "a clean": clean })) {
      const count = host.node === process.execPath ? pairs.own : pairs.other;
      const group = `Node ${host.version}, ${where} environment`;
      console.error(group);
      for (const [what, args] of Object.entries(commands)) {
        const ours = { command: [host.node, host.cli, ...args], env };
        const empty = { command: [host.node, "-e", "0"], env };
        rows.push(...(await comparedRows({ group, what, atMost }, count, ours, empty)));
      }
    }
  }
  const loaded = loadedModules([cli, ...commands["`plan` of the busy example"]], own, path.dirname(cli));
  console.log(`loaded by plan:\n${loaded.report}`);
  const group = "Code that `plan` loads";
  const none = loaded.unwanted.length === 0;
  rows.push(
    factRow({ group, what: "all", figure: `${loaded.kilobytes} kB in ${loaded.files.length} files` }),
    factRow({
      group,
      what: "of it prompts, ajv's compiler",
      figure: none ? "none" : loaded.unwanted.join(", "),
      goal: "none",
      met: none,
    }),
  );
  return { rows, notes: [...notes, ...missingTools()] };
}
