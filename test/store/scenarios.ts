/** Transactions of every shape, over files of every shape, for the fault harness. */

import { join } from "node:path";
import { type Files, nodeFiles } from "../../src/store/files.js";
import { stateFiles } from "../../src/store/state-dir.js";
import { withStateLock } from "../../src/store/state-lock.js";
import { transact } from "../../src/store/transact.js";
import type { DocumentKey, FileChange } from "../../src/types.js";
import { auth, change, config, temporary } from "./disk.js";
import { faultyDisk, looksLike, processOf } from "./faults.js";
import { type Ground, lay, layDirectory } from "./ground.js";
import { type MemoryDisk, memoryDisk } from "./memory-disk.js";

/** What is laid out in a home, and what is to be done to it. */
export interface Shape {
  readonly lay: (ground: Ground) => FileChange[];
  /** Whether a history entry is kept. */
  readonly recorded?: boolean;
  /** Overwrite what cannot be replaced. */
  readonly inPlace?: boolean;
}

/** A shape on a disk. */
export interface Scene extends Ground {
  readonly stateDir: string;
  readonly changes: readonly FileChange[];
  readonly shape: Shape;
}

/** A shape on the real disk, in a directory of this test's own. */
export function onDisk(shape: Shape): Scene {
  const ground = { files: { ...nodeFiles, sync: () => {} }, home: temporary() };
  return { ...ground, stateDir: join(ground.home, "state"), changes: shape.lay(ground), shape };
}

/** A scene and further ones just like it. */
export interface MemoryScene extends Scene {
  readonly copy: () => MemoryScene;
  readonly disk: MemoryDisk;
  /** The same homes on another disk. */
  readonly on: (disk: MemoryDisk) => MemoryScene;
}

/** A shape in memory. */
export function inMemory(shape: Shape): MemoryScene {
  const disk = memoryDisk();
  const ground = { files: disk.files, home: "/home/of ü" };
  // One thing is mounted, as on every Linux.
  lay({ ...ground, home: "/" }, "proc/self/mountinfo", "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n");
  layDirectory(ground, ground.home);
  const scene = { stateDir: join(ground.home, "state"), changes: shape.lay(ground), shape };
  const on = (other: MemoryDisk): MemoryScene => ({
    ...ground,
    ...scene,
    files: other.files,
    disk: other,
    copy: () => on(other.copy()),
    on,
  });
  return on(disk);
}

const agent = (id: string): DocumentKey => ({ kind: "auth", agent: id });
const store = (id: string): string => `state/agents/${id}/agent/auth-profiles.json`;

function gone(path: string, document: DocumentKey, before: string): FileChange {
  const { after: _, ...rest } = change(path, document, before, "");
  return { ...rest, after: null };
}

// What is not clawform's has to stay in every case.
const replaced = (ground: Ground): FileChange[] => {
  lay(ground, "state/openclaw.json.bak", "theirs");
  return [
    change(lay(ground, "state/openclaw.json", "old config", 0o640), config, "old config", "new config, longer"),
    change(lay(ground, store("main"), "old auth", 0o644), auth, "old auth", "new auth"),
  ];
};

/** A configuration with a second name, and a file it includes, which is replaced as usual. */
const overwritten =
  (before: string, after: string) =>
  (ground: Ground): FileChange[] => {
    const path = lay(ground, "state/openclaw.json", before, 0o640);
    ground.files.link(path, join(ground.home, "second.json"));
    const models = lay(ground, "state/models.json5", "// old models");
    return [
      change(path, config, before, after),
      change(models, { kind: "include", at: "/models" }, "// old models", "// new models"),
    ];
  };

const linked = (ground: Ground): FileChange[] => {
  const { files, home } = ground;
  lay(ground, "keys/auth-profiles.json", "old auth");
  layDirectory(ground, join(home, "state/agents/main"));
  files.symlink("../../../keys", join(home, "state/agents/main/agent"));
  lay(ground, "dotfiles/openclaw.json", "old config");
  files.symlink("../dotfiles/openclaw.json", join(home, "state/openclaw.json"));
  lay(ground, "state/models.json5", "// old include");
  lay(ground, "state/clawform/history/0001.json", "an earlier entry");
  return [
    change(join(home, "state/openclaw.json"), config, "old config", "new config"),
    change(join(home, store("main")), auth, "old auth", "new auth"),
    change(join(home, store("work")), agent("work"), null, "new work"),
    change(join(home, "state/models.json5"), { kind: "include", at: "/models" }, "// old include", "// new include"),
    change(lay(ground, store("ops"), "ops"), agent("ops"), "ops", "ops"),
  ];
};

/** One per shape. */
export const shapes: readonly (readonly [string, Shape])[] = [
  ["both files replaced", { lay: replaced, recorded: true }],
  ["both files replaced, nothing recorded", { lay: replaced }],
  [
    "both files and their directories new",
    {
      recorded: true,
      lay: ({ home }) => [
        change(join(home, "state/openclaw.json"), config, null, "new config"),
        change(join(home, store("main")), auth, null, "new auth"),
      ],
    },
  ],
  ["an include, the configuration, two agents behind links, one file as it is", { recorded: true, lay: linked }],
  [
    "a store and a configuration removed, another store put back",
    {
      recorded: true,
      lay: (ground) => [
        gone(lay(ground, "state/openclaw.json", "our config"), config, "our config"),
        gone(lay(ground, store("work"), "our work", 0o640), agent("work"), "our work"),
        change(lay(ground, store("main"), "our auth"), auth, "our auth", "old auth"),
      ],
    },
  ],
  [
    "a file overwritten by a longer text, another replaced",
    { inPlace: true, lay: overwritten("old config", "new config, longer than the old one") },
  ],
  [
    "a file overwritten by a shorter text, another replaced",
    { inPlace: true, recorded: true, lay: overwritten("old config, longer than the new one", "new config") },
  ],
  [
    "nothing to do",
    {
      recorded: true,
      lay: (ground) => [change(lay(ground, "state/openclaw.json", "as it is"), config, "as it is", "as it is")],
    },
  ],
];

/** Does it all as process 4242, as a command would. */
export function play({ stateDir, changes, shape }: Scene, files: Files): Promise<unknown> {
  const text = JSON.stringify({ format: 1, changes: changes.map(({ path, before }) => ({ path, before })) });
  const record = shape.recorded ? { path: join(stateFiles(stateDir).history, "0002.json"), text } : null;
  const inPlace = shape.inPlace ?? false;
  const lock = { host: processOf(4242), files, timeoutSeconds: 0, command: "apply", inPlace };
  return withStateLock(stateDir, lock, (held) => transact(held, changes, record));
}

/** How a scene begins and ends when all goes well, and how many operations that takes. */
export async function undisturbed(scene: Scene): Promise<{ old: string; after: string; operations: number }> {
  const old = looksLike(scene);
  const disk = faultyDisk(0, "EIO", scene.files);
  await play(scene, disk.files);
  return { old, after: looksLike(scene), operations: disk.count() };
}
