/** What a program may say about applying. Floor 4, types alone. */

/** How to apply from a program. */
export interface ApplyOptions {
  /** How long to wait for another clawform, and for OpenClaw's lock on a credential store, in seconds; 10 by default, 0: not at all. */
  readonly lockTimeout?: number;
  /** OpenClaw's state directory; the plan's own by default. */
  readonly stateDir?: string;
  /** Overwrite what cannot be replaced by a rename, as `--in-place` does. */
  readonly inPlace?: boolean;
  /** Write although `OPENCLAW_NIX_MODE` says that Nix manages the files, as `--force` does. */
  readonly force?: boolean;
  /** Where OpenClaw's variables that close its files are looked up; the process's environment by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}
