/**
 * Differences that may show in any recording: what the real one loses or respells, clawform keeps. Each is a rule over
 * (before, real result) that changes nothing where nothing was lost. COMPATIBILITY.md gives each in words, by its id.
 */

import { normalizeProviderId } from "../../src/ids.js";
import { isObject } from "../../src/json.js";
import type { AuthStore, ModelSlot, OpenClawConfig, ProviderBlock } from "../../src/types.js";
import type { Recording } from "./recordings.js";

/** The files as values; an absent file is `{}`. `files`: every other file that matters, by path in the state directory. */
export interface Written {
  config: OpenClawConfig;
  auth: AuthStore;
  files: { [path: string]: unknown };
}

/** Turns the real result into what clawform should have written. `before` is what the files held. */
export type Rule = (expected: Written, before: Written, recording: Recording) => void;

/** Why results differ. */
export interface Difference {
  readonly id: string;
  readonly why: string;
  readonly rule: Rule;
}

/** Where auth-state.json of agent main lies. */
export const statePath = "agents/main/agent/auth-state.json";

/** A block before: under its own id, else under the first spelling of it. */
export function formerBlock({ config }: Written, id: string): ProviderBlock | undefined {
  const blocks = config.models?.providers ?? {};
  return (
    blocks[id] ?? blocks[Object.keys(blocks).find((key) => normalizeProviderId(key) === normalizeProviderId(id)) ?? ""]
  );
}

const eachBlock =
  (rule: (block: ProviderBlock, former: ProviderBlock) => void): Rule =>
  ({ config }, before) => {
    for (const [id, block] of Object.entries(config.models?.providers ?? {})) {
      const former = formerBlock(before, id);
      if (former) rule(block, former);
    }
  };

const hasVariable = (value: unknown): value is string => typeof value === "string" && value.includes("${");

/** In the order they apply. */
export const keptDifferences: readonly Difference[] = [
  {
    id: "D1",
    why: "`models` is rebuilt as mode and providers: pricing and other siblings are lost",
    rule: ({ config }, before) => {
      if (before.config.models) config.models = { ...before.config.models, ...config.models };
    },
  },
  {
    id: "D2",
    why: "a SecretRef as a block's apiKey is dropped",
    rule: eachBlock((block, former) => {
      // A marker says where the key is; a key that is given anew is another matter.
      const marked = block.apiKey === undefined || (typeof block.apiKey === "string" && /^[A-Z_]+$/.test(block.apiKey));
      if (isObject(former.apiKey) && marked) block.apiKey = former.apiKey;
    }),
  },
  {
    id: "D3",
    why: "`${VAR}` with blanks around it, or in a block that moves, is written resolved: secrets become plain text",
    rule: eachBlock((block, former) => {
      if (hasVariable(former.apiKey)) block.apiKey = former.apiKey.trim();
      for (const [name, value] of Object.entries(former.headers ?? {}))
        if (hasVariable(value)) (block.headers ??= {})[name] = value;
    }),
  },
  {
    id: "D4",
    why: "other keys of an object-form `model` are dropped",
    rule: ({ config }, before) => {
      const former = before.config.agents?.defaults?.model;
      const defaults = config.agents?.defaults;
      if (defaults && typeof former === "object") defaults.model = { ...former, ...(defaults.model as ModelSlot) };
    },
  },
  {
    id: "D5",
    why: "a string-form `model` that is the new default already is respelled",
    rule: ({ config }, before) => {
      const former = before.config.agents?.defaults?.model;
      const defaults = config.agents?.defaults;
      if (defaults && typeof former === "string" && (defaults.model as ModelSlot).primary === former)
        defaults.model = former;
    },
  },
  {
    id: "D6",
    why: "`auth.profiles[id]` is replaced whole: email and displayName are lost",
    rule: ({ config }, before) => {
      const profiles = config.auth?.profiles ?? {};
      for (const [id, profile] of Object.entries(profiles))
        profiles[id] = { ...before.config.auth?.profiles?.[id], ...profile };
    },
  },
  {
    id: "D7",
    why: "the credential too is replaced whole: metadata, email and unknown fields are lost",
    rule: ({ auth }, before) => {
      const profiles = auth.profiles ?? {};
      for (const [id, credential] of Object.entries(profiles)) {
        // With a token goes its end.
        const former = before.auth.profiles?.[id] ?? credential;
        const { key: _, keyRef: __, expires: ___, ...details } = former;
        const metadata = { ...details.metadata, ...credential.metadata };
        profiles[id] = { ...details, ...credential, ...(Object.keys(metadata).length > 0 ? { metadata } : {}) };
      }
    },
  },
  {
    id: "D8",
    why: "writing auth-profiles.json drops unknown keys and broken entries, and moves order, lastGood and usageStats away",
    rule: (expected, before) => {
      const { profiles, ...rest } = before.auth;
      expected.auth = { ...rest, ...expected.auth };
      if (profiles) expected.auth.profiles = { ...profiles, ...expected.auth.profiles };
      const state = before.files[statePath];
      if (state === undefined) delete expected.files[statePath];
      else expected.files[statePath] = state;
    },
  },
  {
    id: "D9",
    why: "some choices append their whole list of models, those included whose id is there",
    rule: eachBlock((block, former) => {
      const own = former.models?.length ?? 0;
      if (block.models)
        block.models = block.models.filter(
          ({ id }, index, all) => index < own || all.findIndex((other) => other.id === id) === index,
        );
    }),
  },
];
