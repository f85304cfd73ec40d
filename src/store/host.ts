/** What a lock has to know of the process that takes it; the porch gives the real one (src/host.ts), tests an exact one. */
export interface Host {
  readonly pid: number;
  /** When this process began, milliseconds since 1970. */
  readonly startedAt: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A time in milliseconds since 1970 as ISO 8601 in UTC. */
  readonly toStamp: (time: number) => string;
  /** The time of a stamp, NaN when it is none. */
  readonly fromStamp: (stamp: string) => number;
  /** Whether a process of this id exists, a dead one that nobody has buried included. */
  readonly exists: (pid: number) => boolean;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Runs `work` and returns what it does; a signal that would end the process does so only when `work` is done. */
  readonly unbroken: <Value>(work: () => Value) => Promise<Value>;
}
