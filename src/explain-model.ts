/** `explainModel` of the library. Floor 4: composition. */

import { openSource } from "./core/documents.js";
import { environmentOf } from "./core/variables.js";
import { surroundingsOf, thisProcess } from "./host.js";
import { memoryGround, type MemoryDocuments } from "./memory.js";
import { explain } from "./policy/explain.js";
import type { Explanation } from "./policy/nouns.js";
import { mergedStores, situationOf } from "./situation.js";
import type { AuthStore } from "./types.js";
import { openWorkspace } from "./workspace.js";

/** How to explain from a program. */
export interface ExplainOptions {
  /** Explain these documents instead of the files of this machine; a plugin registry is taken to be there. */
  readonly on?: MemoryDocuments;
  /** Path of openclaw.json; by default found as OpenClaw finds it. */
  readonly config?: string;
  /** OpenClaw's state directory; by default found as OpenClaw finds it. */
  readonly stateDir?: string;
  /** The process's environment by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What relative paths start from; the working directory by default. */
  readonly cwd?: string;
  /** `main` by default. */
  readonly agent?: string;
  /** A thinking level, as `--thinking` takes it. */
  readonly thinking?: string;
}

/**
 * What OpenClaw 2026.5.6 will do with a model at run time: the value that `explain --json` prints. The model is a
 * reference, an alias or a bare name, as OpenClaw reads it; left out: the default model. Reads files unless `on` is
 * given (then a plugin registry is taken to be there), writes and sends nothing. Throws `ClawformError` for a file that
 * cannot be read.
 */
export function explainModel(ref = "", options: ExplainOptions = {}): Explanation {
  const { agent = "main", thinking } = options;
  const surroundings = surroundingsOf(options);
  const now = thisProcess.now();
  if (!options.on) return explain(ref, situationOf(openWorkspace(options, surroundings), { agent, thinking, now }));
  const ground = memoryGround(options.on);
  const env = environmentOf({ process: surroundings.env, dotenv: {}, section: ground.value.env });
  const stores = ground.authStores([...new Set(["main", agent])]).map((store) => openSource(store) as AuthStore);
  const asked = thinking === undefined ? {} : { thinking };
  return explain(ref, { config: ground.value, env, auth: mergedStores(stores), agent, now, ...asked });
}
