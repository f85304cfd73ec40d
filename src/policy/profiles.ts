/** Stored profiles of a provider in the order OpenClaw 2026.5.6 tries them, and why some are passed over (credentials.md 6). */

import { credentialProviderId } from "../ids.js";
import { isObject } from "../json.js";
import type { Credential } from "../types.js";
import type { ProfileUsage, Situation } from "./nouns.js";

/** A profile and its chances. */
export interface RankedProfile {
  readonly id: string;
  readonly credential: Credential | undefined;
  /** Why it cannot serve; null when it can. */
  readonly problem: string | null;
  /** Why it stands where it stands. */
  readonly rule: string;
}

const secrets: ReadonlyMap<unknown, readonly string[]> = new Map([
  ["api_key", ["key", "keyRef"]],
  ["token", ["token", "tokenRef"]],
  ["oauth", ["access", "refresh"]],
]);
const kinds: readonly unknown[] = ["oauth", "token", "api_key"];
/** Their profiles are never put aside after a failure. */
const tireless: ReadonlySet<string> = new Set(["openrouter", "kilocode"]);

/** All profiles that could be meant, best first. */
export function rankedProfiles(situation: Situation, provider: string): RankedProfile[] {
  const { config, auth, authState, now = 0 } = situation;
  const wanted = credentialProviderId(provider);
  const stored = new Map(Object.entries(auth?.profiles ?? {}));
  const mine = [...stored].filter(([, one]) => isOf(one, wanted)).map(([id]) => id);
  const orderOf = (orders: unknown): readonly string[] | undefined => {
    const hit = Object.entries(isObject(orders) ? orders : {}).find(([key]) => credentialProviderId(key) === wanted);
    return Array.isArray(hit?.[1]) ? hit[1].filter((id) => typeof id === "string") : undefined;
  };
  const usage = { ...(isObject(auth?.["usageStats"]) ? auth["usageStats"] : {}), ...authState?.usageStats } as {
    readonly [id: string]: ProfileUsage | undefined;
  };
  const fromState = orderOf({ ...(isObject(auth?.["order"]) ? auth["order"] : {}), ...authState?.order });
  const explicit = fromState ?? orderOf(config.auth?.order);
  const configured = Object.entries(config.auth?.profiles ?? {})
    .filter(([, one]) => isOf(one, wanted))
    .map(([id]) => id);
  const known = configured.filter((id) => stored.has(id));
  const base = explicit ?? (configured.length > 0 && known.length > 0 ? configured : mine);
  const source = fromState
    ? "the order in auth-state.json"
    : explicit
      ? "auth.order"
      : base === configured
        ? "auth.profiles names it"
        : "stored for this provider";
  const restsUntil = (id: string): number =>
    tireless.has(wanted) ? 0 : Math.max(usage[id]?.cooldownUntil ?? 0, usage[id]?.disabledUntil ?? 0);
  const rank = (id: string): readonly number[] => [
    restsUntil(id) > now ? restsUntil(id) : 0,
    explicit ? base.indexOf(id) : kinds.indexOf(stored.get(id)?.type),
    explicit ? 0 : (usage[id]?.lastUsed ?? 0),
  ];
  const first = [...new Set(base)].sort((a, b) => byNumbers(rank(a), rank(b)));
  const rest = [...new Set([...mine, ...configured])].filter((id) => !first.includes(id));
  return [
    ...first.map((id) => ({
      id,
      credential: stored.get(id),
      problem: problemOf(id, stored.get(id), situation, wanted),
      rule: restsUntil(id) > now ? `${source}; it rests after a failure, so others go first` : source,
    })),
    ...rest.map((id) => ({
      id,
      credential: stored.get(id),
      problem: explicit ? `${source} does not name it` : "auth.profiles names others of this provider",
      rule: source,
    })),
  ];
}

function problemOf(
  id: string,
  credential: Credential | undefined,
  { config, env = {} }: Situation,
  wanted: string,
): string | null {
  if (!credential) return "auth.profiles names it, the credential store does not have it";
  if (!isOf(credential, wanted)) return "it belongs to another provider";
  const named = config.auth?.profiles?.[id];
  if (named && named.provider !== credential.provider) return "auth.profiles gives it another provider";
  if (named && named.mode !== credential.type && !(named.mode === "oauth" && credential.type === "token"))
    return `auth.profiles says ${named.mode}, it is ${credential.type}`;
  const [field = "", ref = ""] = secrets.get(credential.type) ?? [];
  const value = credential[field];
  if (typeof value === "string" && value.trim() !== "") return null;
  const target = credential[ref];
  if (credential.type === "oauth" && typeof target === "string" && target !== "") return null;
  if (!isObject(target)) return "it holds no credential";
  const name = target["id"];
  return target["source"] === "env" && typeof name === "string" && !env[name]?.trim()
    ? `it refers to the variable ${name}, which is not set`
    : null;
}

function isOf(entry: unknown, wanted: string): boolean {
  return isObject(entry) && typeof entry["provider"] === "string" && credentialProviderId(entry["provider"]) === wanted;
}

function byNumbers(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
