/** A recording -> what clawform should do with it, and by which differences that is not what the real one did. */

import JSON5 from "json5";
import { deepEqual } from "../../src/json.js";
import { deviations, explains } from "./deviations.js";
import { keptDifferences, type Rule, statePath, type Written } from "./kept.js";
import { nameOf, type Recording } from "./recordings.js";

/** What is expected of a replay. */
export interface Expected {
  readonly before: Written;
  /** The files afterwards. */
  readonly written: Written;
  /** Part of the refusal; then `written` is `before`. */
  readonly refused?: string;
  /** Ids of the differences that made `written` out of the real result. */
  readonly differences: readonly string[];
  /** How near that is to the real one. */
  readonly outcome: Outcome;
}

/** Same values; same but for what the real one loses; other on purpose; both refuse. */
export type Outcome = "equal" | "kept" | "different" | "refused";

/** What to expect of `clawform onboard`, run for main or, with `withAgent`, for the agent the real one chose. */
export function expectedOf(recording: Recording, withAgent = false): Expected {
  const before = filesBefore(recording);
  const written = filesAfter(recording, before);
  const own = deviations.filter(
    (deviation) => explains(deviation, nameOf(recording)) && (deviation.withAgent ?? withAgent) === withAgent,
  );
  const refusal = own.find(({ refused }) => refused !== undefined);
  if (refusal?.refused !== undefined) {
    const outcome = recording.exit === undefined ? "different" : "refused";
    return {
      before,
      written: before,
      refused: refusal.refused,
      differences: refusal.id === undefined ? [] : [refusal.id],
      outcome,
    };
  }
  const changed = (rule: Rule): boolean => {
    const real = structuredClone(written);
    rule(written, structuredClone(before), recording);
    return !deepEqual(real, written);
  };
  const kept = keptDifferences.filter(({ rule }) => changed(rule)).map(({ id }) => id);
  const deliberate = own.filter(({ rule }) => rule && changed(rule)).map(({ id }) => id ?? "");
  const outcome = deliberate.length > 0 ? "different" : kept.length > 0 ? "kept" : "equal";
  return { before, written, differences: [...new Set([...kept, ...deliberate])], outcome };
}

/** A file of the state directory as a value: JSON and JSON5 parsed, other text as it is. */
export function fileValue(path: string, content: unknown): unknown {
  if (typeof content !== "string") return content;
  return path.endsWith(".json5") ? JSON5.parse(content) : path.endsWith(".json") ? JSON.parse(content) : content;
}

function filesBefore({ configBefore, authBefore, files = {} }: Recording): Written {
  const config: unknown = configBefore === null ? {} : JSON5.parse(configBefore);
  const others = Object.fromEntries(Object.entries(files).map(([path, content]) => [path, fileValue(path, content)]));
  return structuredClone({ config, auth: authBefore ?? {}, files: others }) as Written;
}

function filesAfter({ configAfter, authAfter, filesAfter = {}, stateAfter }: Recording, before: Written): Written {
  const files = { ...before.files, ...filesAfter, ...(stateAfter ? { [statePath]: stateAfter } : {}) };
  return structuredClone({ config: configAfter ?? {}, auth: authAfter ?? {}, files }) as Written;
}
