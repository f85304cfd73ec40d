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
  /** It may do everything, in every user's home. */
  readonly isRoot?: boolean;
  /** Whether a process of this id exists, a dead one that nobody has buried included. */
  readonly exists: (pid: number) => boolean;
  /** What tells a process from an earlier one of the same id; null where the system does not say. */
  readonly birthOf: (pid: number) => string | null;
  /** Within which ids of processes mean anything: this machine since it was started, this container. Null where the system does not say. */
  readonly realm: () => string | null;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /**
   * Calls `release` when the process ends, by a signal too, before the function returned has been called. Until then a
   * signal does not interrupt what is synchronous.
   */
  readonly holding: (release: () => void) => () => Promise<void>;
}
