import { edit, section } from "../src/core/edit.js";
import { credentialProviderId } from "../src/ids.js";
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
  edit(({ config }) => {
    const auth = section(config, "auth");
    const id = credentialProviderId(provider);
    const spellings = Object.keys(auth.order ?? {}).filter((key) => credentialProviderId(key) === id);
    const profiles = Object.entries(auth.profiles ?? {}).filter(
      ([, entry]) => typeof entry?.provider === "string" && credentialProviderId(entry.provider) === id,
    );
    const mode = auth.profiles?.[profile]?.mode;
    const ordered = spellings.flatMap((key) => auth.order?.[key] ?? []);
    if (spellings.length === 0 && profiles.every(([, entry]) => entry.mode === mode)) return;
    const rest = spellings.length > 0 ? ordered : profiles.map(([key]) => key);
    const order = section(auth, "order");
    for (const key of spellings) if (key !== id) delete order[key];
    order[id] = [...new Set([profile, ...rest])];
  });
