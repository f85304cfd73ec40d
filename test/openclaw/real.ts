/** The real program's runs: started ahead of the tests that wait for them, two at a time, none after the deadline. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { homeAt } from "../cli/harness.js";
import { arrange, present } from "../oracle/home.js";
import { statePath } from "../oracle/kept.js";
import type { Recording } from "../oracle/recordings.js";
import { ask, onboardArguments, type Program, providerPart } from "./program.js";

/** What the real program did with the recording's starting point; null when it did not end in two minutes. */
export async function recordReal(program: Program, start: Recording): Promise<Recording | null> {
  const dir = mkdtempSync(join(tmpdir(), "clawform-real-"));
  try {
    const { recording, home } = arrange(start, homeAt(dir));
    const before = present(home, recording);
    const answer = await ask(program, dir, onboardArguments(recording.choice, recording.args), {
      env: recording.env ?? {},
    });
    if (answer.late) return null;
    const { config, auth, files } = present(home, recording);
    const { [statePath]: stateAfter, ...filesAfter } = files as Record<string, object>;
    return {
      ...recording,
      configAfter: providerPart(config, before.config),
      authAfter: home.exists(".openclaw/agents/main/agent/auth-profiles.json") ? auth : null,
      ...(stateAfter === undefined ? {} : { stateAfter }),
      ...(Object.keys(filesAfter).length === 0 ? {} : { filesAfter }),
      ...(answer.code === 0 ? {} : { exit: answer.code }),
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/**
 * Works off jobs two at a time from now on, whoever waits for them. A job that would begin after the deadline gives null.
 * A failure is its waiter's.
 */
export function ahead<T>(jobs: readonly (() => Promise<T | null>)[], deadline: number): Promise<T | null>[] {
  const queue: (() => Promise<void>)[] = [];
  const results = jobs.map(
    (job) =>
      new Promise<T | null>((resolve, reject) => {
        queue.push(() => (Date.now() > deadline ? Promise.resolve(null) : job()).then(resolve, reject));
      }),
  );
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await next();
  };
  for (const result of results) result.catch(() => undefined);
  void worker();
  void worker();
  return results;
}
