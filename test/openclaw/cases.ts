/** Which comparisons run: all of them, or a sample that is another one every day. */

import fc from "fast-check";
import { deviations } from "../oracle/deviations.js";
import type { Recording } from "../oracle/recordings.js";
import { type Start, starts } from "./starts.js";
import { type Subject, subjects } from "./subjects.js";

/** A choice on a home; as a recording without its results. */
export interface Case {
  readonly subject: Subject;
  readonly start: Start;
  readonly recording: Recording;
}

/** Choices for which the real one does nothing: what there is to compare shows on an empty home. */
const doesNothing = new Set(deviations.filter(({ id }) => id === "D33").flatMap(({ of }) => of));

/** Every choice on every home that can hold something for it. */
export const allCases: readonly Case[] = Object.entries(starts).flatMap(([name, make]) =>
  subjects.flatMap((subject) => {
    const start = make(subject);
    if (start === null || (name !== "fresh" && doesNothing.has(`fresh ${subject.choice.id}`))) return [];
    const { config, profiles, env, args = [] } = start;
    const recording: Recording = {
      before: `live ${name}`,
      choice: subject.choice.id,
      args: [...subject.args, ...args],
      ...(env ? { env } : {}),
      configBefore: config === undefined ? null : JSON.stringify(config),
      authBefore: profiles === undefined ? null : { version: 1, profiles },
      configAfter: null,
      authAfter: null,
    };
    return [{ subject, start, recording }];
  }),
);

/** In an order that the seed gives. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const [order = []] = fc.sample(fc.shuffledSubarray([...items], { minLength: items.length }), { seed, numRuns: 1 });
  return order;
}

/** `count` of them, the same for the same seed: choices at random, the homes in turn, so that every home is among them. */
export function sample(cases: readonly Case[], count: number, seed: number): Case[] {
  const all = shuffled(cases, seed);
  const homes = [...new Set(cases.map(({ recording }) => recording.before))];
  const inTurn = homes.map((home) => all.filter(({ recording }) => recording.before === home));
  const rounds = Math.max(...inTurn.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => inTurn.flatMap((of) => of[round] ?? []))
    .flat()
    .slice(0, count);
}

/** Today's: `CLAWFORM_SEED`, else the date as a number. */
export function seedOf(env: NodeJS.ProcessEnv, today: Date): number {
  return Number(env["CLAWFORM_SEED"] ?? today.toISOString().slice(0, 10).replaceAll("-", ""));
}
