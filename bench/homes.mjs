/** Many homes in one command against a bare loop over the same ones, each a whole process. */

import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { cli, environments, root, storeFile, textsOf } from "./examples.mjs";
import { answer, missingTools, usage, wall } from "./processes.mjs";
import { factRow, inTurn, ratioRow } from "./rows.mjs";
import { median } from "./statistics.mjs";

export const name = "homes";
export const title = "Many homes in one command: its rate as a multiple of a bare loop's";

const homes = Number(process.env.CLAWFORM_HOMES ?? 2000);
const manyHomes = 5 * homes;
const concurrency = 2;
const rounds = { change: 5, none: 7 };
const goals = { change: 0.7, none: 0.5, megabytes: 150 };

/** @param {string} work @returns {Promise<import("./rows.mjs").Measured>} */
export async function measure(work) {
  if (answer([process.execPath, cli, "apply", "--help"])?.includes("--homes") !== true)
    return { rows: [], notes: ["Not measured: this clawform has no `apply --homes`."] };
  const { clean: env } = environments(work);
  const [ours, bare] = [path.join(work, "ours"), path.join(work, "bare")];
  const apply = run(env, cli, "apply", path.join(root, "bench/fixtures/busy/clawform.json5"), "--homes", `${ours}/*`);
  apply.command.push("--yes", "--concurrency", String(concurrency));
  const loop = (/** @type {"write" | "read"} */ task, /** @type {string} */ folder) =>
    run(env, fileURLToPath(new URL("homes-bare.mjs", import.meta.url)), task, folder, String(concurrency));

  const fresh = (/** @type {string} */ folder, /** @type {import("./processes.mjs").Run} */ timed) => () => {
    makeHomes(folder, homes);
    return wall(timed);
  };
  const changed = await inTurn(rounds.change, fresh(ours, apply), fresh(bare, loop("write", bare)));
  const unchanged = await inTurn(
    rounds.none,
    () => wall(apply),
    () => wall(loop("read", ours)),
  );
  makeHomes(ours, manyHomes);
  const { kilobytes } = usage(apply);
  const megabytes = ((kilobytes ?? Number.NaN) * 1024) / 1e6;
  return {
    rows: [
      ratioRow({
        what: `${counted(homes)} change / read, write, fsync, rename`,
        ratios: rates(changed),
        atLeast: goals.change,
      }),
      ratioRow({
        what: `${counted(homes)}, nothing to change / read, hash`,
        ratios: rates(unchanged),
        atLeast: goals.none,
      }),
      ...(kilobytes === null
        ? []
        : [
            factRow({
              what: `peak memory, ${counted(manyHomes)} change`,
              figure: `${Math.round(megabytes)} MB`,
              goal: `at most ${goals.megabytes} MB`,
              met: megabytes <= goals.megabytes,
            }),
          ]),
    ],
    notes: [`Changing: ${perSecond(changed)}.`, `Unchanged: ${perSecond(unchanged)}.`, ...missingTools()],
  };
}

/** @param {number} count */
const counted = (count) => `${count.toLocaleString("en")} homes`;

/** @param {NodeJS.ProcessEnv} env @param {readonly string[]} args */
const run = (env, ...args) => ({ command: [process.execPath, ...args], env });

/** @param {readonly (readonly [ours: number, bare: number])[]} milliseconds */
const rates = (milliseconds) => milliseconds.map(([ours, bare]) => bare / ours);

/** @param {readonly (readonly [ours: number, bare: number])[]} milliseconds */
function perSecond(milliseconds) {
  const [ours, bare] = [0, 1].map((of) =>
    Math.round((homes * 1000) / median(milliseconds.map((pair) => pair[of] ?? 0))),
  );
  return `here ${ours} homes a second, the bare loop ${bare}`;
}

/**
 * Homes from the examples in turn, no two the same, in a fresh folder; on disk, so that nobody pays for them later.
 * @param {string} folder
 * @param {number} count
 */
function makeHomes(folder, count) {
  rmSync(folder, { recursive: true, force: true });
  const [busy, household] = [textsOf("busy"), textsOf("household")];
  for (let number = 1; number <= count; number += 1) {
    const { config, auth } = number % 2 === 0 ? busy : household;
    const home = path.join(folder, `home-${String(number).padStart(4, "0")}`);
    const store = JSON.parse(auth);
    store.profiles["own:default"] = { type: "api_key", provider: "own", key: `test-key-${number}` };
    mkdirSync(path.join(home, path.dirname(storeFile)), { recursive: true });
    writeFileSync(path.join(home, storeFile), JSON.stringify(store, null, 2), { mode: 0o600 });
    writeFileSync(path.join(home, "openclaw.json"), `${config}// home ${number}\n`, { mode: 0o600 });
  }
  spawnSync("sync");
}
