/** The real program reads what clawform wrote: the file is valid, every credential is found, every default model resolves. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { slotModels } from "../../src/core/model-slot.js";
import type { AuthStore, OpenClawConfig } from "../../src/types.js";
import { config, type Home, homeAt, store } from "../cli/harness.js";
import { shuffled } from "./cases.js";
import { isLong, missing, program, seed, until } from "./conformance.js";
import { type Answer, ask } from "./program.js";
import { ahead } from "./real.js";
import { type Subject, subjects } from "./subjects.js";

const commands = ["config validate --json", "models status --json", "models list --json"] as const;

/** At most so many providers in a home: the time that the real one takes grows with them. */
const perHome = 8;

/** All choices, each home without two of the same provider; of the sample one home, another one every day. */
const homes = (isLong ? subjects : shuffled(subjects, seed)).reduce<Subject[][]>((all, subject) => {
  const free = all.find((home) => home.length < perHome && !home.some(({ id }) => id === subject.id));
  if (free) free.push(subject);
  else if (isLong || all.length === 0) all.push([subject]);
  return all;
}, []);

/**
 * Providers that the real program finds no credential for after its own onboarding either: `arceeai-openrouter` stores the key
 * for OpenRouter alone and makes a model of arcee the default.
 */
const withoutCredential = (of: readonly Subject[]): string[] =>
  of
    .filter(({ id, choice: { profiles } }) => profiles.length > 0 && profiles.every(({ provider }) => provider !== id))
    .map(({ id }) => id);

/** A home in which all these choices were set up one after the other, the earlier default models its fallbacks. */
async function setUp(home: Home, of: readonly Subject[]): Promise<void> {
  const refs = new Set<string>();
  for (const { choice, args } of of) {
    const { code, err } = await home.run(["onboard", "--auth-choice", choice.id, ...args, "--yes"]);
    expect([choice.id, code, err]).toEqual([choice.id, 0, ""]);
    refs.add(primaryOf(home));
  }
  // Some choices set no model.
  for (const none of ["", primaryOf(home)]) refs.delete(none);
  home.write("setup.json5", JSON.stringify({ model: { fallbacks: [...refs] } }));
  const { code, err } = await home.run(["apply", home.path("setup.json5"), "--yes"]);
  expect([code, err]).toEqual([0, ""]);
}

const configOf = (home: Home): OpenClawConfig => JSON.parse(home.read(config)) as OpenClawConfig;
const slotOf = (home: Home): ReturnType<typeof slotModels> => slotModels(configOf(home).agents?.defaults?.model);
const primaryOf = (home: Home): string => slotOf(home).primary ?? "";

interface Status {
  readonly defaultModel: string;
  readonly fallbacks: readonly string[];
  readonly auth: {
    readonly missingProvidersInUse: readonly string[];
    readonly unusableProfiles: readonly unknown[];
    readonly providers: readonly { readonly profiles: { readonly labels: readonly string[] } }[];
  };
}

interface Listed {
  readonly key: string;
  readonly name: string;
  readonly contextWindow: number;
  readonly available: boolean;
  readonly missing: boolean;
  readonly tags: readonly string[];
}

const readers: {
  readonly [command in (typeof commands)[number]]: (answer: Answer, home: Home, of: readonly Subject[]) => void;
} = {
  "config validate --json": ({ out }) => expect(JSON.parse(out)).toMatchObject({ valid: true }),
  "models status --json": ({ out }, home, of) => {
    const { defaultModel, fallbacks, auth } = JSON.parse(out) as Status;
    expect({ primary: defaultModel, fallbacks }).toEqual(slotOf(home));
    expect([auth.missingProvidersInUse, auth.unusableProfiles]).toEqual([withoutCredential(of), []]);
    const found = auth.providers.flatMap(({ profiles }) => profiles.labels.map((label) => label.split("=")[0]));
    const stored = Object.keys((JSON.parse(home.read(store)) as AuthStore).profiles ?? {});
    expect(new Set(found)).toEqual(new Set(stored));
  },
  "models list --json": ({ out }, home, of) => {
    const { models } = JSON.parse(out) as { models: readonly Listed[] };
    const { primary = "", fallbacks } = slotOf(home);
    const tagged = [["default", primary], ...fallbacks.map((ref, index) => [`fallback#${index + 1}`, ref])] as const;
    for (const [tag = "", ref = ""] of tagged) {
      const model = models.find(({ key }) => key === ref);
      const available = !withoutCredential(of).some((id) => ref.startsWith(`${id}/`));
      expect(model, ref).toMatchObject({ available, missing: false, tags: expect.arrayContaining([tag]) });
      // A reference that resolves to nothing is listed under its own id with 200,000 tokens.
      const defined = definitionOf(home, ref);
      if (defined) expect(model, ref).toMatchObject(defined);
    }
  },
};

function definitionOf(home: Home, ref: string): { name?: string; contextWindow?: number } | undefined {
  const blocks = Object.entries(configOf(home).models?.providers ?? {});
  const found = blocks.flatMap(([id, { models = [] }]) => models.filter((model) => `${id}/${model.id}` === ref))[0];
  if (!found) return undefined;
  const { name, contextWindow } = found;
  return {
    ...(typeof name === "string" ? { name } : {}),
    ...(typeof contextWindow === "number" ? { contextWindow } : {}),
  };
}

for (const [index, of] of homes.entries()) {
  const name = `home ${index + 1}`;
  describe(`${name}: ${of.map(({ choice }) => choice.id).join(", ")}`, () => {
    const home = homeAt(mkdtempSync(join(tmpdir(), "clawform-read-")));
    let answers: Promise<Answer | null>[] = [];
    beforeAll(async () => {
      const real = program;
      if (!real) return;
      await setUp(home, of);
      answers = ahead(
        commands.map(
          (command) => () => ask(real, home.dir, command.split(" "), { limitMs: isLong ? 500_000 : 60_000 }),
        ),
        until(200_000),
      );
    });
    afterAll(() => rmSync(home.dir, { recursive: true, force: true }));

    for (const [at, command] of commands.entries()) {
      it(`${name}, ${of.length} providers: ${command}`, async ({ skip }) => {
        const answer = (await (answers[at] ?? skip(missing))) ?? skip("no time left");
        if (answer.late) skip("it took too long");
        expect([answer.code, answer.err]).toEqual([0, ""]);
        readers[command](answer, home, of);
      });
    }
  });
}
