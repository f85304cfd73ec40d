/** Runs once before test/openclaw: gets the real program, or the reason why it cannot be had; the tests then skip and say so. */

import { install } from "./openclaw-install.mjs";
import { reference } from "./openclaw.mjs";

/** Installing may take this long, in ms. */
const limitMs = 120_000;

/** @param {{ provide: (key: "openclaw" | "began", value: import("./openclaw.mjs").Program | string | number) => void }} project */
export async function setup(project) {
  project.provide("began", Date.now());
  const release = process.env.CLAWFORM_RELEASE ?? reference();
  try {
    project.provide("openclaw", await install(release, { limitMs, say: console.log }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.log(`The real OpenClaw cannot be had, nothing is compared with it: ${reason}`);
    project.provide("openclaw", reason);
  }
}
