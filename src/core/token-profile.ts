/** The profile id that `--token-profile-id` means (measured on OpenClaw 2026.5.6). */

import { normalizeProviderId } from "../ids.js";

/** A whole id of this provider as it is typed; anything else is a name: lower case, odd characters a `-`. */
export function tokenProfileId(typed: string, provider: string): string {
  const text = typed.trim();
  if (text.startsWith(`${provider}:`)) return text;
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/-+/g, "-")
    .replace(/^-|-$/g, "");
  return `${normalizeProviderId(provider)}:${name || "default"}`;
}
