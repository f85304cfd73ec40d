import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { nameOf } from "../oracle/recordings.js";
import { allCases, sample, seedOf, shuffled } from "./cases.js";
import { starts } from "./starts.js";
import { subjects } from "./subjects.js";

const names = (count: number, seed: number): string[] =>
  sample(allCases, count, seed).map(({ recording }) => nameOf(recording));

it("knows every key choice of the release", () => {
  const list = readFileSync(new URL("../fixtures/oracle/choices-2026.5.6.txt", import.meta.url), "utf8");
  const ids = list.split("\n").flatMap((line) => (line === "" || line.startsWith("#") ? [] : [line.split("\t")[0]]));
  expect(ids.length).toBe(53);
  expect(subjects.map(({ choice }) => choice.id)).toEqual(expect.arrayContaining(ids));
});

it("has a case of its own name for every choice on an empty home, and every home for one that writes a block", () => {
  expect(new Set(allCases.map(({ recording }) => nameOf(recording))).size).toBe(allCases.length);
  const of = (choice: string): string[] =>
    allCases.flatMap(({ recording }) => (recording.choice === choice ? [recording.before.replace("live ", "")] : []));
  for (const { choice } of subjects) expect(of(choice.id)).toContain("fresh");
  expect(of("kilocode-api-key")).toEqual(Object.keys(starts));
});

it("samples the same for a seed, other cases for another, every home among them", () => {
  expect(names(27, 20261121)).toEqual(names(27, 20261121));
  expect(names(27, 20261122)).not.toEqual(names(27, 20261121));
  for (const seed of [1, 2, 3, 20261121])
    expect(new Set(sample(allCases, 27, seed).map(({ recording }) => recording.before)).size).toBe(
      Object.keys(starts).length,
    );
  expect(new Set(names(allCases.length, 1)).size).toBe(allCases.length);
  expect(new Set(shuffled([1, 2, 3, 4], 7))).toEqual(new Set([1, 2, 3, 4]));
});

it("comes to every case within some weeks", () => {
  const days = Array.from({ length: 120 }, (_, day) => names(27, 20260000 + day));
  expect(new Set(days.flat()).size).toBeGreaterThan(allCases.length * 0.99);
});

it.each([
  [{}, 20261121],
  [{ CLAWFORM_SEED: "7" }, 7],
])("takes the seed from %j, else from the date", (env, seed) => {
  expect(seedOf(env as NodeJS.ProcessEnv, new Date("2026-11-21T23:00:00Z"))).toBe(seed);
});
