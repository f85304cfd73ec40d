/** An installation as the policy room sees it. Floor 4: composition of the rooms below. */

import { openSource } from "./core/documents.js";
import { isObject } from "./json.js";
import type { AuthState, Situation } from "./policy/nouns.js";
import { hasPluginRegistry, readAuthState } from "./store/run-state.js";
import type { AuthStore, SourceFile } from "./types.js";
import type { Workspace } from "./workspace.js";

/** What is asked about an installation. */
export interface Question {
  /** `main` by default. */
  readonly agent?: string | undefined;
  readonly thinking?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Reads what a request of an agent depends on. Throws `invalidError` for a credential store that cannot be parsed. */
export function situationOf(workspace: Workspace, { agent = "main", thinking, now }: Question): Situation {
  const stores = workspace.authStores([...new Set(["main", agent])]);
  const own = stores.at(-1);
  return {
    config: workspace.value,
    env: workspace.env,
    auth: mergedStores(stores.map((store) => openSource(store) as AuthStore)),
    authState: own ? stateOf(own) : {},
    registry: hasPluginRegistry(workspace.stateDir),
    agent,
    ...(thinking === undefined ? {} : { thinking }),
    now,
  };
}

/** An agent sees the main store's profiles below its own. */
export function mergedStores(stores: readonly AuthStore[]): AuthStore {
  return Object.assign({}, ...stores, {
    profiles: Object.assign({}, ...stores.map(({ profiles }) => (isObject(profiles) ? profiles : {}))) as object,
  }) as AuthStore;
}

/** A damaged auth-state.json counts as none, as it does for OpenClaw. */
function stateOf(store: SourceFile): AuthState {
  try {
    return openSource(readAuthState(store));
  } catch {
    return {};
  }
}
