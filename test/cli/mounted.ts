/** Commands among real mounts, other users and full disks: each in a mount namespace of its own, where this system gives one. */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binaryPath, type Home, type Result } from "./harness.js";

/** How a command is run. */
export interface MountedOptions {
  /** Shell lines before it; the home is `$H`. What they mount is gone afterwards. */
  readonly mount: string;
  /** Shell lines after it; what they print comes back as `seen`. */
  readonly look?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly umask?: string;
}

/** What a command did, and what was there afterwards. */
export interface MountedResult extends Result {
  readonly seen: string;
}

/** Runs the built binary as root among the mounts. Throws when the shell lines fail. */
export function runMounted(home: Home, argv: readonly string[], options: MountedOptions): MountedResult {
  const { mount, look = "", env = {}, uid, umask = "022" } = options;
  const user = uid === undefined ? "" : `setpriv --reuid ${uid} --regid ${uid} --clear-groups `;
  const script = `set -e
${mount}
umask ${umask}
set +e
cd "$H"
${user}"$@" >"$R/out" 2>"$R/err"
printf %s $? >"$R/code"
set -e
umask 022
${look}`;
  const results = home.path("results");
  mkdirSync(results, { recursive: true });
  const done = spawnSync("unshare", ["-m", "sh", "-c", script, "sh", process.execPath, binaryPath, ...argv], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: home.dir, H: home.dir, R: results, ...env },
  });
  if (done.status !== 0) throw new Error(`the shell lines failed (${done.status}):\n${done.stderr}`);
  const part = (name: string): string => readFileSync(`${results}/${name}`, "utf8");
  return { code: Number(part("code")), out: part("out"), err: part("err"), seen: done.stdout };
}

/** Whether shell lines work here, `$D` being an empty directory; says so once when they do not, so that a skip is seen. */
export function works(what: string, lines: string): boolean {
  const directory = mkdtempSync(join(tmpdir(), "clawform-works-"));
  const env = { PATH: process.env["PATH"], D: directory };
  const { status, error } = spawnSync("unshare", ["-m", "sh", "-c", `set -e; ${lines}`], { env });
  rmSync(directory, { recursive: true });
  if (error === undefined && status === 0) return true;
  console.warn(
    `skipped: ${what} (this system does not let us); the injected twins in test/store/places.test.ts stand for it`,
  );
  return false;
}
