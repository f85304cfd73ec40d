/** A plan without the process around it. */

import json5 from "json5";
import { Bench } from "tinybench";
import { environments, textsOf } from "./examples.mjs";

/**
 * Median milliseconds of one plan of an example, from texts in memory to the bytes to write, and its ratio to merely
 * parsing those texts.
 * @param {import("./examples.mjs").Example} example
 */
export async function planInProcess(example) {
  /** @type {typeof import("../src/index.js")} */
  const { plan } = await import(new URL("../dist/index.js", import.meta.url).href);
  const { setup, config, auth } = textsOf(example);
  const env = environments("").clean;
  const bench = new Bench({ time: 2000, warmupTime: 1000 });
  bench.add("plan", () => plan(setup, { on: { config, auth }, env }));
  bench.add("parse", () => [setup, config, auth].map((text) => json5.parse(text)));
  const [planned, parsed] = (await bench.run()).map(({ result }) => {
    if (result.state !== "completed") throw new Error("error" in result ? result.error.message : result.state);
    return result.latency.p50;
  });
  return { milliseconds: planned ?? Number.NaN, ratio: (planned ?? Number.NaN) / (parsed ?? Number.NaN) };
}
