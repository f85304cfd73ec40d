import { edit, section } from "../src/core/edit.js";
import { credentialProviderId } from "../src/ids.js";
import { namesOf } from "../src/lookup.js";
import type { Transform } from "../src/types.js";

/** Input of `authOrder`. */
export interface AuthOrderInput {
  /** Profile id, `provider:name`; it has an entry in `auth.profiles`. */
  profile: string;
  provider: string;
}

/**
 * Puts a profile first in its provider's `auth.order`, once. Orders under other spellings of the provider become one
 * under the normalised id. Where there is none, one is made only when the provider's profiles differ in kind: else
 * OpenClaw takes turns between them by itself (measured on 2026.5.6).
 */
export const authOrder: Transform<AuthOrderInput> = ({ profile, provider }) =>
  edit(({ config }, { config: { auth: before = {} } }) => {
    const auth = section(config, "auth");
    const [orders, profiles] = [before.order ?? {}, before.profiles ?? {}];
    const id = credentialProviderId(provider);
    const spellings = namesOf(orders, spelledId, id);
    const own = namesOf(profiles, ownerOf, id);
    const mode = profiles[profile]?.mode;
    if (spellings.length === 0 && own.every((name) => profiles[name]?.mode === mode)) return;
    const rest = spellings.length > 0 ? spellings.flatMap((key) => orders[key] ?? []) : own;
    const order = section(auth, "order");
    for (const key of spellings) if (key !== id) delete order[key];
    order[id] = [...new Set([profile, ...rest])];
  });

/** The keys that an order of the provider's profiles has, or may get. */
export function ordersOf(provider: string, orders: { readonly [id: string]: unknown }): string[] {
  const id = credentialProviderId(provider);
  return [id, ...namesOf(orders, spelledId, id)];
}

const spelledId = (_: unknown, spelling: string): string => credentialProviderId(spelling);

function ownerOf(profile: { provider?: unknown } | undefined): string | undefined {
  return typeof profile?.provider === "string" ? credentialProviderId(profile.provider) : undefined;
}
