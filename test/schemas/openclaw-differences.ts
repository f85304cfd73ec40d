/** Where the schema and OpenClaw 2026.5.6 (measured) say different things on purpose. */

import type { Case } from "./compile.js";

/** OpenClaw takes these; clawform does not. */
export const stricter: Case[] = [
  [
    "blank ids and URLs",
    { models: { providers: { p: { baseUrl: " ", models: [{ id: " ", name: " " }] } } } },
    "/models/providers/p/baseUrl pattern",
    "/models/providers/p/models/0/id pattern",
    "/models/providers/p/models/0/name pattern",
  ],
  // It takes whatever stands there for a record of an earlier release and throws it out.
  ["a number as record of plugins", { plugins: { installs: 5 } }, "/plugins/installs type"],
];

/** OpenClaw refuses them; clawform does not write there and leaves the finding to OpenClaw. */
export const open: Case[] = [
  ["unknown keys at the root", { authz: {}, agent: {}, cors: { origins: ["*"] } }],
  [
    "unknown keys of agents",
    { agents: { assistant: {}, defaults: { invented: 1 }, list: [{ id: "a", invented: 1 }] } },
  ],
  ["unknown keys of messages", { messages: { invented: 1 } }],
  ["what plugins settle among themselves", { plugins: { deny: ["nowhere"], slots: { memory: "nowhere" } } }],
  ["personas", { messages: { tts: { personas: { a: { provider: "" } } } } }],
  ["cooldowns", { auth: { cooldowns: { invented: 1 } } }],
  ["a configuration of a later release", { agents: { entries: { main: {} } } }],
];
