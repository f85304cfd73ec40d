/** Waiting for what another process holds. */

import { randomInt } from "node:crypto";
import type { Host } from "./host.js";

/** Delay before the second try, in milliseconds; each further one is twice as long, up to `longestDelay`. */
const firstDelay = 20;
const longestDelay = 500;

/** What came of a try: a value, or who is in the way, as an error. */
export type Try<Value> = { readonly value: Value } | { readonly busy: () => Error };

/** Tries until it gets a value; throws what is in the way when that stays for `timeoutSeconds` (0: tries once). */
export async function untilFree<Value>(
  { host, timeoutSeconds }: { readonly host: Host; readonly timeoutSeconds: number },
  attempt: () => Try<Value>,
): Promise<Value> {
  const deadline = host.now() + timeoutSeconds * 1000;
  for (let delay = firstDelay; ; delay = Math.min(longestDelay, delay * 2)) {
    const outcome = attempt();
    if ("value" in outcome) return outcome.value;
    const left = deadline - host.now();
    if (left <= 0) throw outcome.busy();
    // Two that wait for the same lock do not come back at the same time.
    await host.wait(Math.min(left, delay + randomInt(delay)));
  }
}
