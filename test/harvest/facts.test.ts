/** What runs of the real program wrote -> facts: those of the recordings are those of the cards. */

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chooseFrom } from "../../src/core/card.js";
import type { Card, OpenClawConfig } from "../../src/types.js";
import { recordings } from "../oracle/recordings.js";
import { byHand, freshFacts, harvested, offeredFacts, offersOf, sameFact, usedFacts } from "./scripts.js";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const catalog = "transforms/catalog";
const cards = readdirSync(new URL(`../../${catalog}`, import.meta.url))
  .filter((file) => !file.startsWith("_"))
  .map((file) => ({ ...JSON.parse(read(`${catalog}/${file}`)), id: file.replace(/\.json$/, "") }) as Card);
const exceptions = JSON.parse(read("scripts/harvest-by-hand.json")) as {
  choices: string[];
  fields: string[];
  why: string;
}[];

describe("fields", () => {
  const { properties, definitions } = JSON.parse(read("schemas/card.json")) as {
    properties: object;
    definitions: { choice: { properties: object } };
  };
  it.each([
    ["card", harvested.card, byHand.card, properties],
    ["choice", harvested.choice, byHand.choice, definitions.choice.properties],
  ] as const)("every field of a %s is measured or written by hand, none is both", (_what, measured, hand, known) => {
    expect([...measured, ...hand].sort()).toEqual(Object.keys(known).sort());
  });

  it("exceptions name choices and fields that there are, and say why", () => {
    const choices = cards.flatMap((card) => card.choices.map(({ id }) => id));
    for (const { choices: of, fields, why } of exceptions) {
      expect(choices).toEqual(expect.arrayContaining(of));
      expect([...harvested.card, ...harvested.choice]).toEqual(expect.arrayContaining(fields));
      expect(why).not.toBe("");
    }
  });
});

describe("an empty home", () => {
  const subjects = cards.flatMap((card) => card.choices.map((choice) => ({ card, choice })));
  const fresh = subjects.flatMap(({ card, choice }) => {
    const recording = recordings.find(
      ({ before, choice: of, exit }) => before === "fresh" && of === choice.id && exit === undefined,
    );
    return recording && !choice.endpoint ? [{ id: choice.id, card, choice, recording }] : [];
  });

  it("is recorded for every choice of a key", () => {
    expect(fresh.length).toBeGreaterThan(50);
  });

  it.each(fresh)("$id: the facts are the card's", ({ card, choice, recording }) => {
    const { configAfter, authAfter, args } = recording;
    const parameters = Object.fromEntries(
      (choice.parameters ?? []).map(({ name, flag }) => [name, args[args.indexOf(flag) + 1] ?? ""]),
    );
    const { profiles = {} } = (authAfter ?? {}) as { profiles?: object };
    const facts = freshFacts(card.id, { config: configAfter as OpenClawConfig, profiles }, parameters);
    const own = { ...chooseFrom(card, choice), ...choice } as { [field: string]: unknown };
    const hand = exceptions.filter(({ choices }) => choices.includes(choice.id)).flatMap(({ fields }) => fields);
    const notHere = ["group", "env", "fill", "id", "flag", "label", "hint", "primary", "keep", "refVariable"];
    const fields = new Set([...harvested.card, ...harvested.choice].filter((field) => !notHere.includes(field)));
    for (const field of hand) fields.delete(field);
    const differ = [...fields].filter((field) => !sameFact(facts[field], own[field], field));
    expect(Object.fromEntries(differ.map((field) => [field, [facts[field], own[field]]]))).toEqual({});
  });
});

describe("a home in use", () => {
  const fresh = {
    baseUrl: "https://api.example/v1",
    api: "openai-completions",
    models: [{ id: "a" }, { id: "b" }],
    defaultModel: "maker/a",
  };
  const written = (block: object, primary = "maker/a", credential: object = {}): object => ({
    config: { models: { providers: { maker: block } }, agents: { defaults: { model: { primary } } } },
    profiles: { "maker:default": credential },
  });
  const address = { baseUrl: fresh.baseUrl, api: fresh.api };
  it.each([
    ["models are added", written({ ...address, models: fresh.models }), { fill: "missing" }],
    ["the default is enough", written({ ...address, models: [{ id: "a" }] }), { fill: "default" }],
    [
      "address and protocol stay",
      written({ baseUrl: "https://own.example/v1", api: "anthropic-messages", models: [{ id: "a" }] }),
      { fill: "default", keep: ["baseUrl", "api"] },
    ],
    [
      "the primary stays",
      written({ ...address, models: [{ id: "a" }] }, "own-provider/own-model"),
      { fill: "default", primary: "unset" },
    ],
    [
      "a reference",
      written({ ...address, models: [{ id: "a" }] }, "maker/a", { keyRef: { id: "MAKER_KEY" } }),
      { fill: "default", refVariable: "MAKER_KEY" },
    ],
  ])("%s", (_what, after, facts) => {
    expect(usedFacts("maker", fresh, after)).toEqual(facts);
  });

  it("one model says nothing about the others", () => {
    const one = { ...fresh, models: [{ id: "a" }] };
    expect(usedFacts("maker", one, written({ ...address, models: [{ id: "a" }] }))).toEqual({});
  });
});

it("reads choices, groups, flags and variables from manifests", () => {
  const choice = { provider: "maker", method: "api-key", choiceId: "maker-key", choiceLabel: "Maker key" };
  const offers = offersOf([
    {
      id: "maker",
      providerAuthEnvVars: { maker: ["MAKER_KEY"] },
      providerAuthChoices: [
        {
          ...choice,
          groupId: "makers",
          groupLabel: "Makers",
          groupHint: "all",
          cliFlag: "--maker-key",
          choiceHint: "x",
        },
        { ...choice, choiceId: "maker-login" },
      ],
    },
    {
      id: "other",
      setup: { providers: [{ id: "other", envVars: ["OTHER_KEY"] }] },
      providerAuthChoices: [{ provider: "other", choiceId: "other-key", choiceLabel: "Other", cliFlag: "--other-key" }],
    },
    { id: "no-provider" },
  ]);
  const [key, login, other] = [...offers.values()];
  expect(key && offeredFacts(key)).toEqual({
    id: "maker-key",
    flag: "--maker-key",
    label: "Maker key",
    hint: "x",
    env: ["MAKER_KEY"],
    group: { id: "makers", label: "Makers", hint: "all" },
  });
  expect(login).toMatchObject({ id: "maker-login", group: { id: "maker", label: "Maker key" } });
  expect(login).not.toHaveProperty("flag");
  expect(other).toMatchObject({ env: ["OTHER_KEY"] });
});
