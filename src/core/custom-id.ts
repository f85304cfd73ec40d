/** The id of a custom provider: named or made of its address, and one that nobody else has. */

import { normalizeProviderId } from "../ids.js";
import type { ProviderBlock } from "../types.js";

/** The id that is asked for: as named, else `custom-HOST[-PORT]`; blank when nothing of a name is left. */
export function customProviderId(named: string | undefined, baseUrl: string): string {
  if (named?.trim()) return plainId(named);
  if (!URL.canParse(baseUrl)) return "custom";
  const { hostname, port } = new URL(baseUrl);
  return plainId(`custom-${hostname.replace(/[^a-z0-9]+/gi, "-")}${port === "" ? "" : `-${port}`}`) || "custom";
}

/** `wanted`, else with -2, -3, …: the first under which there is no block, or one that is the `same`. */
export function freeProviderId(
  wanted: string,
  blocks: { readonly [id: string]: ProviderBlock },
  same: (block: ProviderBlock) => boolean,
): string {
  // OpenClaw reads two spellings of a provider as one, whichever stands there.
  const under = (id: string): ProviderBlock[] =>
    Object.entries(blocks).flatMap(([key, block]) =>
      key === id || normalizeProviderId(key) === normalizeProviderId(id) ? [block] : [],
    );
  if (under(wanted).every(same)) return wanted;
  for (let number = 2; ; number += 1) {
    const id = `${wanted}-${number}`;
    if (under(id).every(same)) return id;
  }
}

/** Lower case, anything but letters, digits and `-` a `-`, none at the ends. */
function plainId(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
