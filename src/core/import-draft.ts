/** A setup that grows by what changes nothing. */

import type { AuthStore, Card, OpenClawConfig, Setup } from "../types.js";
import { formatPointer } from "../pointer.js";

/** What there is, and a way to try a setup on it. */
export interface ImportGround {
  readonly config: OpenClawConfig;
  readonly store: AuthStore;
  readonly cards: readonly Card[];
  /** True when planning the setup on this state changes nothing and is not refused. */
  readonly holds: (setup: Setup) => boolean;
  readonly includeSecrets: boolean;
}

/** Something said about a place of the setup: above it when it is there, else at the end of what holds it. */
export interface Remark {
  readonly tokens: readonly string[];
  readonly text: string;
}

/** The setup so far. */
export interface Draft {
  readonly setup: () => Setup;
  readonly remarks: readonly Remark[];
  /** Takes the change over if planning the setup with it still changes nothing. */
  readonly accept: (change: (setup: Setup) => Setup) => boolean;
  readonly remark: (tokens: readonly string[], text: string) => void;
}

/** An empty draft; `holds` tells whether planning a setup on the present state changes nothing. */
export function startDraft(holds: (setup: Setup) => boolean): Draft {
  let setup: Setup = {};
  const remarks = new Map<string, Remark>();
  return {
    setup: () => setup,
    get remarks() {
      return [...remarks.values()];
    },
    accept: (change) => {
      const next = change(setup);
      if (!holds(next)) return false;
      setup = next;
      return true;
    },
    remark: (tokens, text) => void remarks.set(`${formatPointer(tokens)} ${text}`, { tokens, text }),
  };
}

/** Takes over all entries at once if that holds, else one by one those that do; returns the names of the others. */
export function acceptEach<Value>(
  draft: Draft,
  entries: readonly (readonly [string, Value])[],
  put: (setup: Setup, entries: readonly (readonly [string, Value])[]) => Setup,
): string[] {
  if (entries.length === 0 || draft.accept((setup) => put(setup, entries))) return [];
  if (entries.length === 1) return entries.map(([name]) => name);
  const half = Math.ceil(entries.length / 2);
  return [...acceptEach(draft, entries.slice(0, half), put), ...acceptEach(draft, entries.slice(half), put)];
}
