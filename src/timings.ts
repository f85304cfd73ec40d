/** Where the time of a run goes. Floor 4: the clock is the caller's. */

/** What a run does: starts up, reads files, parses them, plans, draws what is printed, takes locks and writes. */
export type Phase = "load" | "read" | "parse" | "plan" | "render" | "commit";

/** Milliseconds by phase; what is none of them (a question's wait) is in the total alone. */
export type Timings = { readonly [phase in Phase | "total"]: number };

/** Does a piece of work, which may be a promise's; its time counts for `phase`, and not for the one around it. */
export type Timed = <Value>(phase: Phase | null, work: () => Value) => Value;

/** Does the work and does not look at any clock. */
export const untimed: Timed = (_, work) => work();

/** A watch on one thread of work. */
export interface Stopwatch {
  readonly timed: Timed;
  readonly timings: () => Timings;
  /** Adds what other threads spent, to the phases and not to the total. */
  readonly add: (more: Timings) => void;
}

/** Starts a watch. `now`: milliseconds; `load`: what it took to get here, counted already. */
export function stopwatch(now: () => number, load = 0): Stopwatch {
  const began = now();
  const spent = { load, read: 0, parse: 0, plan: 0, render: 0, commit: 0 };
  let phase: Phase | null = null;
  let since = began;
  const turnTo = (next: Phase | null): Phase | null => {
    const time = now();
    if (phase !== null) spent[phase] += time - since;
    since = time;
    const before = phase;
    phase = next;
    return before;
  };
  return {
    timed: (next, work) => {
      const around = turnTo(next);
      let value: ReturnType<typeof work>;
      try {
        value = work();
      } catch (error) {
        turnTo(around);
        throw error;
      }
      if (value instanceof Promise) return value.finally(() => turnTo(around)) as typeof value;
      turnTo(around);
      return value;
    },
    timings: () => {
      turnTo(phase);
      const rounded = Object.entries({ ...spent, total: load + since - began }).map(([name, milliseconds]) => [
        name,
        Math.round(milliseconds * 1000) / 1000,
      ]);
      return Object.fromEntries(rounded) as Timings;
    },
    add: (more) => {
      for (const name of Object.keys(spent) as Phase[]) spent[name] += more[name];
    },
  };
}
