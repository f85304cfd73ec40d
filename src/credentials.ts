/** What an agent finds as credentials. Floor 4: it reads the agent's files. */

import { dirname, join } from "node:path";
import { openSource } from "./core/documents.js";
import type { KeyPlaces } from "./core/provider-key.js";
import { ClawformError } from "./errors.js";
import { isObject } from "./json.js";
import { readSource } from "./store/read.js";
import type { AuthStore, SourceFile } from "./types.js";
import type { Workspace } from "./workspace.js";

/** An agent's own credentials and orders, and below them main's, which every agent inherits (credentials.md, 1). */
export function credentialsOf(agent: string, workspace: Workspace): Pick<KeyPlaces, "store" | "order"> {
  const sources = workspace.authStores([agent, "main"]);
  const stores = sources.map((source) => openSource(source) as AuthStore).reverse();
  const states = sources.map(stateBeside).reverse();
  return {
    store: { profiles: Object.assign({}, ...stores.map(({ profiles }) => profiles)) as AuthStore["profiles"] & object },
    order: Object.assign({}, ...stores.map(({ order }) => order), ...states) as KeyPlaces["order"],
  };
}

/** The orders OpenClaw keeps beside a store. It passes over a file it cannot read, and so do we, who only look. */
function stateBeside({ path, document }: SourceFile): object {
  try {
    const state = openSource(readSource(join(dirname(path), "auth-state.json"), "auth-state.json", document));
    return isObject(state["order"]) ? state["order"] : {};
  } catch (error) {
    if (error instanceof ClawformError) return {};
    throw error;
  }
}
