/** Several processes at once: the history numbers each apply once and keeps to its limit. */

import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { binaryPath, config, makeHome } from "./harness.js";

const processes = 6;
const keep = 3;

it("numbers every apply once and never keeps more than it is told", { timeout: 300_000 }, async () => {
  const at = makeHome({ [config]: "{}\n" });
  const one = (index: number): Promise<string> =>
    new Promise((resolve) => {
      const argv = [binaryPath, "apply", "-", "--yes", "--keep", String(keep), "--lock-timeout", "240"];
      const child = spawn(process.execPath, argv, { cwd: at.dir, env: { PATH: process.env["PATH"], HOME: at.dir } });
      let err = "";
      child.stderr.on("data", (data) => (err += String(data)));
      child.on("close", (code) => resolve(`${code} ${err}`));
      child.stdin.end(`{ aliases: { "own/m${index}": "Own ${index}" } }`);
    });
  const watched: number[] = [];
  const history = at.path(".openclaw/clawform/history");
  const watch = setInterval(() => {
    if (at.exists(".openclaw/clawform/history"))
      watched.push(readdirSync(history).filter((name) => name.endsWith(".json")).length);
  }, 20);
  const ends = await Promise.all(Array.from({ length: processes }, (_, index) => one(index)));
  clearInterval(watch);
  expect(ends).toEqual(Array.from({ length: processes }, () => "0 "));
  // Between an entry's coming and the oldest one's going there is one more, and never two.
  expect(Math.max(0, ...watched)).toBeLessThanOrEqual(keep + 1);
  expect(
    readdirSync(history)
      .sort()
      .map((name) => Number(name.slice(0, 6))),
  ).toEqual([4, 5, 6]);
  for (let index = 0; index < processes; index += 1) expect(at.read(config)).toContain(`own/m${index}`);
});
