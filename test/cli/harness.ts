/** A home of its own for a command, run in this process or as the built binary. */

import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { run } from "../../src/cli/index.js";
import type { Console } from "../../src/cli/console.js";

/** What a command printed and returned. */
export interface Result {
  code: number;
  out: string;
  err: string;
}

/** A throw-away home. */
export interface Home {
  readonly dir: string;
  readonly path: (...parts: string[]) => string;
  readonly write: (file: string, text: string | Uint8Array) => string;
  readonly read: (file: string) => string;
  readonly exists: (file: string) => boolean;
  /** Runs in this process. */
  readonly run: (argv: readonly string[], options?: RunOptions) => Promise<Result>;
  /** Runs the built binary. */
  readonly binary: (argv: readonly string[], options?: RunOptions) => Result;
  /** Runs the built binary while this process goes on, which may be its server. */
  readonly process: (argv: readonly string[], options?: RunOptions) => Promise<Result>;
}

/** What surrounds one run. */
export interface RunOptions {
  env?: Record<string, string>;
  input?: string;
  /** User to run the binary as. */
  uid?: number;
  console?: Partial<Console>;
}

export const config = ".openclaw/openclaw.json";
export const store = ".openclaw/agents/main/agent/auth-profiles.json";
export const binaryPath: string = fileURLToPath(new URL("../../dist/cli.cjs", import.meta.url));

/** Starts the built binary in a home; its output comes by pipes, unless they are somebody else's. */
export function started(
  dir: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  [out, err]: readonly [out: number | "pipe", err: number | "pipe" | "ignore" | "inherit"] = ["pipe", "pipe"],
): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [binaryPath, ...argv], {
    cwd: dir,
    stdio: ["ignore", out, err],
    env: { PATH: process.env["PATH"], HOME: dir, ...env },
  }) as ChildProcessByStdio<null, Readable, Readable>;
}

/** Makes a home that is removed when the test is over. Files are relative to it. */
export function makeHome(files: { readonly [file: string]: string } = {}): Home {
  const dir = mkdtempSync(join(tmpdir(), "clawform-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const home = homeAt(dir);
  for (const [file, text] of Object.entries(files)) home.write(file, text);
  return home;
}

/** A folder as a home; nobody removes it. */
export function homeAt(dir: string): Home {
  const path = (...parts: string[]): string => join(dir, ...parts);
  return {
    dir,
    path,
    write: (file, text) => {
      mkdirSync(dirname(path(file)), { recursive: true });
      writeFileSync(path(file), text);
      return path(file);
    },
    read: (file) => readFileSync(path(file), "utf8"),
    exists: (file) => existsSync(path(file)),
    run: async (argv, { env = {}, input, console: over = {} } = {}) => {
      const printed = { out: "", err: "" };
      const io: Console = {
        env: { HOME: dir, ...env },
        cwd: dir,
        osHome: dir,
        out: (text) => (printed.out += text),
        err: (text) => (printed.err += text),
        width: 100,
        outIsTerminal: false,
        errIsTerminal: false,
        inIsTerminal: false,
        exitCode: 0,
        readInput: () => input ?? "",
        ...over,
      };
      return { code: await run(argv, io), ...printed };
    },
    binary: (argv, { env = {}, input, uid } = {}) => {
      const done = spawnSync(process.execPath, [binaryPath, ...argv], {
        cwd: dir,
        input: input ?? "",
        encoding: "utf8",
        ...(uid === undefined ? {} : { uid }),
        env: { PATH: process.env["PATH"], HOME: dir, ...env },
      });
      return { code: done.status ?? -1, out: done.stdout, err: done.stderr };
    },
    process: async (argv, { env = {} } = {}) =>
      new Promise((resolve) => {
        const child = started(dir, argv, env);
        const printed = { out: "", err: "" };
        child.stdout.setEncoding("utf8").on("data", (text: string) => (printed.out += text));
        child.stderr.setEncoding("utf8").on("data", (text: string) => (printed.err += text));
        child.on("close", (code) => resolve({ code: code ?? -1, ...printed }));
      }),
  };
}
