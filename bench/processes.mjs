/** What a whole process takes: milliseconds, processor time, and memory at its peak. */

import { spawnSync } from "node:child_process";

/** @typedef {{ command: readonly string[], env: NodeJS.ProcessEnv, cwd?: string }} Run */
/** Processor time (user and system) in seconds, peak of the resident memory in kB; null where no tool tells. @typedef {{ seconds: number | null, kilobytes: number | null }} Used */

/** What a program says, trimmed, on either output; undefined when it fails or is not there. @param {readonly string[]} command */
export function answer([program = "", ...args]) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  return status === 0 ? `${stdout}${stderr}`.trim() : undefined;
}

const hasBash = answer(["bash", "-c", "true"]) !== undefined;
const gnuTime = ["/usr/bin/time", "gtime"].find((program) => /^\d+$/.test(answer([program, "-f", "%M", "true"]) ?? ""));

/** Milliseconds from start to end. @param {Run} run @throws {Error} with what it said, when it failed */
export function wall(run) {
  const began = performance.now();
  start(run);
  return performance.now() - began;
}

/**
 * Where the system's tools tell (bash: processor time; GNU time: memory).
 * They start the process out of their own small one: what a process is started from counts as its memory until it runs.
 * @param {Run} run
 * @returns {Used}
 * @throws {Error} with what it said, when it failed
 */
export function usage({ command, ...how }) {
  if (!hasBash) return { seconds: null, kilobytes: null };
  const watched = gnuTime === undefined ? command : [gnuTime, "-f", "%M", ...command];
  const script = "TIMEFORMAT='%3U %3S'; time \"$@\"";
  const said = start({ command: ["bash", "-c", script, "bash", ...watched], ...how })
    .trimEnd()
    .split("\n");
  const [user, system] = (said.pop() ?? "").replaceAll(",", ".").split(" ").map(Number);
  return {
    seconds: (user ?? Number.NaN) + (system ?? Number.NaN),
    kilobytes: gnuTime === undefined ? null : Number(said.pop()),
  };
}

/** The lines that say which figures are missing, and why. */
export const missingTools = () => [
  ...(hasBash ? [] : ["Processor time and peak memory are not measured: bash is not installed."]),
  ...(hasBash && gnuTime === undefined ? ["Peak memory is not measured: GNU time is not installed."] : []),
];

/** @param {Run} run @returns {string} what it said on standard error */
function start({ command: [program = "", ...args], env, cwd }) {
  const { status, error, stderr } = spawnSync(program, args, { env, cwd, stdio: ["ignore", "ignore", "pipe"] });
  const said = stderr.toString();
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: exit ${status}\n${error ?? ""}${said}`);
  return said;
}
