/** The recorded requests of the real program, in one shape. */

import { readFileSync } from "node:fs";
import { environmentOf } from "../../src/core/variables.js";
import type { AuthState, Situation } from "../../src/policy/nouns.js";
import type { AuthStore, JsonObject, OpenClawConfig } from "../../src/types.js";

/** One request as it was on the wire. */
export interface Sent {
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: JsonObject;
  readonly markers: readonly string[];
  readonly ttl?: string;
}

/** What was configured, and what was sent. */
export interface Recording {
  readonly name: string;
  readonly config: OpenClawConfig;
  readonly thinking?: string;
  readonly agent?: string;
  readonly index?: boolean;
  readonly env?: { readonly [name: string]: string };
  readonly profiles?: AuthStore["profiles"];
  readonly authState?: AuthState;
  readonly requests: readonly Sent[];
}

const folder = new URL("../fixtures/wire/", import.meta.url);
/** A base URL on the machine itself, any. */
const loopback = "http://127.0.0.1:18789";
const read = (file: string): string =>
  readFileSync(new URL(file, folder), "utf8").replaceAll(/LOOPBACK(?=[/"])/g, loopback);

/** Headers the SDK sends by itself. */
const sdkHeaders: ReadonlySet<string> = new Set(["anthropic-version", "anthropic-dangerous-direct-browser-access"]);
const sdkAgents = /^(OpenAI|Anthropic)\/JS |^undici$/;

/** The recordings the project was given. */
export const oracle: readonly Recording[] = (JSON.parse(read("oracle-2026.5.6.json")) as RawCase[]).map((raw) => ({
  ...raw,
  requests: raw.requests.map(sent),
}));

/** Our own. */
export const own: readonly Recording[] = read("recorded-2026.5.6.jsonl")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Recording);

/** The situation of a recording. */
export function situationOf({ config, thinking, agent, index, env, profiles, authState }: Recording): Situation {
  return {
    config,
    env: environmentOf({ process: env ?? {}, dotenv: {}, section: config.env }),
    auth: { profiles: profiles ?? {} },
    ...(authState ? { authState } : {}),
    registry: index !== false,
    ...(agent === undefined ? {} : { agent }),
    ...(thinking === undefined ? {} : { thinking }),
    now: Date.UTC(2026, 10, 21),
  };
}

/** The key a request carried, wherever it stood. */
export function keySent({ headers }: Sent): string | undefined {
  const names = ["cf-aig-authorization", "x-api-key", "api-key", "x-goog-api-key", "authorization"];
  return names.map((name) => headers[name]?.replace(/^Bearer /, "")).find((key) => key !== undefined);
}

interface RawCase extends Omit<Recording, "requests"> {
  readonly requests: readonly RawRequest[];
}
interface RawRequest {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: JsonObject;
  readonly messages?: readonly { readonly role: string; readonly blocks?: readonly string[] }[];
  readonly system?: readonly string[];
  readonly tools?: { readonly last?: string };
}

function sent({ scheme, host, path, headers, body, messages = [], system, tools }: RawRequest): Sent {
  const cached = (blocks: readonly string[] = []): boolean => blocks.some((block) => block.includes("+cache"));
  const instructions = messages.filter(({ role }) => role === "system" || role === "developer");
  const { stream: _, ...fields } = body;
  return {
    url: host === loopback ? `${loopback}${path}` : `${scheme}://${host}${path}`,
    headers: Object.fromEntries(
      Object.entries(headers).filter(
        ([name, value]) => !sdkHeaders.has(name) && !(name === "user-agent" && sdkAgents.test(value)),
      ),
    ),
    body: fields,
    markers: [
      ...(cached(system) || instructions.some(({ blocks }) => cached(blocks)) ? ["system"] : []),
      ...(messages.some(({ role, blocks }) => role === "user" && cached(blocks)) ? ["lastUser"] : []),
      ...(tools?.last === "cache" ? ["lastTool"] : []),
    ],
  };
}
