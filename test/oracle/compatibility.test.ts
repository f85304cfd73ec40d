/** COMPATIBILITY.md against the replay: every difference is in it, every word of it that can be counted is true. */

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { deviations } from "./deviations.js";
import { expectedOf, type Outcome } from "./expected.js";
import { keptDifferences } from "./kept.js";
import { nameOf, recordingOf, recordings } from "./recordings.js";

const page = readFileSync(new URL("../../COMPATIBILITY.md", import.meta.url), "utf8");
const beyond = readFileSync(new URL("beyond.test.ts", import.meta.url), "utf8");

/** The cells of every table row whose first cell matches. */
const rows = (first: RegExp): string[][] =>
  page
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter(([cell = ""]) => first.test(cell));

const ids = (values: readonly { readonly id?: string }[]): string[] => [
  ...new Set(values.flatMap(({ id }) => id ?? [])),
];
const known = [...ids(keptDifferences), ...ids(deviations)].sort();

/** Differences a recording shows, run for main and for the agent the real one chose. */
const shownBy = (name: string): string[] =>
  [false, true].flatMap((withAgent) => [...expectedOf(recordingOf(name), withAgent).differences]);

it("lists every difference once, with a recording that shows it", () => {
  const listed = rows(/^D\d+$/);
  expect(listed.map(([id = ""]) => id).sort()).toEqual(known);
  for (const [id = "", real, ours, why, shown = ""] of listed) {
    expect(
      [real, ours, why].every((cell) => cell !== undefined && cell !== ""),
      id,
    ).toBe(true);
    expect(shownBy(shown.replaceAll("`", "")), `${id} by ${shown}`).toContain(id);
  }
});

it("numbers them in order", () => {
  const numbers = (letter: string): number[] =>
    rows(new RegExp(`^${letter}\\d+$`)).map(([id = ""]) => Number(id.slice(1)));
  for (const letter of ["D", "B"]) expect(numbers(letter)).toEqual(numbers(letter).map((_, index) => index + 1));
});

it("explains nothing that does not happen: every deviation changes every recording it names", () => {
  for (const { id, of } of deviations) {
    for (const name of of.filter((one) => typeof one === "string"))
      expect(id === undefined ? "" : shownBy(name).filter((one) => one === id)[0], `${id ?? "refused"} ${name}`).toBe(
        id ?? "",
      );
  }
  const happening = new Set(recordings.flatMap((recording) => shownBy(nameOf(recording))));
  expect([...happening].sort()).toEqual(known);
});

it("says how many recordings are equal, kept, different, refused", () => {
  const count = (outcome: Outcome): number =>
    recordings.filter((recording) => expectedOf(recording).outcome === outcome).length;
  const said = (first: RegExp): number => Number(rows(first)[0]?.[1]);
  expect({
    equal: said(/^equal$/),
    kept: said(/^equal but/),
    different: said(/^different/),
    refused: said(/^refused/),
  }).toEqual({
    equal: count("equal"),
    kept: count("kept"),
    different: count("different"),
    refused: count("refused"),
  });
  const [, total, choices, starts] =
    /(\d+) recordings of the real program .*?, (\d+) auth choices over (\d+) starting points/.exec(page) ?? [];
  expect([total, choices, starts].map(Number)).toEqual([
    recordings.length,
    new Set(recordings.map(({ choice }) => choice)).size,
    new Set(recordings.map(({ before }) => before)).size,
  ]);
});

it("names the differences of each kind", () => {
  const [, keptTo] = /respells \(D1 to (D\d+)\)/.exec(page) ?? [];
  expect(ids(keptDifferences).at(-1)).toBe(keptTo);
  const onPurpose = new Set(
    recordings
      .filter((recording) => expectedOf(recording).outcome === "different")
      .flatMap((recording) => shownBy(nameOf(recording))),
  );
  const [, first, last] = /on purpose \(D(\d+) to D(\d+)\)/.exec(page) ?? [];
  const within = (id: number): boolean => id >= Number(first) && id <= Number(last);
  expect(
    [...onPurpose].filter((id) => !within(Number(id.slice(1)))).filter((id) => !ids(keptDifferences).includes(id)),
  ).toEqual([]);
  expect(known.filter((id) => within(Number(id.slice(1)))).filter((id) => !onPurpose.has(id))).toEqual([]);
});

it("counts the recordings of every choice", () => {
  const counts = (choice: string): number[] => {
    const outcomes = recordings.filter((one) => one.choice === choice).map((one) => expectedOf(one).outcome);
    const of = (outcome: Outcome): number => outcomes.filter((one) => one === outcome).length;
    return [outcomes.length, of("equal"), of("kept"), of("different"), of("refused")];
  };
  const listed = rows(/^`.*`$/).map(([choice = "", ...cells]) => [choice.replaceAll("`", ""), ...cells.map(Number)]);
  const choices = [...new Set(recordings.map(({ choice }) => choice))];
  expect(listed).toEqual(
    choices
      .toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
      .map((choice) => [choice, ...counts(choice)]),
  );
});

it("lists what is not in the values, each with its test", () => {
  const tested = [...beyond.matchAll(/it\("(B\d+): /g)].map(([, id]) => id);
  expect(rows(/^B\d+$/).map(([id]) => id)).toEqual(tested);
});
