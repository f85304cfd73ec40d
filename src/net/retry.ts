/** Whether to ask once more, and when. */

import type { HttpAnswer, NetClock } from "./http.js";

/** Without `Retry-After`, milliseconds. */
const shortPause = 500;

/**
 * How long to wait before asking once more, in milliseconds: after 429 and 5xx what `Retry-After` says (RFC 9110, 10.2.3:
 * seconds or a date), else half a second. Null: do not, since it would not help or take longer than `longest`.
 */
export function retryDelay({ status, headers }: HttpAnswer, clock: NetClock, longest: number): number | null {
  // 501 and 505 will be the same the next time.
  if (status !== 429 && (status < 500 || status === 501 || status === 505)) return null;
  const given = headers.get("retry-after")?.trim();
  if (given === undefined || given === "") return shortPause;
  const delay = /^\d+$/.test(given) ? Number(given) * 1000 : clock.fromStamp(given) - clock.now();
  if (Number.isNaN(delay)) return shortPause;
  return delay <= longest ? Math.max(0, delay) : null;
}
