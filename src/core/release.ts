/** Which release of OpenClaw wrote a configuration, and what that changes for us (measured on 2026.5.6 to 2026.9.6). */

import { isObject } from "../json.js";
import type { OpenClawConfig } from "../types.js";

/** Year, month and number of a release; the suffix of a beta does not count. */
export type Release = readonly [number, number, number];

/** The first release that keeps credentials in a database. */
export const firstWithDatabase: Release = [2026, 6, 5];
/** The first release with the newer shape of the configuration. */
const firstOfNewerShape: Release = [2026, 8, 1];

/** The release that last wrote the configuration, from `meta.lastTouchedVersion`; null when that says nothing. */
export function releaseOf({ meta }: OpenClawConfig): Release | null {
  const version = isObject(meta) ? meta["lastTouchedVersion"] : undefined;
  const found = typeof version === "string" ? /^\s*v?(\d{4})\.(\d{1,3})\.(\d{1,4})(?!\d)/.exec(version) : null;
  return found && [Number(found[1]), Number(found[2]), Number(found[3])];
}

/** True for a release that is `first` or later. */
export function isSince(release: Release | null, first: Release): boolean {
  if (release === null) return false;
  const place = release.findIndex((part, index) => part !== first[index]);
  return place < 0 || (release[place] as number) > (first[place] as number);
}

/**
 * True for a configuration of the newer shape: `agents.entries` instead of `agents.list`, media models and speech
 * elsewhere. Its content tells before its version does: 2026.7.2 changed the shape between two betas.
 */
export function isNewerShape(config: OpenClawConfig): boolean {
  const { agents, meta } = config;
  if (isObject(agents?.["entries"])) return true;
  if (Array.isArray(agents?.list)) return false;
  return (isObject(meta) && isObject(meta["migrations"])) || isSince(releaseOf(config), firstOfNewerShape);
}
