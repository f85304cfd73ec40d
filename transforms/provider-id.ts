import { edit } from "../src/core/edit.js";
import { normalizeProviderId } from "../src/ids.js";
import { namesOf } from "../src/lookup.js";
import type { Transform } from "../src/types.js";

/** Input of `providerId`. */
export interface ProviderIdInput {
  /** The canonical id. */
  provider: string;
  /** Where to look: provider blocks, auth orders. */
  places: ("models" | "auth")[];
}

/**
 * Moves a block and an auth order that stand under another spelling (`Kilocode`, `z.ai`) to the canonical id, as
 * OpenClaw's presets do. Only a pure rename, so it becomes a `move` and comments travel along. Where the canonical id is
 * taken all stay; of several spellings of a block the first is taken, several orders are `authOrder`'s to join.
 */
export const providerId: Transform<ProviderIdInput> = ({ provider, places }) =>
  edit(({ config }, before) => {
    for (const place of places) {
      const present = place === "models" ? before.config.models?.providers : before.config.auth?.order;
      const holder: Record<string, unknown> | undefined =
        place === "models" ? config.models?.providers : config.auth?.order;
      if (!present || !holder || Object.hasOwn(present, provider)) continue;
      const [spelling, ...others] = namesOf(present, spelledId, provider);
      if (spelling === undefined || (place === "auth" && others.length > 0)) continue;
      holder[provider] = holder[spelling];
      delete holder[spelling];
    }
  });

/** The id that a name of a member spells, as a trait to find it by. */
export function spelledId(_: unknown, spelling: string): string {
  return normalizeProviderId(spelling);
}
