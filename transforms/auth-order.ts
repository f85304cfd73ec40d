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
  edit(({ config }, { config: { auth: before = {} } }) => {
    const auth = section(config, "auth");
    const id = credentialProviderId(provider);
    const spellings = Object.keys(before.order ?? {}).filter((key) => credentialProviderId(key) === id);
    const mode = before.profiles?.[profile]?.mode;
    // Where all profiles are of one kind those of a provider are: most homes, and nobody's name has to be folded.
    if (spellings.length === 0 && Object.values(before.profiles ?? {}).every((entry) => entry?.mode === mode)) return;
    const profiles = Object.entries(before.profiles ?? {}).filter(
      ([, entry]) => typeof entry?.provider === "string" && credentialProviderId(entry.provider) === id,
    );
    const ordered = spellings.flatMap((key) => before.order?.[key] ?? []);
    if (spellings.length === 0 && profiles.every(([, entry]) => entry.mode === mode)) return;
    const rest = spellings.length > 0 ? ordered : profiles.map(([key]) => key);
    const order = section(auth, "order");
    for (const key of spellings) if (key !== id) delete order[key];
    order[id] = [...new Set([profile, ...rest])];
  });
