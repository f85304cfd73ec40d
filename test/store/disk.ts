/** Real files for the store's tests: a temporary directory per test, its whole contents as a value, and disks that fail. */

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, afterEach, expect } from "vitest";
import { ClawformError } from "../../src/errors.js";
import { sha256 } from "../../src/hash.js";
import { type Files, type FileStatus, nodeFiles } from "../../src/store/files.js";
import type { Change, DocumentKey } from "../../src/types.js";

/** The status of what is there. */
export function existing(status: FileStatus | null): FileStatus {
  if (status === null) throw systemError("ENOENT");
  return status;
}

const ofOneTest: string[] = [];
const ofOneFile: string[] = [];

afterEach(() => ofOneTest.splice(0).forEach(removeTree));
afterAll(() => ofOneFile.splice(0).forEach(removeTree));

function removeTree(directory: string): void {
  makeEnterable(directory);
  rmSync(directory, { recursive: true, force: true });
}

/** A test may have taken its own permissions away. */
function makeEnterable(directory: string): void {
  chmodSync(directory, 0o700);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) makeEnterable(join(directory, entry.name));
  }
}

/** A directory of this test's own, removed after it. Its name has a space and a letter beyond ASCII. */
export function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), "clawform store ü-"));
  ofOneTest.push(directory);
  return directory;
}

/** Writes a file, its directories made as needed; returns its path. */
export function put(directory: string, name: string, content: string | Uint8Array, mode = 0o600): string {
  const path = join(directory, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

/** Everything below a directory by relative path: a file's text, a link as `-> target`, a directory as its mode. */
export function tree(directory: string, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(join(directory, prefix)).sort()) {
    const path = join(prefix, name);
    const status = lstatSync(join(directory, path));
    if (status.isSymbolicLink()) found.set(path, `-> ${readlinkSync(join(directory, path))}`);
    else if (status.isDirectory()) {
      found.set(`${path}/`, (status.mode & 0o7777).toString(8));
      if ((status.mode & 0o500) === 0o500) for (const [below, value] of tree(directory, path)) found.set(below, value);
    } else if (status.isFile()) found.set(path, readFileSync(join(directory, path), "utf8"));
    else found.set(path, "special");
  }
  return found;
}

/** Permission bits of a path, its last link not followed. */
export function modeOf(path: string): string {
  return (lstatSync(path).mode & 0o7777).toString(8);
}

/** A change as a plan holds it; `before` null for a file that does not exist yet. */
export function change(path: string, document: DocumentKey, before: string | null, after: string | null): Change {
  const text = (value: string): { sha256: string; text: string } => ({ sha256: sha256(value), text: value });
  const file = document.kind === "config" ? "openclaw.json" : "auth-profiles.json";
  return {
    file,
    path,
    document,
    before: before === null ? null : text(before),
    after: after === null ? null : text(after),
    patch: [],
    inverse: [],
  };
}

export const config: DocumentKey = { kind: "config" };
export const auth: DocumentKey = { kind: "auth", agent: "main" };

/** The clawform error that `run` throws; fails the test when it throws none. */
export function failure(run: () => unknown): ClawformError {
  try {
    run();
  } catch (error) {
    if (error instanceof ClawformError) return error;
    throw error;
  }
  return expect.fail("nothing was thrown");
}

/** An error as the system throws it; without a stack, which costs more than everything else the fault harness does. */
export function systemError(code: string): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const error = Object.assign(new Error(`${code}: injected`), { code, syscall: "test", errno: -1 });
  Error.stackTraceLimit = stackTraceLimit;
  return error;
}

/** The real disk with some operations replaced. */
export function withFiles(own: Partial<Files>): Files {
  return { ...nodeFiles, ...own };
}

/** The real disk, each operation announced to `before`, which may throw instead. `done` is told of those that went well. */
export function watched(before: (name: keyof Files, path: unknown) => void): Files {
  const wrap =
    (name: keyof Files) =>
    (...parameters: unknown[]): unknown => {
      before(name, parameters[0]);
      return (nodeFiles[name] as (...all: unknown[]) => unknown)(...parameters);
    };
  return Object.fromEntries(
    (Object.keys(nodeFiles) as (keyof Files)[]).map((name) => [name, wrap(name)]),
  ) as unknown as Files;
}

/** A directory that lasts for the test file, with the store bundled for plain Node as `store.mjs` in it. */
export async function bundledStore(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "clawform store ü-"));
  ofOneFile.push(directory);
  const room = fileURLToPath(new URL("../../src/store/", import.meta.url));
  const names = ["read", "plan-file", "input", "../../test/store/held"];
  await build({
    stdin: {
      contents: names.map((name) => `export * from "./${name}.js";`).join("\n"),
      resolveDir: room,
      loader: "ts",
    },
    outfile: join(directory, "store.mjs"),
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "error",
  });
  // Whoever runs the scripts has to get at them.
  chmodSync(directory, 0o755);
  return directory;
}

/**
 * Runs a script beside the bundle in a process of its own, as a user whom permissions bind: this one, or nobody
 * when this one is root. `result` in the script is what comes back; a clawform error comes back as its parts.
 */
export function runAsUser(directory: string, script: string, values: Readonly<Record<string, unknown>>): unknown {
  const path = join(directory, `script-${Math.floor(Math.random() * 1e9)}.mjs`);
  const head = `import * as store from "./store.mjs";\nconst values = ${JSON.stringify(values)};\nlet result;\n`;
  const tail = `} catch (error) { result = { code: error.code, kind: error.kind, message: error.message }; }\nconsole.log(JSON.stringify(result ?? null));\n`;
  writeFileSync(path, `${head}try {\n${script}\n${tail}`, { mode: 0o644 });
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const { stdout, stderr, status } = spawnSync(process.execPath, [path], { encoding: "utf8", ...user });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as unknown;
}

/** Hands a directory and everything below it to the user of `runAsUser`. */
export function giveToUser(path: string): void {
  if (process.getuid?.() !== 0) return;
  const result = spawnSync("chown", ["-R", "65534:65534", path], { encoding: "utf8" });
  if (result.status !== 0) throw new Error(result.stderr);
}
