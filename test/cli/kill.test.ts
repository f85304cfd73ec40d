/** `kill -9` at random moments of a real apply: afterwards all is old or all is new, and nothing is left of it. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { plan } from "../../src/index.js";
import { binaryPath, config, makeHome, store } from "./harness.js";

const rounds = process.env["CLAWFORM_RUNS"] === undefined ? 30 : 300;

const setup = (round: number): string =>
  `{ providers: { kilocode: { apiKey: { env: "K" } } }, model: { primary: "kilocode/m${round}" } }`;

it(`${rounds} times`, async () => {
  const at = makeHome({
    [config]: "// ours\n{}\n",
    [store]: '{ "version": 1, "profiles": {} }',
    ".openclaw/theirs": "x",
  });
  const listing = (): string[] => readdirSync(at.path(".openclaw"), { recursive: true, encoding: "utf8" }).sort();
  const untouched = listing().filter((name) => name !== "clawform" && !name.startsWith("clawform/history"));
  let longest = 500;
  const ends = { old: 0, new: 0, finished: 0, "taken-back": 0, nothing: 0, again: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const env = { K: `test-key-${round}` };
    at.write("clawform.json5", setup(round));
    const planned = plan(setup(round), { stateDir: at.path(".openclaw"), config: at.path(config), env });
    const textsOf = (side: "before" | "after"): (string | undefined)[] =>
      [config, store].map((file) => planned.changes.find(({ path }) => path === at.path(file))?.[side]?.text);
    const began = Date.now();
    const child = spawn(process.execPath, [binaryPath, "apply", "--yes"], {
      cwd: at.dir,
      stdio: "ignore",
      env: { PATH: process.env["PATH"], HOME: at.dir, ...env },
    });
    const closed = once(child, "close");
    // The first one runs to its end: that is how long it takes.
    if (round > 0) {
      // Half of them anywhere, half of them from when the lock is taken: the commit is the smaller part of the time.
      if (round % 2 === 0) await Promise.race([closed, setTimeout(Math.random() * longest)]);
      else {
        while (child.exitCode === null && !at.exists(".openclaw/clawform/journal.json")) await setTimeout(0);
        await Promise.race([closed, setTimeout(Math.random() * 8)]);
      }
      child.kill("SIGKILL");
    }
    const [code] = (await closed) as [number | null];
    if (code === 0) longest = Math.max(50, (Date.now() - began) * 1.1);
    // Every command that writes puts right first what was interrupted: a third of them is followed by the same one again.
    const again = round % 3 === 2;
    const { out, err, code: recovered } = await at.run(again ? ["apply", "--yes"] : ["recover", "--json"], { env });
    expect(recovered, out + err).toBe(0);
    // Who finds nothing to do takes no lock, and leaves one of the dead to who needs it.
    if (again) await at.run(["recover"]);
    if (again) ends.again += 1;
    else ends[(JSON.parse(out) as { did: keyof typeof ends }).did] += 1;
    const now = [config, store].map((file) => at.read(file));
    const isNew = JSON.stringify(now) === JSON.stringify(textsOf("after"));
    if (!isNew) expect(now, `round ${round}`).toEqual(textsOf("before"));
    if (code === 0 || again) expect(isNew).toBe(true);
    ends[isNew ? "new" : "old"] += 1;
    expect(listing().filter((name) => name !== "clawform" && !name.startsWith("clawform/history"))).toEqual(untouched);
    expect((await at.run(["recover"])).out).toBe("Nothing to recover.\n");
  }
  process.stdout.write(`kill -9: ${rounds} times, ${JSON.stringify(ends)}\n`);
  expect(ends.old + ends.new).toBe(rounds);
  expect(ends.new).toBeGreaterThan(0);
});
