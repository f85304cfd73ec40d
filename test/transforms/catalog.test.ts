import { readFileSync, readdirSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { normalizeProviderId, splitModelRef, unsafeKeys } from "../../src/ids.js";
import type {
  Card,
  CardChoice,
  CardParameter,
  ElsewhereChoice,
  ModelDefinition,
  OpenClawConfig,
} from "../../src/types.js";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const catalog = "transforms/catalog";
const cards: readonly Card[] = readdirSync(new URL(`../../${catalog}`, import.meta.url))
  .filter((file) => !file.startsWith("_"))
  .map((file) => ({
    ...(JSON.parse(read(`${catalog}/${file}`)) as Omit<Card, "id">),
    id: file.replace(/\.json$/, ""),
  }));
const choices: readonly { card: Card; choice: CardChoice }[] = cards.flatMap((card) =>
  card.choices.map((choice) => ({ card, choice })),
);
/** The facts of a choice: its own first, then the card's. */
const facts = (card: Card, choice?: CardChoice): Omit<Card, "id" | "choices"> & Partial<CardChoice> => ({
  ...card,
  ...choice,
});
const variants = cards.flatMap((card) =>
  (card.choices.length === 0 ? [undefined] : card.choices).map((choice) => ({
    name: choice === undefined ? card.id : `${card.id} by ${choice.id}`,
    card,
    ...facts(card, choice),
  })),
);
/** A catalog writes some models' ids as whole references (`nvidia/…` inside the block of nvidia). */
const inBlock = (models: readonly ModelDefinition[], ref: string): boolean =>
  models.some(({ id }) => id === ref || id === splitModelRef(ref)?.model);
const duplicates = (values: readonly string[]): string[] => values.filter((value, at) => values.indexOf(value) !== at);

const validate = new Ajv({ strict: true, allErrors: true }).compile(JSON.parse(read("schemas/card.json")) as object);

const elsewhere = (JSON.parse(read(`${catalog}/_elsewhere.json`)) as { choices: readonly ElsewhereChoice[] }).choices;
/** Choices beside the recorded list of key choices: tokens and servers of the user's own. */
const beside: readonly string[] = ["setup-token", "custom-api-key", "vllm", "sglang", "ollama", "lmstudio"];
/** Choices that write something else on a fresh home than their card says by itself; test/oracle has them. */
const special: readonly string[] = [...beside, "alibaba-model-studio-api-key", "runway-api-key"];

describe("cards", () => {
  it.each(cards)("$id matches schemas/card.json", ({ id, ...card }) => {
    expect(validate(card), JSON.stringify(validate.errors)).toBe(true);
    expect(card).toHaveProperty("$schema", "../../schemas/card.json");
    expect(card).not.toHaveProperty("id");
    expect(normalizeProviderId(id), "only kimi-code stands under a spelling of another provider").toBe(
      id === "kimi-code" ? "kimi" : id,
    );
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(unsafeKeys.has(id)).toBe(false);
  });

  it("choice ids are unique over all cards", () => {
    expect(choices.length).toBeGreaterThan(0);
    const ids = choices.flatMap(({ choice }) => [choice.id, ...(choice.otherIds ?? [])]);
    expect(duplicates([...ids, ...elsewhere.map(({ id }) => id)])).toEqual([]);
  });

  it("what is done elsewhere fits its schema, and names no choice that is not there", () => {
    const file = JSON.parse(read(`${catalog}/_elsewhere.json`)) as object;
    const check = new Ajv({ strict: true, allErrors: true }).compile(
      JSON.parse(read("schemas/elsewhere.json")) as object,
    );
    expect(check(file), JSON.stringify(check.errors)).toBe(true);
    const known = choices.map(({ choice }) => choice.id);
    for (const { instead } of elsewhere)
      for (const [, id] of instead.matchAll(/--auth-choice ([\w-]+)/g)) expect(known, instead).toContain(id);
  });

  it("every choice that the release's help names is on a card or done elsewhere", () => {
    const named = read("test/fixtures/oracle/auth-choices-2026.5.6.txt").trim().split("\n");
    const known = new Set([...choices.map(({ choice }) => choice.id), ...elsewhere.map(({ id }) => id)]);
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });

  it("a flag shared by two providers is one of those that OpenClaw shares", () => {
    const owners = new Map<string, Set<string>>();
    for (const { card, choice } of choices) {
      owners.set(choice.flag, (owners.get(choice.flag) ?? new Set()).add(card.id));
    }
    const shared = [...owners].filter(([, ids]) => ids.size > 1).map(([flag]) => flag);
    expect(shared.toSorted()).toEqual(["--custom-api-key", "--openrouter-api-key", "--stepfun-api-key"]);
  });

  it("groups of one id have one label and one hint", () => {
    const groups = new Map<string, Card["group"]>();
    for (const { group } of cards) {
      expect(group).toEqual(groups.get(group.id) ?? group);
      groups.set(group.id, group);
    }
  });
});

describe("what a choice writes", () => {
  it.each(variants)("$name: models have unique ids and the default is one of them", ({ models, defaultModel }) => {
    expect(duplicates((models ?? []).map(({ id }) => id))).toEqual([]);
    // A provider without models of its own takes them from OpenClaw's plugin at run time.
    if (models && defaultModel !== undefined) expect(inBlock(models, defaultModel)).toBe(true);
  });

  it.each(variants)(
    "$name: references are whole and nothing is registered twice",
    ({ name, aliases, register, ...card }) => {
      const refs = [...Object.keys(aliases ?? {}), ...(register ?? [])];
      expect(
        duplicates([...refs, ...(register?.includes(card.defaultModel ?? "") ? [card.defaultModel ?? ""] : [])]),
      ).toEqual([]);
      // OpenClaw's own Chutes preset puts short names where references stand; the card says what it does.
      const plain = refs.filter((ref) => splitModelRef(ref) === null);
      expect(plain).toEqual(name.startsWith("chutes ") ? ["chutes-fast", "chutes-vision", "chutes-pro"] : []);
    },
  );

  it.each(choices.map(({ card, choice }) => ({ id: choice.id, card, choice })))(
    "$id: flags and profiles",
    ({ card, choice }) => {
      const { profiles, parameters = [] } = choice;
      const flags = [choice.flag, ...parameters.map(({ flag }: CardParameter) => flag)];
      for (const flag of flags) expect(flag).toMatch(/^--[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(duplicates(flags)).toEqual([]);
      for (const { id, provider } of profiles) expect(id).toMatch(new RegExp(`^${provider}:[a-z0-9-]+$`));
      expect(duplicates(profiles.map(({ id }) => id))).toEqual([]);
      // The key of Arcee through OpenRouter is OpenRouter's.
      const own = choice.id === "arceeai-openrouter" ? "openrouter" : card.id;
      expect(profiles[0]?.provider).toBe(choice.endpoint?.rule === "custom" ? undefined : own);
    },
  );

  it.each(variants)(
    "$name: the address has a place for every parameter and for nothing else",
    ({ baseUrl, parameters }) => {
      const places = [...(baseUrl ?? "").matchAll(/\{(.*?)\}/g)].map(([, place]) => place);
      expect(places).toEqual((parameters ?? []).map(({ name }) => name));
      expect(baseUrl === undefined || URL.canParse(baseUrl.replaceAll(/[{}]/g, ""))).toBe(true);
    },
  );
});

describe("recorded choices of OpenClaw 2026.5.6", () => {
  const recorded = read("test/fixtures/oracle/choices-2026.5.6.txt")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split("\t") as [string, string, string]);
  it("every choice of a card is recorded, and every recorded one is in a card", () => {
    const known = [...recorded.map(([id]) => id), ...beside];
    expect(choices.map(({ choice }) => choice.id).toSorted()).toEqual(known.toSorted());
  });

  it.each(recorded)("%s: flags and variables in their order", (id, flags, variables) => {
    const { card, choice } = choices.find((entry) => entry.choice.id === id) ?? expect.fail(`no card has ${id}`);
    expect([choice.flag, ...(choice.parameters ?? []).map(({ flag }) => flag)].join(" ")).toBe(flags);
    // Arcee through OpenRouter reads OpenRouter's variable too, measured: recording `env-key-openrouter`.
    const more = id === "arceeai-openrouter" ? ",OPENROUTER_API_KEY" : "";
    expect((choice.env ?? card.env).join(",")).toBe(variables + more);
  });
});

describe("recorded on fresh homes", () => {
  interface Recording {
    readonly before: string;
    readonly choice: string;
    readonly configAfter: OpenClawConfig;
  }
  const recordings = ["onboard", "recorded", "own"]
    .flatMap((name) => JSON.parse(read(`test/fixtures/oracle/${name}-2026.5.6.json`)) as Recording[])
    .filter(
      ({ before, choice }) =>
        before === "fresh" && !special.includes(choice) && choices.some((one) => one.choice.id === choice),
    );

  it.each(recordings)("$choice: the card says what was written", ({ choice: id, configAfter }) => {
    const { card, choice } = choices.find((entry) => entry.choice.id === id) ?? expect.fail(`no card has ${id}`);
    const { plugin, baseUrl, api, authHeader, models, aliases, register, defaultModel, imageModel } = facts(
      card,
      choice,
    );
    const given: { [name: string]: string } = { accountId: "acct123", gatewayId: "gw456" };
    const address = baseUrl?.replaceAll(/\{(.*?)\}/g, (_, name: string) => given[name] ?? "");
    const block = { baseUrl: address, api, models, ...(authHeader === undefined ? {} : { authHeader }) };
    const entries = [...(register ?? []), ...(defaultModel === undefined ? [] : [defaultModel])].map((ref) => [
      ref,
      {},
    ]);
    const named = Object.entries(aliases ?? {}).map(([ref, alias]) => [ref, { alias }]);
    const defaults = {
      model: { primary: defaultModel },
      models: Object.fromEntries([...entries, ...named]) as unknown,
      ...(imageModel === undefined ? {} : { imageGenerationModel: { primary: imageModel } }),
    };
    expect(configAfter).toEqual({
      plugins: { entries: { [plugin ?? ""]: { enabled: true } } },
      auth: {
        profiles: Object.fromEntries(
          choice.profiles.map((p) => [p.id, { provider: p.provider, mode: choice.credential ?? "api_key" }]),
        ),
      },
      ...(defaultModel === undefined ? {} : { agents: { defaults } }),
      ...(models === undefined ? {} : { models: { mode: "merge", providers: { [card.id]: block } } }),
    });
  });
});
