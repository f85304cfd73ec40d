/** Every recorded request of the real program, told by the policy room before it is sent. */

import { describe, expect, it } from "vitest";
import { substitute } from "../../src/core/variables.js";
import { explain } from "../../src/policy/explain.js";
import type { RequestExplanation } from "../../src/policy/nouns.js";
import type { Json, OpenClawConfig } from "../../src/types.js";
import { keySent, oracle, own, type Recording, type Sent, situationOf } from "./recordings.js";

/** The secret that a credential's name stands for; undefined where the configuration refers on. */
function secretOf({ source, name }: RequestExplanation["credential"], recording: Recording): string | undefined {
  if (source === "profile") {
    const profile = recording.profiles?.[name];
    return profile?.key ?? profile?.token ?? situationOf(recording).env?.[profile?.keyRef?.id ?? ""];
  }
  const env = situationOf(recording).env ?? {};
  if (source === "environment") return env[name];
  if (source !== "config") return undefined;
  const config = substitute(recording.config as Json, env).value as OpenClawConfig;
  const block = Object.entries(config.models?.providers ?? {}).find(([id]) => name.includes(`/${id}/`))?.[1];
  const key = block?.apiKey;
  return typeof key === "string" ? (env[key] ?? key) : env[key?.id ?? ""];
}

/** Masked headers hold no key, so they are compared by what surrounds it. */
function masked(headers: Sent["headers"], told: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const other = told[name] ?? "";
      return [name, other.endsWith("***") && value.startsWith(other.slice(0, -3)) ? other : value];
    }),
  );
}

function compare(told: RequestExplanation, sent: Sent, recording: Recording): void {
  const headers = Object.fromEntries(Object.entries(told.headers).map(([name, value]) => [name.toLowerCase(), value]));
  expect({
    url: told.url,
    headers,
    body: told.body,
    markers: told.cacheMarkers,
    ttl: told.cache.ttl,
  }).toEqual({
    url: sent.url,
    headers: masked(sent.headers, headers),
    body: sent.body,
    markers: sent.markers,
    ttl: sent.markers.length === 0 ? null : (sent.ttl ?? "5m"),
  });
  const key = keySent(sent);
  // A block with a credential of its own for the wire sends that one.
  if (key !== undefined && !key.startsWith("tok-")) expect(secretOf(told.credential, recording)).toBe(key);
}

/** A model whose credential is missing is passed over: what was sent first is a fallback's. */
function replay(recording: Recording): void {
  const told = explain("", situationOf(recording));
  const chain = [told, ...told.fallbacks].filter((one) => !one.notes.some(({ code }) => code === "no-credential"));
  const [first] = chain;
  if (!first || !recording.requests[0]) throw new Error("nothing was sent");
  compare(first, recording.requests[0], recording);
  const later = recording.requests.find(({ url }) => url !== recording.requests[0]?.url);
  if (later && chain[1]) compare(chain[1], later, recording);
}

describe("the project's recordings", () => {
  it.each(oracle.map((one) => [one.name, one] as const))("%s", (_, recording) => replay(recording));
});

describe("our own recordings", () => {
  it("are many, of every kind of API", () => {
    const apis = new Set(own.map((recording) => explain("", situationOf(recording)).api));
    expect(own.length).toBeGreaterThan(300);
    expect([...apis].sort()).toEqual(
      expect.arrayContaining([
        "anthropic-messages",
        "azure-openai-responses",
        "google-generative-ai",
        "ollama",
        "openai-completions",
        "openai-responses",
      ]),
    );
  });
  it.each(own.map((one) => [one.name, one] as const))("%s", (_, recording) => replay(recording));
});
