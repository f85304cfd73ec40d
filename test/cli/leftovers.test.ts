import { utimesSync } from "node:fs";
import { expect, test } from "vitest";
import { config, type Home, makeHome, store } from "./harness.js";

const old = ".clawform-0123456789abcdef.tmp";
const agentDir = ".openclaw/agents/main/agent";
const ours = [`.openclaw/${old}`, `${agentDir}/${old}`];
const theirs = [
  `.openclaw/.clawform-0123456789abcdef-0.tmp`,
  `.openclaw/.clawform-0123456789abcde.tmp`,
  `.openclaw/x${old}`,
  `.openclaw/workspace/${old}`,
  `${agentDir}/.clawform-0123456789abcdef.tmp.bak`,
];
const fresh = `${agentDir}/.clawform-fedcba9876543210.tmp`;

/** A home in which an older clawform was killed two hours ago, and a newer one has just begun a file. */
function home(): Home {
  const place = makeHome({ [config]: "{}", [store]: "{}" });
  const then = new Date(Date.now() - 7_200_000);
  for (const name of [...ours, ...theirs]) utimesSync(place.write(name, "sk-test-1"), then, then);
  place.write(fresh, "");
  return place;
}

test("recover removes what an older clawform left, and nothing else", async () => {
  const place = home();
  const told = await place.run(["recover", "--dry-run"]);
  expect(told).toMatchObject({ code: 0, err: "" });
  for (const name of ours) expect([place.exists(name), told.out.includes(place.path(name))]).toEqual([true, true]);
  const { code, out } = await place.run(["recover", "--json"]);
  expect([code, (JSON.parse(out) as { removed: string[] }).removed]).toEqual([0, ours.map((name) => place.path(name))]);
  expect([...ours, ...theirs, fresh, config, store].map((name) => place.exists(name))).toEqual([
    ...ours.map(() => false),
    ...theirs.map(() => true),
    true,
    true,
    true,
  ]);
  expect(await place.run(["recover"])).toEqual({ code: 0, out: "Nothing to recover.\n", err: "" });
});

test("recover says which it removed; a home without any has nothing to recover", async () => {
  const place = home();
  expect((await place.run(["recover"])).out).toContain("Removed what an older clawform had left");
  const none = makeHome();
  expect(await none.run(["recover"])).toEqual({ code: 0, out: "Nothing to recover.\n", err: "" });
  expect(await none.run(["recover", "--dry-run"])).toEqual({ code: 0, out: "Nothing to recover.\n", err: "" });
});
