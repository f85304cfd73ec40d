/**
 * Whether an OpenClaw keeps its credentials in auth-profiles.json or in a database, by what is on disk (measured on
 * 2026.5.6, 2026.6.1, 2026.6.5, 2026.8.1 and 2026.9.6; test/store/keeper.test.ts has the table).
 */

import { dirname, join } from "node:path";
import type { Keeper } from "../core/newer-store.js";
import { firstWithDatabase, isSince, type Release } from "../core/release.js";
import { type Files, nodeFiles } from "./files.js";
import { readUpTo } from "./read.js";
import { exists } from "./exists.js";

/** An agent's store and what surrounds it. */
export interface StorePlace {
  /** Path of its auth-profiles.json, whether or not there is one. */
  readonly path: string;
  readonly stateDir: string;
  /** The release that last wrote openclaw.json. */
  readonly release: Release | null;
}

/** Per agent, from 2026.6.5 on. */
const agentDatabase = "openclaw-agent.sqlite";
/** One for all from 2026.6.1 on; credentials are in it from 2026.8.1 on. */
const sharedDatabase = ["state", "openclaw.sqlite"];
/** From 2026.8.1 on. */
const newerMark = "config-journal-fingerprint.key";

/** Looks; reads no more than a database's header. What cannot be looked at counts as not there. */
export function credentialKeeper({ path, stateDir, release }: StorePlace, files: Files = nodeFiles): Keeper {
  const file = exists(path, files) ? path : null;
  const shared = join(stateDir, ...sharedDatabase);
  const signs = new Set([
    join(dirname(path), agentDatabase),
    join(stateDir, newerMark),
    ...agentsOf(stateDir, files).map((agent) => join(stateDir, "agents", agent, "agent", agentDatabase)),
  ]);
  const found = [...signs].find((sign) => exists(sign, files));
  if (found !== undefined) return { kind: "database", evidence: found, file };
  const inUse = exists(shared, files);
  // 2026.6.1 and 2026.6.5 both make it with version 1: then the file alone does not tell.
  if (inUse && schemaVersion(shared, files) > 1) return { kind: "database", evidence: shared, file };
  if (isSince(release, firstWithDatabase)) {
    return { kind: "database", evidence: `openclaw.json was last written by ${release?.join(".")}`, file };
  }
  if (!inUse || file !== null || release !== null) return { kind: "file", evidence: path, file };
  return { kind: "unclear", evidence: `${shared} is there`, file };
}

function agentsOf(stateDir: string, files: Files): string[] {
  try {
    return files.list(join(stateDir, "agents"));
  } catch {
    return [];
  }
}

/** `PRAGMA user_version`: bytes 60 to 63 of the header, big-endian (sqlite.org, "The Database File Format", 1.3). 0 when it cannot be read. */
function schemaVersion(path: string, files: Files): number {
  try {
    const descriptor = files.open(path);
    try {
      const header = readUpTo(descriptor, 64, 64, files);
      return header.length === 64 && header.subarray(0, 15).toString("latin1") === "SQLite format 3"
        ? header.readUInt32BE(60)
        : 0;
    } finally {
      files.close(descriptor);
    }
  } catch {
    return 0;
  }
}
