/** Where onboarding takes the key from: flag, existing profile, variable, prompt. */

import { openSource } from "../core/documents.js";
import { envRef, type ExistingProfile, existingProfile } from "../core/credential-sources.js";
import type { ResolvedKey } from "../core/credential-steps.js";
import { chooseFrom } from "../core/card.js";
import { usageError } from "../errors.js";
import { usableKey } from "../keys.js";
import type { AuthStore, Card, CardChoice, Credential, OpenClawConfig, Problem } from "../types.js";
import type { Workspace } from "../workspace.js";
import type { Terminal } from "./ask.js";
import { askForKey } from "./wizard-key.js";

/** What onboarding knows about the key. */
export interface KeyRequest {
  readonly card: Card;
  readonly choice: CardChoice;
  readonly flagKey: string | undefined;
  readonly mode: "plaintext" | "ref" | undefined;
  readonly agents: readonly string[];
  /** What the key is given by, for messages; the choice's own flag where it is left out. */
  readonly flag?: string;
  /** Variables that may hold the key, where they are not the card's. */
  readonly variables?: readonly string[];
  /** Who can be asked; null: nobody. */
  readonly terminal: Terminal | null;
  /** True when the provider was picked on the terminal too: then even a stored profile is only one of the answers. */
  readonly picked: boolean;
  /** `--yes`: what has a default is not asked. */
  readonly yes: boolean;
}

/**
 * Null where a server of the user's own needs none and none is given. The key: from its flag, else a profile of the
 * provider that is stored already, else the provider's environment variable (asked for on a terminal), else a prompt. Who
 * picked the provider on the terminal chooses among all of these. In `ref` mode a variable that is set is referenced
 * instead, before anything else.
 * Throws a usage error that names the flag and the variables.
 */
export async function onboardKey(
  request: KeyRequest,
  workspace: Workspace,
  problems: Problem[],
): Promise<(ResolvedKey & { metadata?: ExistingProfile["metadata"] }) | null> {
  const { card, choice, mode, agents, flag = choice.flag, terminal, picked, yes } = request;
  const flagKey = choice.endpoint && request.flagKey?.trim() === "" ? undefined : request.flagKey;
  const variables = request.variables ?? chooseFrom(card, choice).env;
  const { env } = workspace;
  const held = variables.filter((name) => env[name]?.trim());
  const [variable] = held;
  if (mode === "ref") {
    const primary = choice.refVariable ?? (choice.credential === "token" ? variable : undefined) ?? variables[0];
    if (flagKey !== undefined && !(primary && env[primary]?.trim())) {
      throw usageError(
        "ref-needs-variable",
        `${flag} cannot be used with --secret-input-mode ref unless ${primary ?? "a variable"} is set`,
        {
          hint: `Set ${primary ?? "the variable"}, or leave out --secret-input-mode ref.`,
        },
      );
    }
    const name = flagKey === undefined ? variable : primary;
    if (name !== undefined) return { keyRef: envRef(name, workspace.value) };
  }
  if (flagKey !== undefined) return { key: usableKey(flagKey, "", "", `the flag ${flag}`, problems) };
  const store = storeOf(agents[0] ?? "main", workspace);
  const stored = existingProfile(card, choice, workspace.value, store);
  // A placeholder that was stored is no key.
  const placeholder = choice.endpoint?.placeholderKey;
  const existing =
    stored && placeholder !== undefined && store.profiles?.[stored.profile]?.key === placeholder ? null : stored;
  const fromVariable = (name: string): ResolvedKey => ({
    key: usableKey(env[name] as string, "", "", `the variable ${name}`, problems),
  });
  const optional = choice.endpoint !== undefined;
  const missing = existing === null && (variable === undefined ? !optional : !yes);
  if (terminal && mode !== "ref" && (missing || (picked && !yes))) {
    const offer = {
      choice,
      provider: card.label,
      optional,
      profile: existing?.profile ?? null,
      variables: held,
      env,
      mode,
    };
    const answer = await askForKey(terminal, offer);
    if (answer.from === "nowhere") return null;
    if (answer.from === "prompt") return { key: usableKey(answer.key, "", "", "the prompt", problems) };
    if (answer.from === "variable")
      return answer.mode === "ref" ? { keyRef: envRef(answer.name, workspace.value) } : fromVariable(answer.name);
  }
  if (existing) return existing;
  if (mode !== "ref" && variable !== undefined) return fromVariable(variable);
  if (choice.endpoint) return null;
  throw usageError(
    "missing-key",
    `no key for ${card.label}: neither ${choice.flag} nor ${variables.join(" or ")} is given, and no profile for ${choice.id} is stored`,
    {
      hint: `Give ${choice.flag} KEY, or set ${variables[0] ?? "the variable"}.`,
    },
  );
}

/** What an agent finds: its own profiles, and below them main's, which every agent inherits. */
function storeOf(agent: string, workspace: Workspace): AuthStore {
  if (workspace.keeper(agent).kind === "database") return { profiles: namedCredentials(workspace.value) };
  const [own, main] = workspace.authStores([agent, "main"]).map((source) => openSource(source) as AuthStore);
  return { profiles: { ...main?.profiles, ...own?.profiles } };
}

/** Nobody but OpenClaw looks into its database; it names every profile that is in there in the configuration. */
function namedCredentials({ auth }: OpenClawConfig): { [id: string]: Credential } {
  return Object.fromEntries(
    Object.entries(auth?.profiles ?? {}).map(([id, { provider, mode }]) => [
      id,
      { type: mode, provider, [mode === "api_key" ? "key" : mode === "token" ? "token" : "access"]: id },
    ]),
  );
}
