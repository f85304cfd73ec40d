/** Which process a lock or a journal of ours belongs to, and whether that process still runs. */

import { sha256 } from "../hash.js";
import { isObject } from "../json.js";
import type { Json, JsonObject } from "../types.js";
import type { Files } from "./files.js";
import type { Host } from "./host.js";
import { isAlive } from "./lock-holder.js";

/** Age in milliseconds above which the owner no longer counts when there is no way to tell whether it lives. */
const unknownMs = 30_000;

/** A process, as it introduced itself. */
export interface Owner {
  readonly pid: number;
  /** `Host.birthOf` this process. */
  readonly birth: string | null;
  /** `Host.realm`. */
  readonly realm: string | null;
  /** ISO 8601. */
  readonly since: string;
  /** What it does, such as `apply`. */
  readonly command: string;
}

/** This process as an owner, from now on. */
export function introduce(command: string, host: Host): Owner {
  return {
    pid: host.pid,
    birth: host.birthOf(host.pid),
    realm: host.realm(),
    since: host.toStamp(host.now()),
    command,
  };
}

/** The owner a JSON value names, null when it names none. */
export function ownerIn(value: Json | undefined): Owner | null {
  if (value === undefined || !isObject(value)) return null;
  const { pid, since, command } = value;
  if (typeof pid !== "number" || typeof since !== "string" || typeof command !== "string") return null;
  return { pid, since, command, birth: textIn(value, "birth"), realm: textIn(value, "realm") };
}

/**
 * This process as an owner in so few bytes (below 60, unless its numbers or the command are long) that ext4 keeps a symbolic
 * link that says so in its inode. `ownerInText` reads it.
 */
export function introduceInText(command: string, host: Host): string {
  const realm = host.realm();
  const { pid, now, birthOf } = host;
  return JSON.stringify([pid, birthOf(pid), realm === null ? null : shortRealm(realm), now(), command]);
}

/** The owner in a text of `introduceInText`, or in JSON as an earlier version wrote it; null when it names none. */
export function ownerInText(text: string, host: Host): Owner | null {
  const value = parsed(text);
  if (!Array.isArray(value)) return ownerIn(value);
  const [pid, birth = null, realm = null, since, command] = value;
  if (typeof since !== "number" || !Number.isSafeInteger(since)) return null;
  return ownerIn({ pid: pid ?? null, birth, realm, since: host.toStamp(since), command: command ?? null });
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function shortRealm(realm: string): string {
  return sha256(realm).slice(0, 8);
}

function textIn(value: JsonObject, name: string): string | null {
  const text = value[name];
  return typeof text === "string" ? text : null;
}

/** Milliseconds since the owner began what it does. */
export function ageOf({ since }: Owner, host: Host): number {
  const age = host.now() - host.fromStamp(since);
  return Number.isNaN(age) ? 0 : Math.max(0, age);
}

/**
 * Whether an owner is dead. One that lives never is, however old; another process that got its number is not taken for
 * it where the system tells when a process began. An owner of another container, another machine or before the last
 * start of this one cannot be asked: it counts as dead after 30 s.
 */
export function isGone(owner: Owner, host: Host, files: Files): boolean {
  const realm = host.realm();
  if (isElsewhere(owner.realm, realm)) return ageOf(owner, host) > unknownMs;
  if (!isAlive(owner.pid, host, files)) return true;
  const birth = host.birthOf(owner.pid);
  if (owner.birth !== null && birth !== null) return owner.birth !== birth;
  return owner.pid === host.pid && host.fromStamp(owner.since) < host.startedAt;
}

function isElsewhere(one: string | null, here: string | null): boolean {
  return one !== null && here !== null && one !== here && one !== shortRealm(here);
}

/** An owner in words: `process 4711 (apply)`. */
export function nameOf({ pid, command }: Owner): string {
  return `process ${pid} (${command})`;
}
