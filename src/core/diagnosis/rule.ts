/** What a rule of the doctor sees and says. */

import { formatPointer } from "../../pointer.js";
import type { AuthStore, Card, OpenClawConfig, Problem, Severity, Step } from "../../types.js";
import { problem } from "../problem.js";
import type { RepairInput } from "../../../transforms/repair.js";
import type { Variables } from "../variables.js";

/** The order of profiles in an agent's auth-state.json, by provider. */
export type StoredOrder = { readonly [provider: string]: readonly string[] };

/** What the files say. */
export interface Files {
  /** With its includes, `${VAR}` as it is written. */
  readonly config: OpenClawConfig;
  /** Credential stores by agent id. */
  readonly stores: ReadonlyMap<string, AuthStore>;
  /** Ids of stored profiles that are broken, and left out of `stores`: OpenClaw drops them, and runs on. */
  readonly broken?: ReadonlySet<string>;
}

/** An installation as the doctor sees it. Nothing in it is changed. */
export interface Ground extends Files {
  /** `order` of auth-state.json by agent id. */
  readonly orders: ReadonlyMap<string, StoredOrder>;
  /** The variables OpenClaw reads its configuration with, those of its `env` section included. */
  readonly environment: Variables;
  /** The same without the `env` section. */
  readonly outside: Variables;
  /** Permission bits of the files that are there; without `agent` the configuration's. */
  readonly modes: readonly { readonly agent?: string; readonly path: string; readonly mode: number }[];
  /** The card of a provider, under any spelling of its id. */
  readonly card: (provider: string) => Card | null;
  /** Variables that may hold a provider's key, first preferred, for any spelling of its id. */
  readonly variables: (provider: string) => readonly string[];
}

/** A finding. `steps` puts it right; left out where only the user can decide. */
export interface Diagnosis extends Problem {
  readonly steps?: readonly Step[];
}

/** One thing to look for. `code` is the prefix-free name people give to `--only`. */
export interface Rule<Seen = Ground> {
  readonly code: string;
  readonly look: (ground: Seen) => readonly Diagnosis[];
}

/** Where a finding is: tokens of a pointer in the configuration, or in an agent's credential store. */
export interface Place {
  readonly tokens: readonly string[];
  readonly agent?: string;
}

/** A rule whose findings all carry its code. `look` says the rest. */
export function rule<Seen = Ground>(
  code: string,
  look: (
    ground: Seen,
    found: (
      severity: Severity,
      place: Place | readonly string[],
      message: string,
      hint: string,
      steps?: readonly Step[],
    ) => Diagnosis,
  ) => readonly Diagnosis[],
): Rule<Seen> {
  return {
    code,
    look: (ground) =>
      look(ground, (severity, where, message, hint, steps) => {
        const place: Place = "tokens" in where ? where : { tokens: where };
        const document =
          place.agent === undefined ? ({ kind: "config" } as const) : ({ kind: "auth", agent: place.agent } as const);
        return { ...problem(severity, code, [...place.tokens], message, hint, document), ...(steps ? { steps } : {}) };
      }),
  };
}

/** The step that sets one member. */
export function setting(place: Place, value: NonNullable<RepairInput["set"]>[number]["value"]): Step[] {
  const { agent, tokens } = place;
  const input = { ...(agent === undefined ? {} : { agent }), set: [{ pointer: formatPointer(tokens), value }] };
  return [{ transform: "repair", title: `repair ${tokens.at(-1) ?? ""}`, input }];
}
