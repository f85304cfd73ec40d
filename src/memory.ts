/** A ground of values in memory, for the library and for unit checks: nothing is read from disk but the catalog. */

import { openCatalog } from "./catalog.js";
import { isComposed, openSource, wholeOf } from "./core/documents.js";
import { compose } from "./core/include.js";
import { fingerprinted } from "./hash.js";
import { authStoreLabel } from "./ids.js";
import type { PlanGround } from "./planning.js";
import type { AuthStore, DocumentKey, OpenClawConfig, SourceFile } from "./types.js";

/** Documents to plan on: values, or the text of a file (then the plan keeps its comments and layout). */
export interface MemoryDocuments {
  /** openclaw.json; absent: a fresh start. */
  readonly config?: OpenClawConfig | string;
  /** auth-profiles.json of `main`; absent: none. */
  readonly auth?: AuthStore | string;
  /** auth-profiles.json of further agents, by agent id. */
  readonly agents?: { readonly [agent: string]: AuthStore | string };
}

/** Documents in memory as something to plan on. `catalog` is a directory of cards instead of the built-in one. */
export function memoryGround(documents: MemoryDocuments = {}, catalog?: string): PlanGround {
  const config = memorySource("openclaw.json", { kind: "config" }, documents.config);
  const composition = isComposed(config) ? compose(config, []) : null;
  return {
    config,
    included: [],
    composition,
    value: composition ? wholeOf(composition, config) : openSource(config),
    authStores: (agents) =>
      agents.map((agent) => {
        const given = documents.agents?.[agent] ?? (agent === "main" ? documents.auth : undefined);
        const file = authStoreLabel(agent);
        return memorySource(file, { kind: "auth", agent }, given);
      }),
    keeper: (agent) => ({ kind: "file", evidence: authStoreLabel(agent), file: null }),
    catalog: openCatalog(catalog),
    canReplace: () => true,
  };
}

/** One document in memory as the file it would be. */
export function memorySource(file: string, document: DocumentKey, given: object | string | undefined): SourceFile {
  if (given === undefined) return { file, path: file, document, before: null };
  const text = typeof given === "string" ? given : `${JSON.stringify(given, null, 2)}\n`;
  return { file, path: file, document, before: fingerprinted(text) };
}
