/** Inodes of the memory disk, and finding one by its path as Linux does (path_resolution(7)). */

import { systemError } from "./disk.js";

/** A file, a directory or a symbolic link; which of `bytes`, `entries` and `text` is used depends on its kind. */
export interface Inode {
  readonly kind: "file" | "directory" | "symlink";
  readonly number: number;
  mode: number;
  uid: number;
  gid: number;
  /** When its content changed, and when anything about it did; milliseconds since 1970. */
  modified: number;
  changed: number;
  links: number;
  bytes: Uint8Array;
  readonly entries: Map<string, Inode>;
  text: string;
}

/** An inode that has one name. */
export function inodeOf(
  kind: Inode["kind"],
  number: number,
  {
    mode,
    uid,
    gid,
    time,
  }: { readonly mode: number; readonly uid: number; readonly gid: number; readonly time: number },
): Inode {
  const empty = { bytes: new Uint8Array(), entries: new Map<string, Inode>(), text: "" };
  return { kind, number, mode, uid, gid, modified: time, changed: time, links: 1, ...empty };
}

/** A name in a directory, and what has it. */
export interface Place {
  readonly parent: Inode;
  readonly name: string;
  /** Null when nothing has that name. */
  readonly inode: Inode | null;
  /** From the root to the parent. */
  readonly above: readonly Inode[];
}

const most = 40;
const longestName = 255;

interface Step {
  readonly inode: Inode;
  readonly name: string;
}

/** Where a path leads, a symbolic link at its end not followed. */
export function walk(root: Inode, path: string): Place {
  const { way, last } = resolve(root, path, false);
  const above = [root, ...way.map(({ inode }) => inode)];
  const parent = above.at(-1) ?? root;
  return { parent, name: last, inode: parent.entries.get(last) ?? null, above };
}

/** A place whose name is not too long; Linux looks at that when it looks the name up, not before. */
export function named(place: Place): Place {
  if (Buffer.byteLength(place.name) > longestName) throw systemError("ENAMETOOLONG");
  return place;
}

/** The inode at the end of a path, every symbolic link followed, and its path without any. */
export function follow(root: Inode, path: string): { readonly inode: Inode; readonly path: string } {
  const { way } = resolve(root, path, true);
  return { inode: way.at(-1)?.inode ?? root, path: `/${way.map(({ name }) => name).join("/")}` };
}

/** The steps from the root; without `whole` all but the last name, which comes back unresolved. */
function resolve(root: Inode, path: string, whole: boolean): { way: Step[]; last: string } {
  if (!path.startsWith("/")) throw new Error(`not absolute: ${path}`);
  const rest = namesIn(path);
  const last = whole ? "" : (rest.pop() ?? "");
  const way: Step[] = [];
  let links = 0;
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    const here = way.at(-1)?.inode ?? root;
    const next = below(here, name);
    if (name === "..") way.pop();
    else if (next.kind !== "symlink") way.push({ inode: next, name });
    else {
      links += 1;
      if (links > most) throw systemError("ELOOP");
      if (next.text.startsWith("/")) way.length = 0;
      rest.unshift(...namesIn(next.text));
    }
  }
  if (!whole && (way.at(-1)?.inode ?? root).kind !== "directory") throw systemError("ENOTDIR");
  return { way, last };
}

function below(directory: Inode, name: string): Inode {
  if (directory.kind !== "directory") throw systemError("ENOTDIR");
  if (name === "..") return directory;
  if (Buffer.byteLength(name) > longestName) throw systemError("ENAMETOOLONG");
  const inode = directory.entries.get(name);
  if (inode === undefined) throw systemError("ENOENT");
  return inode;
}

function namesIn(path: string): string[] {
  return path.split("/").filter((name) => name !== "" && name !== ".");
}
