/** A recording's files in a home, and what stands there afterwards. */

import { readdirSync } from "node:fs";
import { basename } from "node:path";
import JSON5 from "json5";
import { config, type Home, makeHome, store } from "../cli/harness.js";
import { fileValue } from "./expected.js";
import type { Written } from "./kept.js";
import { inState, type Recording } from "./recordings.js";

const state = ".openclaw";
const credentialFiles = new Set(["auth-profiles.json", "auth-state.json", "auth.json"]);

/** The recording's own place, and a home in which its files stand. */
export function arrange(original: Recording, home: Home = makeHome()): { recording: Recording; home: Home } {
  const recording = inState(original, home.path(state));
  const { configBefore, authBefore, files = {} } = recording;
  if (configBefore !== null) home.write(config, configBefore);
  if (authBefore !== null) home.write(store, JSON.stringify(authBefore));
  for (const [path, content] of Object.entries(files))
    home.write(`${state}/${path}`, typeof content === "string" ? content : JSON.stringify(content));
  return { recording, home };
}

/** All that is there now: configuration, main's credentials, the recording's further files and every other credential file. */
export function present(home: Home, { files = {} }: Recording): Written {
  const paths = home.exists(state) ? (readdirSync(home.path(state), { recursive: true }) as string[]) : [];
  const others = paths.filter(
    (path) => Object.hasOwn(files, path) || (credentialFiles.has(basename(path)) && `${state}/${path}` !== store),
  );
  return {
    config: home.exists(config) ? (JSON5.parse(home.read(config)) as Written["config"]) : {},
    auth: home.exists(store) ? (JSON.parse(home.read(store)) as Written["auth"]) : {},
    files: Object.fromEntries(others.map((path) => [path, fileValue(path, home.read(`${state}/${path}`))])),
  };
}
