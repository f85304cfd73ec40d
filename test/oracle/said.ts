/** What the program has to say about a recording beside its diff, and what it must never say. */

import { normalizeProviderId } from "../../src/ids.js";
import { deepEqual } from "../../src/json.js";
import type { ModelSlot, OpenClawConfig } from "../../src/types.js";
import type { Expected } from "./expected.js";
import { nameOf, type Recording } from "./recordings.js";

const particular: { readonly [recording: string]: string } = {
  "odd-key kilocode-api-key": "warning key-cleaned",
  "export-key kilocode-api-key": "warning key-cleaned",
  "own-address-blank zai-api-key": "warning invalid-value /models/providers/zai/baseUrl",
  "own-address-blank litellm-api-key": "warning invalid-value /models/providers/litellm/baseUrl",
  "store-unknown kilocode-api-key": "warning invalid-value /profiles/bad/type",
  "no-name-model kilocode-api-key": "warning missing-key /models/providers/kilocode/models/0",
  // Its provider blocks are in the included file; the list that begins will stand in the root, which has no agents yet.
  "include-models kilocode-api-key": "warning model-list-begins",
  "odd-key custom-api-key": "warning key-cleaned",
  "export-key custom-api-key": "warning key-cleaned",
  "odd-key vllm": "warning key-cleaned",
  "odd-key sglang": "warning key-cleaned",
  "wrapped setup-token": "warning key-cleaned",
  "there-elsewhere custom-api-key": "warning provider-renamed",
  "there-elsewhere-twice custom-api-key": "warning provider-renamed",
  "there-slash custom-api-key": "warning provider-renamed",
  "url ftp://h.example/x custom-api-key": "warning base-url",
  "there-spelling-own custom-api-key": "warning provider-renamed",
  "include custom-api-key": "warning small-context",
  "several-flags kilocode-api-key": "warning unused-flag",
};

/** Severity, code and pointer of every problem, sorted. */
export function problemsOf(recording: Recording, { before, written }: Expected): string[] {
  const named = particular[nameOf(recording)];
  return [
    ...spellings(before, written),
    ...aliases(before, written),
    ...formerPrimary(before, written),
    ...ownModels(before, written),
    ...modelList(before, written),
    ...assumed(recording, written),
    ...(named === undefined ? [] : named.split(", ")),
  ].sort();
}

type Files = Pick<Expected, "before" | "written">;
type Before = Files["before"];

/** What nobody asked a server of the user's own about: the default model's limits. */
function assumed({ choice }: Recording, { config }: Before): string[] {
  const slot = config.agents?.defaults?.model;
  const primary = typeof slot === "object" ? (slot.primary ?? "") : (slot ?? "");
  if (new Set(["vllm", "sglang", "ollama", "lmstudio"]).has(choice)) return ["warning limits-assumed"];
  const models = Object.entries(config.models?.providers ?? {}).flatMap(([id, block]) =>
    (block.models ?? []).filter((model) => primary === `${id}/${model.id}` || primary === model.id),
  );
  return choice === "custom-api-key" && models[0]?.contextWindow === 4000 ? ["warning small-context"] : [];
}

/** Blocks of several spellings, where the choice writes one. */
function spellings({ config }: Before, written: Before): string[] {
  const blocks = config.models?.providers ?? {};
  const touched = Object.entries(written.config.models?.providers ?? {}).filter(
    ([id, block]) => !deepEqual(block, blocks[id]),
  );
  const several = touched.filter(
    ([id]) => Object.keys(blocks).filter((key) => normalizeProviderId(key) === normalizeProviderId(id)).length > 1,
  );
  return several.map(() => "warning provider-spellings /models/providers");
}

/** A new alias that other models bear. */
function aliases({ config }: Before, written: Before): string[] {
  const entries = config.agents?.defaults?.models ?? {};
  const added = Object.entries(written.config.agents?.defaults?.models ?? {}).filter(
    ([ref, { alias }]) => alias !== undefined && entries[ref]?.alias === undefined,
  );
  return added.flatMap(([ref, { alias }]) =>
    Object.entries(entries)
      .filter(([other, entry]) => other !== ref && entry.alias?.toLowerCase() === alias?.toLowerCase())
      .map(
        ([other]) =>
          `warning alias-taken /agents/defaults/models/${other.replaceAll("~", "~0").replaceAll("/", "~1")}/alias`,
      ),
  );
}

/** A default model that is not the default any more. */
function formerPrimary(before: Before, written: Before): string[] {
  const { config } = before;
  const primary = (slot: string | ModelSlot | undefined): string =>
    (typeof slot === "object" ? (slot.primary ?? "") : (slot ?? "")).trim();
  // What an include gives is the configuration's too (`include-root`).
  const base = (before.files["base.json5"] ?? {}) as OpenClawConfig;
  const former = primary(config.agents?.defaults?.model ?? base.agents?.defaults?.model);
  return former === "" || former === primary(written.config.agents?.defaults?.model)
    ? []
    : ["info primary-replaced /agents/defaults/model"];
}

/** Agents that name a model themselves, where the default model is a new one. */
function ownModels({ config }: Before, written: Before): string[] {
  if (deepEqual(config.agents?.defaults?.model, written.config.agents?.defaults?.model)) return [];
  const list = written.config.agents?.list ?? [];
  const own = list.filter(({ model }) => model !== undefined);
  const byDefault = list.find((agent) => agent["default"] === true) ?? list[0];
  return [
    ...own
      .filter((agent) => agent === byDefault)
      .map((agent) => `warning agent-own-model /agents/list/${list.indexOf(agent)}/model`),
    ...(own.some((agent) => agent !== byDefault) ? ["info agents-own-models /agents/list"] : []),
  ];
}

/** The first entry of the models that can be picked, where the file defines others. */
function modelList({ config }: Before, written: Before): string[] {
  const listed = Object.keys(written.config.agents?.defaults?.models ?? {});
  if (listed.length === 0 || Object.keys(config.agents?.defaults?.models ?? {}).length > 0) return [];
  const slot = written.config.agents?.defaults?.model as ModelSlot | undefined;
  const allowed = [...listed, ...(slot?.fallbacks ?? []), slot?.primary];
  const defined = Object.entries(config.models?.providers ?? {}).flatMap(([id, { models = [] }]) =>
    models.map((model) => `${normalizeProviderId(id)}/${model.id}`),
  );
  return defined.every((ref) => allowed.includes(ref)) ? [] : ["warning model-list-begins /agents/defaults/models"];
}

const secretNames = new Set(["key", "token", "access", "refresh", "apiKey"]);
const notSecret = /^[A-Z][A-Z0-9_]*$|\$\{|^minimax$|^export$|^(?:ollama|lmstudio|custom)-local$/;

/** True for flags that carry a key or a token. */
export function isKeyFlag(flag: string): boolean {
  return /-api-key$|token$/.test(flag);
}

/** Every key of a recording: typed, in the environment, in any file before or after. */
export function keysOf(recording: Recording): string[] {
  const found = new Set<string>();
  const take = (value: unknown): void => {
    // A key is cut where nothing prints: its pieces are as secret as the whole.
    for (const piece of String(value).split(/[\s"';=]+/))
      if (piece.length > 4 && !notSecret.test(piece)) found.add(piece);
  };
  const walk = (value: unknown, name: string): void => {
    if (typeof value === "object" && value !== null)
      for (const [key, member] of Object.entries(value)) walk(member, key);
    else if (typeof value === "string" && (secretNames.has(name) || /(KEY|TOKEN)$/.test(name))) take(value);
  };
  const { args, env, configBefore, files } = recording;
  for (const [index, flag] of args.entries()) if (isKeyFlag(flag)) take(args[index + 1] ?? "");
  walk([env, recording.authBefore, recording.authAfter, recording.configAfter, recording.filesAfter, files], "");
  for (const text of [configBefore ?? "", JSON.stringify(files ?? {})])
    for (const [key] of text.matchAll(/\b(?:sk|tok)-[\w-]+/g)) take(key);
  return [...found];
}
