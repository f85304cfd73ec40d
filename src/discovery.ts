/** A workspace and a provider -> the provider's models. Floor 4: the one way the commands and the library go. */

import { discoveryEndpoint } from "./core/discovery-source.js";
import { mergeModels } from "./core/models-from.js";
import { substitute } from "./core/variables.js";
import { type KeyPlace, secretOf } from "./credentials.js";
import { ClawformError } from "./errors.js";
import { normalizeProviderId } from "./ids.js";
import { isObject } from "./json.js";
import { resolveKeys } from "./keys.js";
import { discover } from "./net/discover.js";
import { type HttpOptions, shownUrl } from "./net/http.js";
import { credentialOf } from "./policy/credential.js";
import { blockOf } from "./policy/model.js";
import { situationOf } from "./situation.js";
import type { Card, Json, ModelDefinition, Problem, ProviderBlock, Setup } from "./types.js";
import type { Workspace } from "./workspace.js";

/** Which provider, and how to ask it. */
export interface DiscoveryWish extends Pick<HttpOptions, "clock" | "timeoutMs" | "signal"> {
  readonly provider: string;
  /** Ask without a key, and without the headers of the configuration. */
  readonly noAuth?: boolean;
  /** Whose credentials; `main` by default. */
  readonly agent?: string;
  /** A setup that is not applied yet: what it says about the provider comes first. `file` is its path. */
  readonly setup?: { readonly value: Setup; readonly file: string };
}

/** What a provider offers. */
export interface Discovery {
  /** The provider's id in the configuration, as it is or would be spelled there. */
  readonly provider: string;
  /** Where it was asked, as it may be shown; null when there is nowhere to ask. */
  readonly url: string | null;
  /** Which key was sent; null: none. */
  readonly key: KeyPlace | null;
  /** Null when the endpoint gave none: a warning among the problems says why. */
  readonly discovered: readonly ModelDefinition[] | null;
  /** Those of the endpoint, then those the catalog has beyond them. */
  readonly models: readonly ModelDefinition[];
  /** The base URL and the kind of API that a block for these models needs. */
  readonly baseUrl: string | null;
  readonly api: string;
  readonly problems: readonly Problem[];
}

/** Asks a provider for its models; what the catalog has serves where it gives none. Rejects only for files that cannot be read. */
export async function discoverProvider(wish: DiscoveryWish, workspace: Workspace): Promise<Discovery> {
  const { provider } = wish;
  const card = cardFor(provider, workspace);
  const present = blockOf(workspace.value, provider);
  const declared = wish.setup?.value.providers?.[provider];
  const seen = visibleBlock({ ...present?.block, ...(declared as ProviderBlock | undefined) }, workspace);
  const endpoint = discoveryEndpoint(provider, seen, card);
  const problems: Problem[] = [];
  const warn = (code: string, message: string, hint: string): void =>
    void problems.push({ code, severity: "warning", file: "", pointer: "", message, hint });
  const key = wish.noAuth || !endpoint ? null : keyFor(wish, workspace, warn);
  if (key?.key === null)
    warn("key-unread", `the key of ${provider} (${key.name}) is for OpenClaw alone to read`, "It was not sent.");
  const bundled = card?.models ?? [];
  const common = {
    provider: present?.key ?? provider,
    url: endpoint ? shownUrl(endpoint.url) : null,
    key: key?.key ? { source: key.source, name: key.name } : null,
    baseUrl: endpoint?.baseUrl ?? null,
    api: seen.api ?? card?.api ?? (endpoint?.shape === "ollama" ? "ollama" : "openai-completions"),
  };
  if (!endpoint) {
    warn(
      "no-endpoint",
      `${provider} has no list of models that can be asked for`,
      noEndpointHint(card, seen, common.api),
    );
    return { ...common, discovered: null, models: bundled, problems };
  }
  const outcome = await discover(
    { endpoint, key: key?.key ?? null, headers: wish.noAuth ? {} : textHeaders(seen.headers) },
    { ...wish, env: workspace.env },
  );
  if (!outcome.ok) {
    const instead = bundled.length > 0 ? "The catalog's models are listed instead. " : "";
    warn(`discovery-${outcome.code}`, outcome.message, instead + outcome.hint);
    return { ...common, discovered: null, models: bundled, problems };
  }
  if (outcome.skipped > 0)
    warn("models-skipped", `${outcome.skipped} entries of ${provider}'s list are no models, or doubled`, "");
  if (outcome.untold > 0) {
    const count = outcome.untold === 1 ? "one of its models" : `${outcome.untold} of its models`;
    warn(
      "models-untold",
      `${provider} said no more than the name of ${count} in time; limits and abilities are assumed`,
      "--timeout gives it longer.",
    );
  }
  return { ...common, discovered: outcome.models, models: mergeModels(outcome.models, bundled), problems };
}

/** A provider's card under its own id, or under the one that means the same. */
function cardFor(provider: string, { catalog }: Pick<Workspace, "catalog">): Card | null {
  return catalog.card(provider) ?? catalog.card(normalizeProviderId(provider));
}

function noEndpointHint(card: Card | null, block: ProviderBlock, api: string): string {
  if (card) return "OpenClaw brings its models itself.";
  return block.baseUrl === undefined
    ? "Give it a baseUrl in the configuration or the setup."
    : `With api ${api} only the models of its own block are known: list them there.`;
}

/** A key, null when it is not for us to read, and where it is. */
interface FoundKey extends KeyPlace {
  readonly key: string | null;
}

/** The setup's key first, then as OpenClaw finds it. */
function keyFor(
  { provider, setup, agent, clock }: DiscoveryWish,
  workspace: Workspace,
  warn: (code: string, message: string, hint: string) => void,
): FoundKey | null {
  const situation = situationOf(workspace, { agent, now: clock.now() });
  const found = (place: KeyPlace): FoundKey => ({
    source: place.source,
    name: place.name,
    key: secretOf(place, situation),
  });
  const declared = setup?.value.providers?.[provider];
  if (setup && declared?.apiKey !== undefined) {
    if (typeof declared.apiKey === "object" && "profile" in declared.apiKey)
      return found({ source: "profile", name: declared.apiKey.profile });
    try {
      const { keys } = resolveKeys({ providers: { [provider]: declared } }, setup.file, workspace.surroundings);
      const given = keys.get(provider);
      if (given && "key" in given) return { source: "config", name: `${setup.file} apiKey`, key: given.key };
      if (given && "keyRef" in given && given.keyRef.source === "env") {
        const value = workspace.env[given.keyRef.id]?.trim();
        if (value) return { source: "environment", name: given.keyRef.id, key: value };
      }
    } catch (error) {
      if (!(error instanceof ClawformError)) throw error;
      warn(error.code, error.message, error.hint);
    }
  }
  const choice = credentialOf(situation, { provider, model: "" });
  return choice.sent ? found(choice) : null;
}

/** A block with its variables put in. */
function visibleBlock(block: ProviderBlock, { env }: Pick<Workspace, "env">): ProviderBlock {
  return substitute(block as Json, env).value as ProviderBlock;
}

/** The headers that are text; a reference is for OpenClaw alone to read. */
function textHeaders(headers: unknown): Record<string, string> {
  const all = Object.entries(isObject(headers) ? headers : {});
  return Object.fromEntries(all.filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}
