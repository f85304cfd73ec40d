/** The key that a credential's name stands for. Floor 4: the policy room names keys and never holds one. */

import { substitute, type Variables } from "./core/variables.js";
import { hasMember, isObject } from "./json.js";
import { parsePointer } from "./pointer.js";
import type { CredentialChoice, Situation } from "./policy/nouns.js";
import type { ProviderBlock } from "./types.js";

/** A credential's place, as `explain` names it. */
export type KeyPlace = Pick<CredentialChoice, "source" | "name">;

/** The key itself; null when only OpenClaw can read it: a reference to a file or a command, a login, an unset variable. */
export function secretOf({ source, name }: KeyPlace, { config, auth, env = {} }: Situation): string | null {
  if (source === "environment") return env[name]?.trim() || null;
  if (source === "profile") {
    const profiles = auth?.profiles ?? {};
    const credential: unknown = hasMember(profiles, name) ? profiles[name] : undefined;
    const { key, keyRef, token, tokenRef, access } = isObject(credential) ? credential : {};
    // Both there: the text is taken before the reference (credentials.md 3).
    return [key, token, keyRef, tokenRef, access].map((one) => readable(one, env)).find((one) => one !== null) ?? null;
  }
  if (source === "none") return null;
  const id = parsePointer(name).at(-2) ?? "";
  const blocks = config.models?.providers ?? {};
  const apiKey = (hasMember(blocks, id) ? (blocks[id] as ProviderBlock) : {}).apiKey;
  // The name of a variable stands for its value.
  const named = typeof apiKey === "string" && /^[A-Z][A-Z0-9_]*$/.test(apiKey.trim()) ? env[apiKey.trim()]?.trim() : "";
  return named || readable(apiKey, env);
}

/** A secret as it is written -> its text. */
function readable(secret: unknown, env: Variables): string | null {
  if (typeof secret === "string") {
    const { value, missing } = substitute(secret.trim(), env);
    return missing.length > 0 || value === "" ? null : (value as string);
  }
  const id = isObject(secret) && secret["source"] === "env" ? secret["id"] : undefined;
  return typeof id === "string" ? env[id]?.trim() || null : null;
}
