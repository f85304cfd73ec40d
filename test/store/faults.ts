/** A disk that fails or dies at its k-th operation, and what has to be true afterwards. */

import { expect } from "vitest";
import { type Files, nodeFiles } from "../../src/store/files.js";
import type { Host } from "../../src/store/host.js";
import type { Recovery } from "../../src/store/recover.js";
import { unfinishedApply } from "../../src/store/recover-words.js";
import { withStateLock } from "../../src/store/state-lock.js";
import { hostOf } from "./clock.js";
import { systemError } from "./disk.js";
import { type Ground, treeOn } from "./ground.js";

/** The process is dead: nothing of it may act any more. */
class Kill extends Error {}
// One for all: making it costs more than what it interrupts.
const kill = new Kill("killed");

/** What happens at the k-th operation. `torn`: half of a write is taken, then the process dies. */
export type Fault = "kill-before" | "kill-after" | "torn" | "short" | "short-full" | (typeof codes)[number];

const codes = ["ENOSPC", "EIO", "EACCES", "EBUSY", "EXDEV", "EMFILE"] as const;
const kills: readonly Fault[] = ["kill-before", "kill-after", "torn"];
export const faults: readonly Fault[] = [...kills, "short", "short-full", ...codes];

/** The healthy disk, without syncing: it takes long and shows nothing here. */
export const healthy: Files = { ...nodeFiles, sync: () => {} };

/** A disk and what became of it. */
export interface FaultyDisk {
  readonly files: Files;
  readonly count: () => number;
  readonly dead: () => boolean;
  /** The names of all operations so far. */
  readonly names: readonly (keyof Files)[];
  /** Closes what a dead process had open, as the system does. */
  readonly bury: () => void;
}

/** A disk until its k-th operation (from 1; 0: always), which meets `fault`. */
export function faultyDisk(k: number, fault: Fault, under: Files = healthy): FaultyDisk {
  const names: (keyof Files)[] = [];
  const open = new Set<number>();
  let dead = false;
  let full = false;
  const die = (): never => {
    dead = true;
    throw kill;
  };
  const call = (name: keyof Files, parameters: unknown[]): unknown => {
    const result = (under[name] as (...all: unknown[]) => unknown)(...parameters);
    if (name === "open" || name === "reopen" || name === "create") open.add(result as number);
    if (name === "close") open.delete(parameters[0] as number);
    return result;
  };
  const half = (parameters: unknown[]): number => {
    const [descriptor, bytes, from] = parameters as [number, Uint8Array, number];
    return under.write(descriptor, bytes.subarray(0, from + Math.ceil((bytes.length - from) / 2)), from);
  };
  const meet = (name: keyof Files, parameters: unknown[]): unknown => {
    if (fault === "kill-before") return die();
    if (fault === "kill-after") {
      try {
        call(name, parameters);
      } catch {
        // What the system refused is nothing to the dead.
      }
      return die();
    }
    if (fault === "torn" || fault === "short" || fault === "short-full") {
      if (name !== "write") return call(name, parameters);
      const taken = half(parameters);
      if (fault === "torn") return die();
      full = fault === "short-full";
      return taken;
    }
    // A close that fails has closed nevertheless.
    if (name === "close") call(name, parameters);
    throw systemError(fault);
  };
  const wrap =
    (name: keyof Files) =>
    (...parameters: unknown[]): unknown => {
      if (dead) throw kill;
      names.push(name);
      if (names.length === k) return meet(name, parameters);
      if (full && name === "write") {
        full = false;
        throw systemError("ENOSPC");
      }
      return call(name, parameters);
    };
  const files = Object.fromEntries((Object.keys(nodeFiles) as (keyof Files)[]).map((name) => [name, wrap(name)]));
  return {
    files: files as unknown as Files,
    count: () => names.length,
    dead: () => dead,
    names,
    bury: () => {
      for (const descriptor of open) under.close(descriptor);
      open.clear();
    },
  };
}

/** A process of this id; of the others none lives. */
export function processOf(pid: number): Host {
  return { ...hostOf(), pid, exists: (other) => other === pid, birthOf: (other) => (other === pid ? "born" : null) };
}

/** Runs `work`; an error is given back, not thrown, and what a dead process held open is closed. */
export async function outcomeOf(disk: FaultyDisk, work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
    return null;
  } catch (error) {
    return error;
  } finally {
    disk.bury();
  }
}

/** What the next clawform does, before anything else. */
export function recoverAs(stateDir: string, pid: number, files: Files = healthy): Promise<Recovery | null> {
  const lock = { host: processOf(pid), files, timeoutSeconds: 0, command: "recover" };
  return withStateLock(stateDir, lock, async (_held, recovered) => recovered);
}

/** Everything below a home; a state directory in which there is nothing at all is none. What a finished record tells of the journal, the way gone included, is left out. */
export function looksLike({ files, home }: Ground): string {
  const found = treeOn(files, home).map(([name, text]) => [name, name.endsWith(".json") ? plainRecord(text) : text]);
  return JSON.stringify(found.length === 1 && found[0]?.[0] === "state/" ? [] : found);
}

function plainRecord(text: string): string {
  return text.replace(/,\n {2}"journal": .*\n\}\n$/, "}");
}

/**
 * After any fault: a reader says what is there and changes nothing; the next clawform leaves `old` or `after`, nothing
 * else, no lock, and the one after it has nothing to do.
 */
export async function expectWhole(
  ground: Ground & { readonly stateDir: string },
  { old, after, place }: { readonly old: string; readonly after: string; readonly place: string },
): Promise<string> {
  const { stateDir, files } = ground;
  const left = looksLike(ground);
  unfinishedApply(stateDir, processOf(5), files);
  if (looksLike(ground) !== left) expect.fail(`${place}: a reader wrote`);
  await recoverAs(stateDir, 6, files);
  const settled = looksLike(ground);
  if (settled !== old && settled !== after) expect(JSON.parse(settled), place).toEqual(JSON.parse(after));
  if ((await recoverAs(stateDir, 7, files)) !== null) expect.fail(`${place}: a second recovery`);
  if (looksLike(ground) !== settled) expect.fail(`${place}: the second time it looks otherwise`);
  return settled;
}
