/** A process and a clock that do what a test says. */

import type { Host } from "../../src/store/host.js";

/** When every test begins: long before any file it writes, so that a file by itself is never old. */
export const begin: number = Date.UTC(2020, 0, 1);

/** A host whose time passes only while it waits. */
export interface TestHost extends Host {
  /** Every wait so far, in milliseconds. */
  readonly waits: number[];
}

/** Process 4242, an hour old; of the others only `living` exist. `during` is called at the end of each wait. */
export function hostOf(
  living: readonly number[] = [],
  during: (waits: readonly number[]) => void = () => {},
): TestHost {
  let time = begin;
  const waits: number[] = [];
  return {
    pid: 4242,
    startedAt: begin - 3_600_000,
    now: () => time,
    toStamp: (at) => new Date(at).toISOString(),
    fromStamp: (stamp) => Date.parse(stamp),
    exists: (pid) => pid === 4242 || living.includes(pid),
    wait: async (milliseconds) => {
      time += milliseconds;
      waits.push(milliseconds);
      during(waits);
    },
    birthOf: (pid) => (pid === 4242 || living.includes(pid) ? `born ${pid}` : null),
    realm: () => "here",
    holding: () => async () => {},
    waits,
  };
}
