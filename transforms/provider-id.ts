import { edit } from "../src/core/edit.js";
import { normalizeProviderId } from "../src/ids.js";
import type { Transform } from "../src/types.js";

/** Input of `providerId`: the canonical id. */
export interface ProviderIdInput {
  provider: string;
}

/**
 * Moves a block and an auth order that stand under another spelling (`Kilocode`, `z.ai`) to the canonical id, as
 * OpenClaw's presets do. Only a pure rename, so it becomes a `move` and comments travel along. Where the canonical id is
 * taken, or several spellings compete, all of them stay.
 */
export const providerId: Transform<ProviderIdInput> = ({ provider }) =>
  edit(({ config }) => {
    for (const holder of [config.models?.providers, config.auth?.order] as (Record<string, unknown> | undefined)[]) {
      if (!holder || Object.hasOwn(holder, provider)) continue;
      const [spelling, ...others] = Object.keys(holder).filter((id) => normalizeProviderId(id) === provider);
      if (spelling === undefined || others.length > 0) continue;
      holder[provider] = holder[spelling];
      delete holder[spelling];
    }
  });
