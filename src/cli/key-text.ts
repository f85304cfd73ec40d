/** The text of a key that is only known by where it is: what a probe sends. */

import { openSource } from "../core/documents.js";
import type { ResolvedKey } from "../core/credential-steps.js";
import { isObject } from "../json.js";
import type { AuthStore, SecretRef } from "../types.js";
import type { Workspace } from "../workspace.js";

/** The key itself; undefined where only OpenClaw can get at it (a file, a command) or there is none. */
export function keyText(key: ResolvedKey | null, agents: readonly string[], workspace: Workspace): string | undefined {
  if (key === null) return undefined;
  if ("key" in key) return key.key;
  if ("keyRef" in key) return ofVariable(key.keyRef, workspace);
  if ("inline" in key) return typeof key.inline === "string" ? key.inline : ofVariable(key.inline, workspace);
  for (const source of workspace.authStores([agents[0] ?? "main", "main"])) {
    const credential = (openSource(source) as AuthStore).profiles?.[key.profile];
    if (!isObject(credential)) continue;
    const { key: own, token, keyRef, tokenRef } = credential;
    const ref = keyRef ?? tokenRef;
    return own ?? token ?? (ref ? ofVariable(ref, workspace) : undefined);
  }
  return undefined;
}

function ofVariable(ref: SecretRef, { env }: Workspace): string | undefined {
  return ref.source === "env" ? env[ref.id]?.trim() || undefined : undefined;
}
