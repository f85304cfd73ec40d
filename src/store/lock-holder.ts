/** Who holds a lock, and whether it still counts: OpenClaw 2026.5.6's own rules (measured). */

import { writeError } from "../errors.js";
import { isObject } from "../json.js";
import type { Json } from "../types.js";
import { systemCode, writeFailure } from "./failures.js";
import type { Files } from "./files.js";
import type { Host } from "./host.js";

/** Age in milliseconds above which a lock no longer counts, even when its owner lives. */
const staleMs = 30_000;
/** Bytes of a lock file that are read; OpenClaw writes about sixty, our journal some hundreds for each file. */
export const maxLockBytes = 4096;

/** A lock file as it was found. */
export interface Holder {
  readonly path: string;
  /** `""` when it may not be read. */
  readonly text: string;
  /** When the file was written, milliseconds since 1970. */
  readonly modified: number;
  /** What it says about its owner; null when that is nothing, as in the instant before the owner has filled it. */
  readonly owner: { readonly pid: number; readonly createdAt: string } | null;
}

/** The lock file at `path`, null when there is none. Throws (exit 73) for what is no file or cannot be read at all. */
export function holderAt(path: string, file: string, files: Files): Holder | null {
  try {
    const status = files.lstat(path);
    if (status === null) return null;
    if (status.kind !== "file") {
      throw writeError("lock-not-a-file", `${path} stands where a lock has to be and is no file`, {
        file,
        hint: "move it away, then try again",
      });
    }
    const text = readLock(path, files);
    return { path, text, modified: status.modified, owner: lockOwnerIn(text) };
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw writeFailure(error, file, path, "read the lock");
  }
}

/** What a lock file says; `""` when it is somebody else's secret. Throws system errors. */
export function readLock(path: string, files: Files): string {
  try {
    const descriptor = files.open(path);
    try {
      const bytes = Buffer.alloc(maxLockBytes);
      let length = 0;
      for (let count = -1; count !== 0; length += count) count = files.read(descriptor, bytes, length);
      return bytes.toString("utf8", 0, length);
    } finally {
      files.close(descriptor);
    }
  } catch (error) {
    if (["EACCES", "EPERM"].includes(systemCode(error))) return "";
    throw error;
  }
}

function lockOwnerIn(text: string): Holder["owner"] {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return null;
  }
  if (!isObject(value) || typeof value["pid"] !== "number" || typeof value["createdAt"] !== "string") return null;
  return { pid: value["pid"], createdAt: value["createdAt"] };
}

/**
 * Whether a lock may be broken: its owner is dead, its `createdAt` is no time, or that or the file's own time is more
 * than 30 s ago. A lock that says nothing about its owner goes by the file's time alone.
 */
export function isStale({ owner, modified }: Holder, host: Host, files: Files): boolean {
  const now = host.now();
  if (now - modified > staleMs) return true;
  if (owner === null) return false;
  // OpenClaw takes a pid of 0 and an empty time for not given.
  if (owner.pid !== 0 && !isAlive(owner.pid, host, files)) return true;
  if (owner.createdAt === "") return false;
  const created = host.fromStamp(owner.createdAt);
  if (!(now - created <= staleMs)) return true;
  // In a container the same pid comes again with every start: what was locked before this process began is no lock of its.
  return owner.pid === host.pid && created < host.startedAt;
}

/** Whether a process of this id runs; one that is dead and not yet buried does not. */
export function isAlive(pid: number, host: Host, files: Files): boolean {
  return Number.isSafeInteger(pid) && pid > 0 && host.exists(pid) && !isZombie(pid, files);
}

/** Linux keeps a dead process until its parent asks for it: state Z in /proc/PID/stat (proc(5)), after a name that may hold anything. */
function isZombie(pid: number, files: Files): boolean {
  try {
    return /^.*\) [ZX]/s.test(readLock(`/proc/${pid}/stat`, files));
  } catch {
    return false;
  }
}

/** Milliseconds since the lock was taken, as it says itself, else by its file. */
export function ageOf({ owner, modified }: Holder, host: Host): number {
  const created = owner === null ? Number.NaN : host.fromStamp(owner.createdAt);
  return Math.max(0, host.now() - (Number.isFinite(created) ? created : modified));
}
