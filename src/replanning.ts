/**
 * Planning again: before anybody is asked, and once more under the lock. Where nothing has changed in between, the plan is
 * the one that was made; files that have not changed are not parsed again. Floor 4.
 */

import { ClawformError } from "./errors.js";
import { deepEqual } from "./json.js";
import { type PlanGround, type PlanRequest, planSetup } from "./planning.js";
import { readSource } from "./store/read.js";
import type { Plan, SourceFile } from "./types.js";
import type { ReadSource, Workspace } from "./workspace.js";

/** A question that a plan asked of the ground it was made on, and the answer. */
interface Asked {
  readonly ask: (ground: PlanGround) => unknown;
  readonly answer: unknown;
}

/**
 * A plan of `request` over the files as they are at each call. `open` opens the workspace with the reader it is given. Throws
 * as `planSetup` and `open`.
 */
export function planner(request: PlanRequest, open: (read: ReadSource) => Workspace): () => Plan {
  const read = rememberingRead();
  let last: { readonly asked: readonly Asked[]; readonly plan: Plan } | null = null;
  return () => {
    const workspace = open(read);
    if (last?.asked.every(({ ask, answer }) => deepEqual(ask(workspace), answer))) return last.plan;
    const asked: Asked[] = [];
    const plan = planSetup(request, listening(workspace, asked));
    last = { asked, plan };
    return plan;
  };
}

/** The first plan of a command that writes; null where none can be made of what an interrupted apply left: that is put right first, under the lock. */
export function firstPlan(make: () => Plan, isRecoverable: () => boolean): Plan | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof ClawformError && isRecoverable()) return null;
    throw error;
  }
}

/** A file that has not changed since is the same value, with all that is known of it. */
function rememberingRead(): ReadSource {
  const known = new Map<string, SourceFile>();
  return (path, file, document) => {
    const fresh = readSource(path, file, document);
    const name = `${file} ${path}`;
    const old = known.get(name);
    if (old !== undefined && old.before?.sha256 === fresh.before?.sha256) return old;
    known.set(name, fresh);
    return fresh;
  };
}

/** The workspace, which notes what is asked of it. What is built in, such as the catalog, is not asked again. */
function listening(workspace: Workspace, asked: Asked[]): PlanGround {
  const noted = <Answer>(ask: (ground: PlanGround) => Answer): Answer => {
    const answer = ask(workspace);
    asked.push({ ask, answer });
    return answer;
  };
  // What a configuration comes to follows from its files.
  noted(({ config, included, stateDir, unfinished }) => [config, included, stateDir, unfinished]);
  const { config, included, composition, value, catalog, stateDir, unfinished } = workspace;
  return {
    config,
    included,
    composition,
    value,
    catalog,
    stateDir,
    unfinished,
    authStores: (agents) => noted((ground) => ground.authStores(agents)),
    keeper: (agent) => noted((ground) => ground.keeper(agent)),
    canReplace: (path) => noted((ground) => ground.canReplace(path)),
  };
}
