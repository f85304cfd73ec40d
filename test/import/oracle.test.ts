/** What the real program wrote, imported: planning the result changes nothing, and on an empty home it makes the same. */

import { describe, expect, test } from "vitest";
import { normalizeProviderId } from "../../src/ids.js";
import { importFrom, type ImportResult, type ImportWish } from "../../src/importing.js";
import { plan } from "../../src/index.js";
import { memoryGround } from "../../src/memory.js";
import type { MemoryDocuments } from "../../src/memory.js";
import type { AuthStore, OpenClawConfig, Plan } from "../../src/types.js";
import { recordings } from "../oracle/recordings.js";
import { keysOf } from "../oracle/said.js";

const surroundings = { env: {}, osHome: "/home/nobody", cwd: "/", readInput: () => "" };

type State = MemoryDocuments & { readonly config: OpenClawConfig };

const imported = (on: State, wish: ImportWish = {}): ImportResult => importFrom(memoryGround(on), surroundings, wish);
const planned = (text: string, on: State): Plan => plan(text, { on, env: {} });

const states = new Map<string, { state: State; keys: string[]; fresh: boolean }>();
for (const recording of recordings) {
  const { configAfter, authAfter, before } = recording;
  // The files they name are not there.
  if (JSON.stringify(configAfter).includes("$include")) continue;
  const state: State = {
    config: (configAfter ?? {}) as OpenClawConfig,
    ...(authAfter ? { auth: authAfter as AuthStore } : {}),
  };
  const name = `${before} ${recording.choice} ${JSON.stringify(state)}`;
  states.set(name, { state, keys: keysOf(recording), fresh: before === "fresh" });
}
const rows = [...states].map(([name, { state, keys, fresh }]) => [name.slice(0, 60), state, keys, fresh] as const);

test("there are hundreds", () => {
  expect(rows.length).toBeGreaterThan(150);
});

describe.each([{}, { includeSecrets: true }])("%j", (wish) => {
  test.each(rows)("%s", (_, state, keys) => {
    const { text, setup } = imported(state, wish);
    const { changes, problems } = planned(text, state);
    expect(changes).toEqual([]);
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    if (!wish.includeSecrets) for (const key of keys) expect(text).not.toContain(key);
    const { models } = state.config as { models?: { providers?: Record<string, { apiKey?: unknown }> } };
    const isPadded = (key: unknown): boolean => typeof key === "string" && key !== key.trim();
    const ids = Object.keys(models?.providers ?? {}).map(normalizeProviderId);
    // Two spellings of one provider cannot both be declared.
    const isAlone = (id: string): boolean =>
      ids.indexOf(normalizeProviderId(id)) === ids.lastIndexOf(normalizeProviderId(id));
    const blocks = Object.entries(models?.providers ?? {}).filter(
      ([id, { apiKey }]) => !isPadded(apiKey) && isAlone(id),
    );
    expect(Object.keys(setup.providers ?? {}), text).toEqual(expect.arrayContaining(blocks.map(([id]) => id)));
  });
});

describe("on an empty home, with the keys, it makes what is there", () => {
  const repeatable = rows.filter(([, { config, auth }, , fresh]) => {
    const profiles = Object.values((auth as AuthStore | undefined)?.profiles ?? {});
    const blocks = Object.values(config.models?.providers ?? {});
    // A setup has no word for a key in a block.
    return fresh && profiles.length > 0 && blocks.every(({ apiKey }) => apiKey === undefined);
  });
  test("there are dozens", () => {
    expect(repeatable.length).toBeGreaterThan(40);
  });
  test.each(repeatable)("%s", (_, state) => {
    const { text } = imported(state, { includeSecrets: true });
    const { changes } = planned(text, { config: {} });
    const after = Object.fromEntries(
      changes.map(({ document, after: written }) => [document.kind, JSON.parse(written?.text ?? "null") as unknown]),
    );
    expect(after, text).toEqual({ config: state.config, auth: state.auth });
  });
});
