import { expect, it } from "vitest";
import { unknownKeys } from "../../src/core/known-keys.js";

it.each<[string, unknown, [string, string][]]>([
  [
    "none",
    {
      $schema: "x",
      $include: "y",
      gateway: {},
      agents: { defaults: { workspace: "w" }, list: [{ id: "a" }] },
      messages: { tts: {} },
    },
    [],
  ],
  [
    "at the root",
    { authz: {}, _comment: "", provider: {} },
    [
      ["/authz", "authz"],
      ["/_comment", "refuses"],
      ["/provider", "refuses"],
    ],
  ],
  [
    "the nearest is offered",
    { chanels: {}, agent: {} },
    [
      ["/chanels", '"channels"'],
      ["/agent", '"agents"'],
    ],
  ],
  ["agents by name", { agents: { main: {}, list: [] } }, [["/agents/main", "refuses"]]],
  [
    "in the defaults",
    { agents: { defaults: { tools: {}, fallbacks: [] } } },
    [
      ["/agents/defaults/tools", "refuses"],
      ["/agents/defaults/fallbacks", "refuses"],
    ],
  ],
  [
    "in an agent",
    { agents: { list: [{ id: "a" }, { id: "b", costLimit: 1 }] } },
    [["/agents/list/1/costLimit", "refuses"]],
  ],
  ["model settings of an agent are the schema's to tell of", { agents: { list: [{ id: "a", models: {} }] } }, []],
  ["in messages", { messages: { ackReactions: "x" } }, [["/messages/ackReactions", '"ackReaction"']]],
  ["a slash in it", { "a/b": 1 }, [["/a~1b", "refuses"]]],
  ["nothing to look into", { agents: [], messages: null }, []],
  ["no object at all", null, []],
])("%s", (_name, config, expected) => {
  const found = unknownKeys(config);
  expect(found.map(({ pointer }) => pointer)).toEqual(expected.map(([pointer]) => pointer));
  for (const [index, [, words]] of expected.entries()) {
    expect(`${found[index]?.message} ${found[index]?.hint}`).toContain(words);
    expect(found[index]?.code).toBe("unknown-key");
  }
});
