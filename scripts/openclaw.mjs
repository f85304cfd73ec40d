/** The real OpenClaw: where it is installed, and asking it something in a home of its own, without network. */

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {{ readonly release: string, readonly node: string, readonly entry: string, readonly root: string }} Program */
/** @typedef {{ code: number, out: string, err: string, late: boolean }} Answer */

/** The release that the catalog holds the facts of: `npm run harvest` was last run for it. */
export const referenceFile = new URL("openclaw-reference.json", import.meta.url);

/** @returns {string} */
export const reference = () => JSON.parse(readFileSync(referenceFile, "utf8")).release;

const offline = fileURLToPath(new URL("openclaw-offline.cjs", import.meta.url));

/**
 * Runs a program to its end. It is the leader of a process group of its own, which is ended with it at the time limit.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, limitMs: number }} options
 * @returns {Promise<Answer>} `code` is -1 when it could not be started or was ended; `late` when that was the time limit
 */
export function execute(command, args, { cwd, env, limitMs }) {
  return new Promise((resolve) => {
    endWithThis();
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    if (child.pid !== undefined) running.add(child.pid);
    const answer = { code: -1, out: "", err: "", late: false };
    const timer = setTimeout(() => {
      answer.late = true;
      end(child.pid);
    }, limitMs);
    child.stdout.setEncoding("utf8").on("data", (text) => (answer.out += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (answer.err += text));
    child.on("error", (error) => {
      clearTimeout(timer);
      resolve({ ...answer, err: String(error) });
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      if (child.pid !== undefined) running.delete(child.pid);
      resolve({ ...answer, code: code ?? -1 });
    });
  });
}

/** Leaders of the groups that run now. @type {Set<number>} */
const running = new Set();

/** A group of its own hears no Ctrl-C: what runs is ended with this process, however that ends. Once. */
function endWithThis() {
  if (prepared) return;
  prepared = true;
  const endAll = () => running.forEach(end);
  process.once("exit", endAll);
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.once(signal, () => {
      endAll();
      process.kill(process.pid, signal);
    });
  }
}

let prepared = false;

/** @param {number | undefined} pid leader of a process group of ours */
function end(pid) {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}

/**
 * The environment of a program that lives in `home` and has no network: nothing of this process's reaches it but the search path.
 * @param {string} home
 */
export const environmentIn = (home) => ({
  PATH: process.env.PATH,
  HOME: home,
  OPENCLAW_STATE_DIR: path.join(home, ".openclaw"),
  NODE_OPTIONS: `--require ${JSON.stringify(offline)}`,
  NO_COLOR: "1",
});

/**
 * Asks the real program in `home`.
 * @param {Program} program
 * @param {string} home
 * @param {readonly string[]} args
 * @param {{ env?: { readonly [name: string]: string }, limitMs?: number }} [options]
 */
export function ask(program, home, args, { env = {}, limitMs = 120_000 } = {}) {
  const all = { ...environmentIn(home), ...env };
  return execute(program.node, [program.entry, ...args], { cwd: home, limitMs, env: all });
}

/**
 * Arguments of `onboard` that do the provider part of one choice and as little else as there is.
 * @param {string} choice
 * @param {readonly string[]} args flags of the choice
 */
export function onboardArguments(choice, args) {
  const parts = ["channels", "daemon", "health", "search", "skills", "ui", "bootstrap"];
  const fixed = [
    "onboard",
    "--non-interactive",
    "--accept-risk",
    "--mode",
    "local",
    "--gateway-token",
    "sk-test-gateway",
  ];
  return [...fixed, ...parts.map((part) => `--skip-${part}`), "--json", "--auth-choice", choice, ...args];
}

/**
 * What a card's choice needs on the command line: a made-up key, and all that it asks for beside it.
 * @param {{ id: string, flag: string, keyFormat?: { prefix: string, minLength: number }, endpoint?: unknown,
 *   parameters?: readonly { name: string, flag: string }[] }} choice
 * @returns {{ key: string, args: string[], parameters: { [name: string]: string } }} the key's flag first
 */
export function choiceArguments({ id, flag, keyFormat, endpoint, parameters = [] }) {
  const key = `${keyFormat?.prefix ?? "test-key-"}live-${id}`.padEnd(keyFormat?.minLength ?? 0, "x");
  const values = Object.fromEntries(parameters.map(({ name }) => [name, `test-${name.toLowerCase()}`]));
  // Where a server would be: nothing listens, and the real program runs without network.
  const server = endpoint ? ["--custom-base-url", "http://127.0.0.1:9/v1", "--custom-model-id", "test/model-1"] : [];
  const beside = parameters.flatMap((one) => [one.flag, values[one.name] ?? ""]);
  return { key, args: [flag, key, ...beside, ...server], parameters: values };
}

/**
 * At most `width` of the tasks at a time; the results in the order of the items.
 * @template T, R
 * @param {number} width
 * @param {readonly T[]} items
 * @param {(item: T) => Promise<R>} task
 * @returns {Promise<R[]>}
 */
export async function inParallel(width, items, task) {
  /** @type {R[]} */
  const results = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await task(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
