/** Facts -> cards: what changed goes where it stood, what a person wrote stays. */

import { describe, expect, it } from "vitest";
import {
  changesOf,
  type CardFile,
  inOrder,
  measuredOf,
  type Measured,
  newCard,
  subjectsOf,
  unplaced,
  updateCard,
} from "./scripts.js";

const card: CardFile = {
  label: "Maker",
  group: { id: "maker", label: "Maker" },
  env: ["MAKER_KEY"],
  baseUrl: "https://api.example/v1",
  fill: "missing",
  models: [
    { id: "a", name: "A", contextWindow: 1000 },
    { id: "b", name: "B" },
  ],
  register: ["maker/a", "maker/b"],
  thinkingDefault: "low",
  choices: [
    { id: "one", flag: "--one", parameters: [{ name: "account" }] },
    { id: "two", flag: "--two", baseUrl: "https://cn.example/v1", refVariable: "TWO" },
  ],
};

const measured = (id: string, facts: object): Measured => ({ id, facts: { ...facts }, fields: Object.keys(facts) });
const after = (...of: Measured[]): CardFile => updateCard(card, of).card;

describe("updateCard", () => {
  it("changes nothing when the facts are the card's, whatever the order of sets", () => {
    const facts = { env: card.env, fill: "missing", models: card["models"], register: ["maker/b", "maker/a"] };
    const of = [
      measured("one", { ...facts, flag: "--one", baseUrl: card["baseUrl"] }),
      measured("two", { ...facts, flag: "--two", baseUrl: "https://cn.example/v1", refVariable: "TWO" }),
    ];
    expect(JSON.stringify(updateCard(card, of))).toBe(JSON.stringify({ card, conflicts: [] }));
  });

  it("a fact that all share changes at the card", () => {
    const { choices, ...rest } = after(measured("one", { env: ["NEW"] }), measured("two", { env: ["NEW"] }));
    expect(rest["env"]).toEqual(["NEW"]);
    expect(choices).toEqual(card.choices);
  });

  it("a fact on which they differ now goes to the choice", () => {
    const changed = after(measured("one", { env: ["MAKER_KEY"] }), measured("two", { env: ["NEW"] }));
    expect([changed.env, changed.choices[0]?.["env"], changed.choices[1]?.["env"]]).toEqual([
      ["MAKER_KEY"],
      undefined,
      ["NEW"],
    ]);
  });

  it("a choice that could not be measured keeps what the card says", () => {
    const changed = after(measured("one", { env: ["NEW"] }));
    expect([changed.env, changed.choices[0]?.["env"]]).toEqual([["MAKER_KEY"], ["NEW"]]);
  });

  it("a choice's own fact changes there", () => {
    const changed = after(
      measured("one", { baseUrl: card["baseUrl"] }),
      measured("two", { baseUrl: "https://new.example" }),
    );
    expect([changed["baseUrl"], changed.choices[1]?.["baseUrl"]]).toEqual([card["baseUrl"], "https://new.example"]);
  });

  it("a fact that is gone is taken out", () => {
    const { card: changed } = updateCard(card, [{ id: "two", facts: {}, fields: ["refVariable"] }]);
    expect(changed.choices[1]).toEqual({ id: "two", flag: "--two", baseUrl: "https://cn.example/v1" });
  });

  it("what was not measured stays, a person's fields first of all", () => {
    const changed = after(measured("one", { flag: "--uno" }), measured("two", {}));
    expect(changed).toEqual({ ...card, choices: [{ ...card.choices[0], flag: "--uno" }, card.choices[1]] });
  });

  it("says where choices differ in what a card has once, and leaves it", () => {
    const { card: changed, conflicts } = updateCard(card, [
      measured("one", { fill: "missing" }),
      measured("two", { fill: "default" }),
    ]);
    expect([conflicts, changed["fill"]]).toEqual([["fill"], "missing"]);
  });

  it("adds a new choice with what differs from the card, and takes out one that is gone", () => {
    const facts = { flag: "--three", env: ["MAKER_KEY"], baseUrl: "https://eu.example/v1" };
    const { card: changed } = updateCard(card, [measured("three", facts)], ["two"]);
    expect(changed.choices).toEqual([
      card.choices[0],
      { id: "three", flag: "--three", baseUrl: "https://eu.example/v1" },
    ]);
    expect(changed["baseUrl"]).toBe(card["baseUrl"]);
  });
});

it("makes a card of a new provider, its fields in the schema's order", () => {
  const facts = {
    id: "new",
    flag: "--new",
    group: { id: "new", label: "New Maker" },
    env: ["NEW"],
    models: [{ id: "m" }],
  };
  const { card: made } = newCard([measured("new", facts)]);
  expect(made).toMatchObject({
    $schema: "../../schemas/card.json",
    label: "New Maker",
    env: ["NEW"],
    fill: "missing",
    models: [{ id: "m" }],
    choices: [{ id: "new", flag: "--new" }],
  });
  const order = { card: ["$schema", "label", "group", "env", "fill", "models", "choices"], choice: ["id", "flag"] };
  expect(Object.keys(inOrder(made, order))).toEqual(order.card);
});

describe("changesOf", () => {
  it.each([
    ["nothing", {}, []],
    [
      "a model's limit",
      {
        models: [
          { id: "a", name: "A", contextWindow: 2000 },
          { id: "b", name: "B" },
        ],
      },
      ["models ~a (contextWindow 1000 -> 2000)"],
    ],
    ["models", { models: [{ id: "a", name: "A", contextWindow: 1000 }, { id: "c" }] }, ["models +c -b"]],
    [
      "their order",
      {
        models: [
          { id: "b", name: "B" },
          { id: "a", name: "A", contextWindow: 1000 },
        ],
      },
      ["models in another order"],
    ],
    ["an address", { baseUrl: "https://new.example" }, ["baseUrl https://api.example/v1 -> https://new.example"]],
    ["variables", { env: ["NEW", "MAKER_KEY"] }, ["env +NEW"]],
    ["a group", { group: { id: "maker", label: "Makers" } }, ["group ~label (Maker -> Makers)"]],
    ["a first alias", { aliases: { "maker/a": "A" } }, ["aliases +maker/a"]],
  ])("%s", (_what, change, lines) => {
    expect(changesOf(card, { ...card, ...change })).toEqual(lines);
  });

  it("choices", () => {
    const [one, two] = card.choices;
    const choices = [{ ...one, flag: "--uno" } as (typeof card.choices)[number], { id: "three" }];
    expect(changesOf(card, { ...card, choices })).toEqual([
      "one: flag --one -> --uno",
      `choice ${two?.id} is gone`,
      "new choice three",
    ]);
  });
});

describe("which choices", () => {
  const offer = (id: string, flag?: string): [string, never] => [
    id,
    {
      id,
      provider: "maker",
      label: id,
      group: { id: "maker", label: "Maker" },
      env: ["X"],
      ...(flag ? { flag } : {}),
    } as never,
  ];
  const cards = new Map([["maker", { ...card, choices: [...card.choices, { id: "old", otherIds: ["older"] }] }]]);

  it("are run: those of the cards that are offered, and new ones that take a key", () => {
    const offers = new Map([offer("two"), offer("three", "--three"), offer("login")]);
    expect(subjectsOf(cards, offers).map(({ card: of, choice, env }) => [of, choice["id"], env])).toEqual([
      ["maker", "two", ["MAKER_KEY"]],
      ["maker", "three", ["X"]],
    ]);
  });

  it("are known by the manifest's word and by what a run could show, but for what is written by hand", () => {
    const offered = { id: "one", flag: "--one", label: "One" };
    const ran = {
      facts: { plugin: "p", label: "not from a run", env: ["RUN"] },
      fields: ["plugin", "env", "label", "models"],
    };
    expect(measuredOf({ id: "one" }, offered, ran, [])).toEqual({
      id: "one",
      facts: { plugin: "p", env: ["RUN"], ...offered },
      fields: ["id", "flag", "label", "hint", "plugin", "models"],
    });
    expect(measuredOf({ id: "one" }, offered, ran, ["plugin", "flag"]).fields).toEqual([
      "id",
      "label",
      "hint",
      "models",
    ]);
    const server = { id: "one", endpoint: {} };
    expect(measuredOf(server, offered, { facts: {}, fields: [] }, []).fields).toEqual(["id", "label", "hint"]);
  });

  it("a person has to place: logins that nobody knows, and known ones that are gone", () => {
    const help = "  --auth-choice <choice>   Auth: skip|token|one|older|built-in|known\n  --json";
    const elsewhere = [
      { id: "known", why: "login" },
      { id: "lost", why: "login" },
      { id: "dead", why: "gone" },
    ];
    const lines = unplaced(help, new Map([offer("two"), offer("three", "--three"), offer("login")]), cards, elsewhere);
    expect(lines.map((line) => line.split(":")[0])).toEqual(["login", "built-in", "lost"]);
  });
});
