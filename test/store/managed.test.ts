import { expect, test } from "vitest";
import { refuseManaged } from "../../src/store/managed.js";
import { auth, change, config, failure } from "./disk.js";

const both = [change("/s/auth-profiles.json", auth, null, "{}"), change("/s/openclaw.json", config, null, "{}")];
const configOnly = both.slice(1);
const authOnly = both.slice(0, 1);
const included = [change("/s/models.json5", { kind: "include", at: "/models" }, "{}", "{ }")];
const nix = { OPENCLAW_NIX_MODE: "1" };
const noConfig = { OPENCLAW_CONFIG_READONLY: "1" };
const noAuth = { OPENCLAW_AUTH_STORE_READONLY: "1" };

test.each([
  ["nix", both, nix, false, "nix-mode", "/s/auth-profiles.json"],
  ["nix, configuration alone", configOnly, nix, false, "nix-mode", "/s/openclaw.json"],
  ["a closed configuration", both, noConfig, false, "config-readonly", "/s/openclaw.json"],
  ["a closed configuration, a file it includes", included, noConfig, false, "config-readonly", "/s/models.json5"],
  ["--force does not open a configuration", both, noConfig, true, "config-readonly", "/s/openclaw.json"],
  ["closed credentials", both, noAuth, false, "auth-store-readonly", "/s/auth-profiles.json"],
  ["--force does not open credentials", authOnly, noAuth, true, "auth-store-readonly", "/s/auth-profiles.json"],
  [
    "nix with --force and a closed configuration",
    both,
    { ...nix, ...noConfig },
    true,
    "config-readonly",
    "/s/openclaw.json",
  ],
])("%s: refused", (_name, changes, env, force, code, path) => {
  const error = failure(() => refuseManaged(changes, env, force));
  expect(error).toMatchObject({ kind: "cannotWrite", exitCode: 73, code });
  expect(error.message).toContain(path);
  expect(error.hint).not.toBe("");
});

test.each([
  ["nothing set", both, {}, false],
  ["nothing to write", [], { ...nix, ...noConfig, ...noAuth }, false],
  ["nix with --force", both, nix, true],
  ["a closed configuration, credentials alone", authOnly, noConfig, false],
  ["closed credentials, configuration alone", configOnly, noAuth, false],
  [
    "OpenClaw takes only 1 for yes",
    both,
    { OPENCLAW_NIX_MODE: "true", OPENCLAW_CONFIG_READONLY: "0", OPENCLAW_AUTH_STORE_READONLY: "" },
    false,
  ],
])("%s: let through", (_name, changes, env, force) => {
  expect(() => refuseManaged(changes, env, force)).not.toThrow();
});
