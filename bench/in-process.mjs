/** A plan without the process around it. */

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import json5 from "json5";
import { Bench } from "tinybench";

/**
 * Median milliseconds of one plan of an example folder, from texts in memory to the bytes to write, and its ratio to
 * merely parsing those texts.
 * @param {string} folder
 */
export async function planInProcess(folder) {
  /** @type {typeof import("../src/index.js")} */
  const { plan } = await import(new URL("../dist/index.js", import.meta.url).href);
  const read = (/** @type {string} */ file) => readFileSync(path.join(folder, file), "utf8");
  const setup = read("clawform.json5");
  const config = read("openclaw.json");
  const store = "agents/main/agent/auth-profiles.json";
  const auth = existsSync(path.join(folder, store)) ? read(store) : "{}";
  const env = { KILOCODE_API_KEY: "test-key-1", OPENROUTER_API_KEY: "test-key-2", MOONSHOT_API_KEY: "test-key-3" };
  const bench = new Bench({ time: 2000, warmupTime: 1000 });
  bench.add("plan", () => plan(setup, { on: { config, auth }, env }));
  bench.add("parse", () => [setup, config, auth].map((text) => json5.parse(text)));
  const [planned, parsed] = (await bench.run()).map(({ result }) => {
    if (result.state !== "completed") throw new Error("error" in result ? result.error.message : result.state);
    return result.latency.p50;
  });
  return { milliseconds: planned ?? Number.NaN, ratio: (planned ?? Number.NaN) / (parsed ?? Number.NaN) };
}
