/** Other parts OpenClaw 2026.5.6 refuses (measured), and what the schema finds in them. */

import type { Case } from "./compile.js";
import { defaults, profile, tts } from "./openclaw-documents.js";

/** OpenClaw refuses them, and so does the schema: agents, auth, plugins, variables, speech. */
export const invalidElsewhere: Case[] = [
  ["a number as slot", defaults({ model: 5 }), "/agents/defaults/model type"],
  [
    "unknown key of a slot",
    defaults({ model: { primary: "x", foo: 1 } }),
    "/agents/defaults/model additionalProperties(foo)",
  ],
  [
    "fallbacks as text",
    defaults({ model: { primary: "a/b", fallbacks: "c/d" } }),
    "/agents/defaults/model/fallbacks type",
  ],
  [
    "no time at all",
    defaults({ imageGenerationModel: { timeoutMs: 0 } }),
    "/agents/defaults/imageGenerationModel/timeoutMs exclusiveMinimum",
  ],
  ["a null model entry", defaults({ models: { "a/b": null } }), "/agents/defaults/models/a~1b type"],
  [
    "unknown key of a model entry",
    defaults({ models: { "a/b": { temperature: 1 } } }),
    "/agents/defaults/models/a~1b additionalProperties(temperature)",
  ],
  ["unknown thinking level", defaults({ thinkingDefault: "ultra" }), "/agents/defaults/thinkingDefault enum"],
  ["agents by id", { agents: { list: { a: {} } } }, "/agents/list type"],
  [
    "an agent without id, a null one",
    { agents: { list: [{ name: "a" }, null] } },
    "/agents/list/0 required(id)",
    "/agents/list/1 type",
  ],
  ["model settings of one agent", { agents: { list: [{ id: "a", models: {} }] } }, "/agents/list/0/models not"],
  [
    "an agent directory that is no text",
    { agents: { list: [{ id: 1, agentDir: 1 }] } },
    "/agents/list/0/agentDir type",
    "/agents/list/0/id type",
  ],
  ["unknown key of auth", { auth: { foo: 1 } }, "/auth additionalProperties(foo)"],
  ["a key in a profile", profile({ key: "test-key-1" }), "/auth/profiles/p:default additionalProperties(key)"],
  [
    "a profile without mode, a null one",
    { auth: { profiles: { a: { provider: "x" }, b: null } } },
    "/auth/profiles/a required(mode)",
    "/auth/profiles/b type",
  ],
  ["unknown mode of a profile", profile({ mode: "aws" }), "/auth/profiles/p:default/mode enum"],
  ["an order that is no list", { auth: { order: { x: "a", y: [1] } } }, "/auth/order/x type", "/auth/order/y/0 type"],
  ["unknown key of plugins", { plugins: { foo: 1 } }, "/plugins additionalProperties(foo)"],
  [
    "an allow-list that is no list",
    { plugins: { allow: "x", enabled: "yes" } },
    "/plugins/allow type",
    "/plugins/enabled type",
  ],
  ["a null plugin entry", { plugins: { entries: { x: null } } }, "/plugins/entries/x type"],
  [
    "a plugin entry",
    { plugins: { entries: { x: { enabled: "yes", y: 1 } } } },
    "/plugins/entries/x additionalProperties(y)",
    "/plugins/entries/x/enabled type",
  ],
  ["a number as variable", { env: { A: 1, vars: { B: 2 } } }, "/env/A type", "/env/vars/B type"],
  ["a negative timeout", { env: { shellEnv: { timeoutMs: -1 } } }, "/env/shellEnv/timeoutMs minimum"],
  ["speech settings at their old place", tts({ edge: {} }), "/messages/tts additionalProperties(edge)"],
  [
    "speech",
    tts({ auto: "sometimes", provider: "", timeoutMs: 999 }),
    "/messages/tts/auto enum",
    "/messages/tts/provider minLength",
    "/messages/tts/timeoutMs minimum",
  ],
  [
    "an unfinished reference for speech",
    tts({ providers: { openrouter: { apiKey: { source: "env" } } } }),
    "/messages/tts/providers/openrouter/apiKey required(id)",
    "/messages/tts/providers/openrouter/apiKey required(provider)",
  ],
  [
    "a speech provider that is no object",
    tts({ providers: { openrouter: "x" } }),
    "/messages/tts/providers/openrouter type",
  ],
  [
    "a profile without provider",
    { auth: { profiles: { a: { mode: "token" } } } },
    "/auth/profiles/a required(provider)",
  ],
  ["a timeout beyond counting", defaults({ model: { timeoutMs: 1e300 } }), "/agents/defaults/model/timeoutMs maximum"],
  ["unknown discovery", { plugins: { bundledDiscovery: "all" } }, "/plugins/bundledDiscovery enum"],
  [
    "the login shell",
    { env: { shellEnv: { shell: "sh", timeoutMs: 1e300 } } },
    "/env/shellEnv additionalProperties(shell)",
    "/env/shellEnv/timeoutMs maximum",
  ],
  [
    "speech limits",
    tts({ mode: "some", maxTextLength: 0, timeoutMs: 120001 }),
    "/messages/tts/maxTextLength minimum",
    "/messages/tts/mode enum",
    "/messages/tts/timeoutMs maximum",
  ],
  ["speech beyond counting", tts({ maxTextLength: 1e300 }), "/messages/tts/maxTextLength maximum"],
];
