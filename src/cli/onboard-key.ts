/** Where onboarding takes the key from: flag, existing profile, variable, prompt. */

import { openSource } from "../core/documents.js";
import { envRef, type ExistingProfile, existingProfile } from "../core/credential-sources.js";
import { previewKey } from "../core/key.js";
import type { ResolvedKey } from "../core/credential-steps.js";
import { chooseFrom } from "../core/card.js";
import { usageError } from "../errors.js";
import { usableKey } from "../keys.js";
import type { AuthStore, Card, CardChoice, Problem } from "../types.js";
import type { Workspace } from "../workspace.js";
import { askKey, confirmUse } from "./ask.js";
import type { Console } from "./console.js";

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
}

/**
 * Null where a server of the user's own needs none and none is given. The key: from its flag, else a profile of the provider that is stored already, else the provider's environment variable
 * (asked for on a terminal), else a prompt. In `ref` mode a variable that is set is referenced instead, before anything else.
 * Throws a usage error that names the flag and the variables.
 */
export async function onboardKey(
  request: KeyRequest,
  workspace: Workspace,
  io: Console,
  problems: Problem[],
): Promise<(ResolvedKey & { metadata?: ExistingProfile["metadata"] }) | null> {
  const { card, choice, mode, agents, flag = choice.flag } = request;
  const flagKey = choice.endpoint && request.flagKey?.trim() === "" ? undefined : request.flagKey;
  const variables = request.variables ?? chooseFrom(card, choice).env;
  const { env } = workspace;
  const variable = variables.find((name) => env[name]?.trim());
  const terminal = io.inIsTerminal && io.outIsTerminal;
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
  const existing = existingProfile(card, choice, workspace.value, store);
  // A placeholder that was stored is no key.
  const placeholder = existing !== null && store.profiles?.[existing.profile]?.key === choice.endpoint?.placeholderKey;
  if (existing && (choice.endpoint?.placeholderKey === undefined || !placeholder)) return existing;
  if (mode !== "ref" && variable !== undefined) {
    const value = env[variable] as string;
    const use = !terminal || (await confirmUse(`Use the key in ${variable} (${previewKey(value.trim())})?`));
    if (use) return { key: usableKey(value, "", "", `the variable ${variable}`, problems) };
  }
  if (choice.endpoint) return null;
  if (terminal) return { key: usableKey(await askKey(choice.label), "", "", "the prompt", problems) };
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
  const [own, main] = workspace.authStores([agent, "main"]).map((source) => openSource(source) as AuthStore);
  return { profiles: { ...main?.profiles, ...own?.profiles } };
}
