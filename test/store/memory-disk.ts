/**
 * A disk in memory that behaves as Linux does for all that the store asks of one, and is copied in microseconds. It knows
 * no permissions, as root knows none. memory-disk.test.ts holds it against the real disk.
 */

import { systemCode } from "../../src/store/failures.js";
import type { Files, FileStatus } from "../../src/store/files.js";
import { systemError } from "./disk.js";
import { follow, type Inode, inodeOf, named, type Place, walk } from "./memory-inodes.js";

/** A disk and what one can do to it. */
export interface MemoryDisk {
  readonly files: Files;
  /** Another disk that holds the same, inode numbers and times included. What is open stays with this one. */
  readonly copy: () => MemoryDisk;
  readonly root: Inode;
}

interface Open {
  readonly inode: Inode;
  readonly way: "read" | "write" | "both";
  at: number;
}

/** Which user all belongs to, and what the system takes from the mode of what is new. */
const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
const umask = 0o022;
const limitOfPath = 4095;

function statusOf(inode: Inode): FileStatus {
  const { kind, mode, modified, changed, links, number } = inode;
  const size = kind === "file" ? inode.bytes.length : kind === "symlink" ? Buffer.byteLength(inode.text) : 0;
  const identity = [1, number, size, modified, changed].join(":");
  return { kind, device: 0, size, mode, uid: inode.uid, gid: inode.gid, modified, links, identity };
}

/** What `look` finds; null where nothing is. */
function orNothing(look: () => FileStatus): FileStatus | null {
  try {
    return look();
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error))) return null;
    throw error;
  }
}

const start = Date.UTC(2026, 0, 1);

/** A disk that holds what is below `root`, by default nothing; `last`: above every time and number there. */
export function memoryDisk(
  root: Inode = inodeOf("directory", 1, { mode: 0o755, uid, gid, time: start }),
  last: { readonly time: number; readonly number: number } = { time: start, number: 1 },
): MemoryDisk {
  return diskOver(root, last);
}

function diskOver(root: Inode, { ...last }: { time: number; number: number }): MemoryDisk {
  const table = new Map<number, Open>();
  // Every change has a time of its own, so that none can be missed.
  const tick = (): number => (last.time += 1);
  const touch = (inode: Inode, content: boolean): void => {
    inode.changed = tick();
    if (content) inode.modified = inode.changed;
  };
  const make = (kind: Inode["kind"], mode: number, { parent, name, inode }: Place): Inode => {
    if (inode !== null) throw systemError("EEXIST");
    last.number += 1;
    const made = inodeOf(kind, last.number, { mode, uid, gid, time: tick() });
    enter(parent, name, made);
    return made;
  };
  const enter = (parent: Inode, name: string, inode: Inode): void => {
    parent.entries.set(name, inode);
    touch(parent, true);
  };
  const leave = (parent: Inode, name: string, inode: Inode): void => {
    parent.entries.delete(name);
    touch(parent, true);
    inode.links -= 1;
    touch(inode, false);
  };
  const opened = (inode: Inode, way: Open["way"]): number => {
    let descriptor = 3;
    while (table.has(descriptor)) descriptor += 1;
    table.set(descriptor, { inode, way, at: 0 });
    return descriptor;
  };
  const at = (descriptor: number): Open => {
    const open = table.get(descriptor);
    if (open === undefined) throw systemError("EBADF");
    return open;
  };
  const there = (path: string): Place & { readonly inode: Inode } => {
    const place = named(walk(root, path));
    if (place.inode === null) throw systemError("ENOENT");
    return { ...place, inode: place.inode };
  };
  const files: Files = {
    stat: (path) => orNothing(() => statusOf(follow(root, path).inode)),
    lstat: (path) => orNothing(() => statusOf(there(path).inode)),
    realpath: (path) => follow(root, path).path,
    readlink: (path) => {
      const { inode } = there(path);
      if (inode.kind !== "symlink") throw systemError("EINVAL");
      return inode.text;
    },
    writable: (path) => {
      try {
        const { inode } = follow(root, path);
        return uid === 0 || (inode.mode & 0o200) !== 0;
      } catch {
        return false;
      }
    },
    list: (path) => {
      const { inode } = follow(root, path);
      if (inode.kind !== "directory") throw systemError("ENOTDIR");
      return [...inode.entries.keys()];
    },
    open: (path) => opened(follow(root, path).inode, "read"),
    reopen: (path) => {
      const { inode } = follow(root, path);
      if (inode.kind === "directory") throw systemError("EISDIR");
      return opened(inode, "both");
    },
    create: (path, mode) => opened(make("file", mode & ~umask, named(walk(root, path))), "write"),
    fstat: (descriptor) => statusOf(at(descriptor).inode),
    read: (descriptor, into, from) => {
      const open = at(descriptor);
      if (open.way === "write") throw systemError("EBADF");
      if (open.inode.kind === "directory") throw systemError("EISDIR");
      const some = open.inode.bytes.subarray(open.at, open.at + into.length - from);
      into.set(some, from);
      open.at += some.length;
      return some.length;
    },
    write: (descriptor, bytes, from) => {
      const open = at(descriptor);
      if (open.way === "read") throw systemError("EBADF");
      const some = bytes.subarray(from);
      if (some.length === 0) return 0;
      // Never changed in place: copies of this disk share it.
      const content = Buffer.alloc(Math.max(open.inode.bytes.length, open.at + some.length));
      content.set(open.inode.bytes);
      content.set(some, open.at);
      open.inode.bytes = content;
      open.at += some.length;
      touch(open.inode, true);
      return some.length;
    },
    truncate: (descriptor, length) => {
      const { inode, way } = at(descriptor);
      if (way === "read") throw systemError("EINVAL");
      const content = Buffer.alloc(length);
      content.set(inode.bytes.subarray(0, length));
      inode.bytes = content;
      touch(inode, true);
    },
    chmod: (descriptor, mode) => {
      const { inode } = at(descriptor);
      inode.mode = mode & 0o7777;
      touch(inode, false);
    },
    chown: (descriptor, owner, group) => {
      const { inode } = at(descriptor);
      if (uid !== 0 && (owner !== inode.uid || group !== gid)) throw systemError("EPERM");
      [inode.uid, inode.gid] = [owner, group];
      touch(inode, false);
    },
    sync: (descriptor) => {
      at(descriptor);
    },
    close: (descriptor) => {
      at(descriptor);
      table.delete(descriptor);
    },
    rename: (from, to) => {
      const [source, target] = [walk(root, from), walk(root, to)];
      const { inode } = named(source);
      if (inode === null) throw systemError("ENOENT");
      named(target);
      if (target.above.includes(inode)) throw systemError("EINVAL");
      if (target.inode !== null) {
        if (source.above.includes(target.inode)) throw systemError("ENOTEMPTY");
        if (inode === target.inode) return;
        const into = target.inode.kind === "directory";
        if (inode.kind === "directory" && !into) throw systemError("ENOTDIR");
        if (inode.kind !== "directory" && into) throw systemError("EISDIR");
        if (target.inode.entries.size > 0) throw systemError("ENOTEMPTY");
        leave(target.parent, target.name, target.inode);
      }
      leave(source.parent, source.name, inode);
      inode.links += 1;
      enter(target.parent, target.name, inode);
    },
    link: (from, to) => {
      const { inode } = there(from);
      const target = named(walk(root, to));
      if (target.inode !== null) throw systemError("EEXIST");
      if (inode.kind === "directory") throw systemError("EPERM");
      inode.links += 1;
      touch(inode, false);
      enter(target.parent, target.name, inode);
    },
    symlink: (text, path) => {
      if (text === "") throw systemError("ENOENT");
      if (Buffer.byteLength(text) > limitOfPath) throw systemError("ENAMETOOLONG");
      make("symlink", 0o777, named(walk(root, path))).text = text;
    },
    remove: (path) => {
      const { parent, name, inode } = there(path);
      if (inode.kind === "directory") throw systemError("EISDIR");
      leave(parent, name, inode);
    },
    makeDirectory: (path, mode) => {
      make("directory", mode & ~umask, named(walk(root, path)));
    },
    removeDirectory: (path) => {
      const { parent, name, inode } = there(path);
      if (inode.kind !== "directory") throw systemError("ENOTDIR");
      if (inode.entries.size > 0) throw systemError("ENOTEMPTY");
      leave(parent, name, inode);
    },
  };
  return { files, root, copy: () => diskOver(copied(root, new Map()), last) };
}

/** Two names of one file are two names of one copy. */
function copied(inode: Inode, known: Map<Inode, Inode>): Inode {
  const met = known.get(inode);
  if (met !== undefined) return met;
  const copy = { ...inode, entries: new Map<string, Inode>() };
  known.set(inode, copy);
  for (const [name, below] of inode.entries) copy.entries.set(name, copied(below, known));
  return copy;
}
