/**
 * A disk in memory whose power can fail: it knows what is on it for good and what is only in the cache, as POSIX has it. A
 * file's bytes, mode and owner are durable once the file is synced, a name once its directory is. A name that is not synced
 * may be there or not, whatever became of the others; a rename within one directory is there whole or not at all, one between
 * two is two names.
 */

import type { Files } from "../../src/store/files.js";
import { type MemoryDisk, memoryDisk } from "./memory-disk.js";
import { follow, type Inode, walk } from "./memory-inodes.js";

/** A change of names that no sync has covered. */
interface Pending {
  readonly directory: Inode;
  readonly names: readonly (readonly [string, Inode | null])[];
}

/** What is kept of an unsynced file: the bytes last synced (none, of a new one), all, or so much of the new ones over the old. */
export type Kept = "old" | "all" | number;

/** What a power failure leaves of what no sync has covered: one answer for each change of names and for each file, in order. */
export interface Cut {
  readonly names: readonly boolean[];
  readonly contents: readonly Kept[];
}

/** A disk whose power can fail. */
export interface PowerDisk {
  readonly files: Files;
  /** How many changes of names and how many files no sync has covered. */
  readonly open: () => { readonly names: number; readonly contents: number };
  /** The disk after a power failure right now; this one stays as it is. */
  readonly cut: (cut: Cut) => MemoryDisk;
}

type Durable = Pick<Inode, "bytes" | "mode" | "uid" | "gid">;

/** All that `disk` holds is durable. */
export function powerDisk({ files: under, root }: MemoryDisk): PowerDisk {
  const contents = new Map<Inode, Durable>();
  const entries = new Map<Inode, Map<string, Inode>>();
  const open = new Map<number, Inode>();
  let pending: Pending[] = [];
  const settle = (inode: Inode): void => {
    contents.set(inode, { ...inode });
    if (inode.kind !== "directory" || entries.has(inode)) return;
    entries.set(inode, new Map(inode.entries));
    for (const below of inode.entries.values()) settle(below);
  };
  settle(root);
  const born = (inode: Inode): void => {
    contents.set(inode, { ...inode });
    if (inode.kind === "directory") entries.set(inode, new Map());
  };
  const at = (path: string): { directory: Inode; name: string } => {
    const { parent, name } = walk(root, path);
    return { directory: parent, name };
  };
  /** Does something to the name of `path`; what has it afterwards is what may be lost. */
  const naming = (path: string, work: () => void): void => {
    const { directory, name } = at(path);
    work();
    const inode = directory.entries.get(name) ?? null;
    if (inode !== null && !contents.has(inode)) born(inode);
    pending.push({ directory, names: [[name, inode]] });
  };
  const files: Files = {
    ...under,
    open: (path) => remember(under.open(path), path),
    reopen: (path) => remember(under.reopen(path), path),
    create: (path, mode) => {
      let descriptor = -1;
      naming(path, () => (descriptor = under.create(path, mode)));
      return remember(descriptor, path);
    },
    sync: (descriptor) => {
      under.sync(descriptor);
      const inode = open.get(descriptor);
      if (inode === undefined) throw new Error("not opened here");
      contents.set(inode, { ...inode });
      const names = entries.get(inode);
      for (const done of pending.filter(({ directory }) => directory === inode))
        for (const [name, target] of done.names) setName(names, name, target);
      pending = pending.filter(({ directory }) => directory !== inode);
    },
    rename: (from, to) => {
      const [source, target] = [at(from), at(to)];
      const inode = source.directory.entries.get(source.name) ?? null;
      under.rename(from, to);
      if (source.directory === target.directory) {
        const names = [[source.name, null] as const, [target.name, inode] as const];
        pending.push({ directory: source.directory, names });
        return;
      }
      pending.push({ directory: target.directory, names: [[target.name, inode]] });
      pending.push({ directory: source.directory, names: [[source.name, null]] });
    },
    link: (from, to) => naming(to, () => under.link(from, to)),
    symlink: (text, path) => naming(path, () => under.symlink(text, path)),
    remove: (path) => naming(path, () => under.remove(path)),
    makeDirectory: (path, mode) => naming(path, () => under.makeDirectory(path, mode)),
    removeDirectory: (path) => naming(path, () => under.removeDirectory(path)),
  };
  function remember(descriptor: number, path: string): number {
    open.set(descriptor, follow(root, path).inode);
    return descriptor;
  }
  /** Files that may be found, and not as they are now. */
  const unsynced = (): Inode[] => {
    const named = [...entries.values()].flatMap((names) => [...names.values()]);
    const maybe = pending.flatMap(({ names }) => names.flatMap(([, inode]) => inode ?? []));
    return [...new Set([...named, ...maybe])].filter((inode) => !isSame(inode, contents.get(inode) ?? inode));
  };
  const cut = ({ names, contents: kept }: Cut): MemoryDisk => {
    const choices = new Map(unsynced().map((inode, index) => [inode, kept[index] ?? "old"]));
    const left = new Map([...entries].map(([directory, known]) => [directory, new Map(known)]));
    pending.forEach((change, index) => {
      if (names[index]) for (const [name, inode] of change.names) setName(left.get(change.directory), name, inode);
    });
    const known = new Map<Inode, Inode>();
    const rebuilt = (inode: Inode): Inode => {
      const met = known.get(inode);
      if (met !== undefined) {
        met.links += 1;
        return met;
      }
      const copy: Inode = { ...inode, ...keptOf(inode, choices.get(inode) ?? "old"), links: 1, entries: new Map() };
      known.set(inode, copy);
      for (const [name, below] of left.get(inode) ?? []) copy.entries.set(name, rebuilt(below));
      return copy;
    };
    const whole = rebuilt(root);
    const all = [...known.values()];
    return memoryDisk(whole, {
      time: Math.max(...all.map(({ changed }) => changed)),
      number: Math.max(...all.map(({ number }) => number)),
    });
  };
  function keptOf(inode: Inode, kept: Kept): Durable {
    const durable = contents.get(inode) ?? inode;
    const { mode, uid, gid, bytes } = kept === "old" ? durable : inode;
    if (typeof kept !== "number") return { mode, uid, gid, bytes };
    const length = Math.min(kept, bytes.length);
    return { mode, uid, gid, bytes: Buffer.concat([bytes.subarray(0, length), durable.bytes.subarray(length)]) };
  }
  return { files, open: () => ({ names: pending.length, contents: unsynced().length }), cut };
}

function isSame(inode: Inode, durable: Durable): boolean {
  const { mode, uid, gid, bytes } = durable;
  return inode.bytes === bytes && inode.mode === mode && inode.uid === uid && inode.gid === gid;
}

function setName(names: Map<string, Inode> | undefined, name: string, inode: Inode | null): void {
  if (inode === null) names?.delete(name);
  else names?.set(name, inode);
}
