/** Transactions of every shape, over files of every shape, for the fault harness. */

import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Files } from "../../src/store/files.js";
import { stateFiles } from "../../src/store/state-dir.js";
import { withStateLock } from "../../src/store/state-lock.js";
import { transact } from "../../src/store/transact.js";
import type { DocumentKey, FileChange } from "../../src/types.js";
import { processOf } from "./faults.js";
import { auth, change, config, put, temporary } from "./disk.js";

/** A home and what is to be done to it. */
export interface Scene {
  readonly home: string;
  readonly stateDir: string;
  readonly changes: readonly FileChange[];
  /** Whether a history entry is kept. */
  readonly recorded: boolean;
}

const agent = (id: string): DocumentKey => ({ kind: "auth", agent: id });
const store = (id: string): string => `state/agents/${id}/agent/auth-profiles.json`;

function scene(make: (home: string) => FileChange[], recorded = true): Scene {
  const home = temporary();
  // What is not clawform's: it has to stay in every case.
  const changes = make(home);
  return { home, stateDir: join(home, "state"), changes, recorded };
}

function gone(path: string, document: DocumentKey, before: string): FileChange {
  const { after: _, ...rest } = change(path, document, before, "");
  return { ...rest, after: null };
}

const replaced = (home: string): FileChange[] => {
  put(home, "state/openclaw.json.bak", "theirs");
  return [
    change(put(home, "state/openclaw.json", "old config", 0o640), config, "old config", "new config, longer"),
    change(put(home, store("main"), "old auth", 0o644), auth, "old auth", "new auth"),
  ];
};

/** One maker per shape. */
export const scenes: readonly (readonly [string, () => Scene])[] = [
  ["both files replaced", () => scene(replaced)],
  ["both files replaced, nothing recorded", () => scene(replaced, false)],
  [
    "both files and their directories new",
    () =>
      scene((home) => [
        change(join(home, "state/openclaw.json"), config, null, "new config"),
        change(join(home, store("main")), auth, null, "new auth"),
      ]),
  ],
  [
    "an include, the configuration, two agents behind links, one file as it is",
    () =>
      scene((home) => {
        put(home, "keys/auth-profiles.json", "old auth");
        mkdirSync(join(home, "state/agents/main"), { recursive: true });
        symlinkSync("../../../keys", join(home, "state/agents/main/agent"));
        put(home, "dotfiles/openclaw.json", "old config");
        symlinkSync("../dotfiles/openclaw.json", join(home, "state/openclaw.json"));
        put(home, "state/models.json5", "// old include");
        put(home, "state/clawform/history/0001.json", "an earlier entry");
        return [
          change(join(home, "state/openclaw.json"), config, "old config", "new config"),
          change(join(home, store("main")), auth, "old auth", "new auth"),
          change(join(home, store("work")), agent("work"), null, "new work"),
          change(
            join(home, "state/models.json5"),
            { kind: "include", at: "/models" },
            "// old include",
            "// new include",
          ),
          change(put(home, store("ops"), "ops"), agent("ops"), "ops", "ops"),
        ];
      }),
  ],
  [
    "a store and a configuration removed, another store put back",
    () =>
      scene((home) => [
        gone(put(home, "state/openclaw.json", "our config"), config, "our config"),
        gone(put(home, store("work"), "our work", 0o640), agent("work"), "our work"),
        change(put(home, store("main"), "our auth"), auth, "our auth", "old auth"),
      ]),
  ],
  [
    "nothing to do",
    () => scene((home) => [change(put(home, "state/openclaw.json", "as it is"), config, "as it is", "as it is")]),
  ],
];

/** Does it all as process 4242, as a command would. */
export function play({ stateDir, changes, recorded }: Scene, files: Files): Promise<unknown> {
  const text = JSON.stringify({ format: 1, changes: changes.map(({ path, before }) => ({ path, before })) });
  const record = recorded ? { path: join(stateFiles(stateDir).history, "0002.json"), text } : null;
  const lock = { host: processOf(4242), files, timeoutSeconds: 0, command: "apply" };
  return withStateLock(stateDir, lock, (held) => transact(held, changes, record));
}
