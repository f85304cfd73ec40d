/** The agents a configuration names, in either shape: `agents.list`, or `agents.entries` from OpenClaw 2026.8.1 on. */

import { isObject } from "../json.js";
import type { OpenClawConfig } from "../types.js";

/** An agent's id as it is written, its settings, and where they stand. */
export interface NamedAgent {
  readonly id: string;
  readonly entry: { readonly [key: string]: unknown };
  /** Tokens of a pointer over the configuration. */
  readonly place: string[];
}

/** Every agent of the list or the entries that is an object; one of the list without an id has the id `""`. */
export function agentsOf({ agents }: OpenClawConfig): NamedAgent[] {
  const list: readonly unknown[] = Array.isArray(agents?.list) ? agents.list : [];
  const entries = isObject(agents?.["entries"]) ? agents["entries"] : {};
  return [
    ...list.flatMap((entry, index) =>
      isObject(entry)
        ? [{ id: typeof entry["id"] === "string" ? entry["id"] : "", entry, place: ["agents", "list", String(index)] }]
        : [],
    ),
    ...Object.entries(entries).flatMap(([id, entry]) =>
      isObject(entry) ? [{ id, entry, place: ["agents", "entries", id] }] : [],
    ),
  ];
}

/** An agent's id as OpenClaw makes one of what is written: `Work X` is `work-x` (recorded). */
export function agentIdOf(written: string): string {
  return written
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
