/**
 * What a running gateway does when the configuration changes under it: take it over live, read it at its next use, or
 * restart. Prefixes and the watcher's habits are OpenClaw 2026.5.6's (read in its code, the common ones measured).
 */

import { deepEqual, hasMember, isObject } from "../json.js";
import type { Documents, Json, Problem } from "../types.js";

type Reload = "live" | "restart" | "next-use";

/** The first prefix that fits decides; what none fits makes the gateway restart. */
const rules: readonly (readonly [prefix: string, reload: Reload])[] = [
  ["agents.defaults.heartbeat", "live"],
  ["agents.defaults.models", "live"],
  ["agents.defaults.model", "live"],
  ["agents.list", "live"],
  ["models.pricing", "restart"],
  ["models", "live"],
  ["plugins.load", "restart"],
  ["plugins.installs", "restart"],
  ["plugins", "live"],
  ["hooks", "live"],
  ["cron", "live"],
  ["mcp", "live"],
  ...["agents", "audio", "bindings", "identity", "logging", "messages", "meta", "secrets", "session", "skills"].map(
    (prefix) => [prefix, "next-use"] as const,
  ),
  ...["talk", "tools", "ui", "wizard"].map((prefix) => [prefix, "next-use"] as const),
];

const words: { readonly [reload in Reload]: (prefixes: string) => string } = {
  live: (prefixes) => `takes over ${prefixes}`,
  "next-use": (prefixes) => `reads ${prefixes} at the next use`,
  restart: (prefixes) => `restarts for ${prefixes}`,
};

/** One sentence about all that changes; none when nothing does, and none for a first configuration: no gateway runs on it yet. */
export function reloadProblems({ config: before }: Documents, { config: after }: Documents): Problem[] {
  if (Object.keys(before).length === 0) return [];
  const found = new Map<Reload, Set<string>>();
  for (const path of changed(before as Json, after as Json, [])) {
    const [prefix, reload] = ruleOf(path);
    found.set(reload, (found.get(reload) ?? new Set()).add(prefix));
  }
  if (found.size === 0) return [];
  const said = (["restart", "live", "next-use"] as const).flatMap((reload) => {
    const prefixes = found.get(reload);
    return prefixes ? [words[reload]([...prefixes].join(", "))] : [];
  });
  const restarts = found.has("restart");
  return [
    {
      code: restarts ? "gateway-restart" : "gateway-reload",
      severity: "info",
      // It is about a process, not about a place in the file.
      file: "",
      pointer: "",
      message: `a running gateway ${said.join("; ")}`,
      hint: restarts ? "It may write the file back from its old copy then: clawform status tells." : "",
    },
  ];
}

function ruleOf(path: readonly string[]): readonly [string, Reload] {
  const text = path.join(".");
  const rule = rules.find(([prefix]) => text === prefix || text.startsWith(`${prefix}.`));
  return rule ?? [path[0] ?? "", "restart"];
}

/** True where what is below is told the same of: no rule is about a part of it. */
function isDecided(path: readonly string[]): boolean {
  const inside = `${path.join(".")}.`;
  return path.length > 0 && !rules.some(([prefix]) => prefix.startsWith(inside));
}

/** Where two values differ, down to what is no object on either side, or to where the rules end. */
function changed(before: Json | undefined, after: Json | undefined, path: readonly string[]): (readonly string[])[] {
  if (before !== undefined && after !== undefined && deepEqual(before, after)) return [];
  // What is there on one side alone is looked into as well: a new `models` may be `models.pricing` and no more.
  const [one, other] = [before ?? {}, after ?? {}];
  if (!isObject(one) || !isObject(other) || isDecided(path)) return [path];
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  if (keys.length === 0) return [path];
  return keys.flatMap((key) =>
    changed(hasMember(one, key) ? one[key] : undefined, hasMember(other, key) ? other[key] : undefined, [...path, key]),
  );
}
