/** A process and a clock that do what a test says. */

import type { Host } from "../../src/store/host.js";

/** When every test begins: 2026-01-01T00:00:00Z. */
export const begin = Date.UTC(2026, 0, 1);

/** A host whose time passes only while it waits. */
export interface TestHost extends Host {
  /** Every wait so far, in milliseconds. */
  readonly waits: number[];
}

/** Process 4242, an hour old; of the others only `living` exist. `during` is called at the end of each wait. */
export function hostOf(living: readonly number[] = [], during: (waits: readonly number[]) => void = () => {}): TestHost {
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
    unbroken: async (work) => work(),
    waits,
  };
}
