/** Findings -> the steps after which nothing that can be mended is left. Pure. */

import { normalizeProviderId } from "../../ids.js";
import { formatPointer, isWithin, parsePointer, placesAbove } from "../../pointer.js";
import type { Documents, Pointer, Step } from "../../types.js";
import { entryOf } from "../run.js";
import { diagnose } from "./diagnose.js";
import type { Ground } from "./rule.js";

/** Rules that undid each other's work would never end; those there are need a handful of rounds. */
const mostRounds = 50;

/**
 * The steps that put right what can be put right, of the rules of one code when `only` is given. Looks again at what a
 * round of them leaves: one repair brings up the next (an address without its ending still has a doubled slash), and two
 * of one place cannot both be right. Blocks get their new name when everything in them is done, so that comments travel
 * along and no step misses its place.
 */
export function repairs(ground: Ground, only?: string): Step[] {
  const steps = new Map<Step, Pointer>();
  let present: Ground = ground;
  for (let round = 0; round < mostRounds; round++) {
    const found = diagnose(present, only).flatMap(({ steps: mending = [] }) => mending);
    const inPlace = found.filter(({ transform }) => transform !== "provider-id");
    const chosen = apart(inPlace.length > 0 ? inPlace : found);
    const before = documentsOf(present);
    const after = chosen.reduce((documents, step) => entryOf(step.transform).transform(step.input)(documents), before);
    if (after === before) break;
    for (const step of chosen) {
      const place = placeOf(step);
      // What stands there now says what an earlier step said, and more.
      for (const [earlier, inner] of steps)
        if (earlier.transform === step.transform && isWithin(inner, place)) steps.delete(earlier);
      steps.set(step, place);
    }
    present = { ...present, config: after.config, stores: new Map(Object.entries(after.auth)) };
  }
  return [...steps.keys()];
}

/** Those that touch different places; of two about one the first. */
function apart(steps: readonly Step[]): Step[] {
  const taken = new Set<Pointer>();
  const above = new Set<Pointer>();
  return steps.filter((step) => {
    const place = placeOf(step);
    const places = placesAbove(place);
    if (above.has(place) || places.some((outer) => taken.has(outer))) return false;
    taken.add(place);
    for (const outer of places) above.add(outer);
    return true;
  });
}

/** Where a step changes something: one member, or all of a block under whichever name. */
function placeOf({ input }: Step): Pointer {
  const { agent, provider, set } = input as { agent?: string; provider?: string; set?: { pointer: Pointer }[] };
  if (provider !== undefined) return formatPointer(["config", "models", "providers", provider]);
  const tokens = parsePointer(set?.[0]?.pointer ?? "");
  const [models, providers, id, ...rest] = tokens;
  if (agent !== undefined) return formatPointer(["auth", agent, ...tokens]);
  return models === "models" && providers === "providers" && id !== undefined
    ? formatPointer(["config", models, providers, normalizeProviderId(id), ...rest])
    : formatPointer(["config", ...tokens]);
}

function documentsOf({ config, stores }: Ground): Documents {
  return { config, auth: Object.fromEntries(stores) };
}
