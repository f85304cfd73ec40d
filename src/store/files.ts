/**
 * The file operations of the store, and the only import of node:fs. Everything else in this room
 * reaches the disk through `Files`, so that a test can make any single operation fail.
 */

import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  type Stats,
  symlinkSync,
  unlinkSync,
  writeSync,
} from "node:fs";

/** What stands at a path. */
export interface FileStatus {
  /** `device`: a character device, such as a terminal. */
  readonly kind: "file" | "directory" | "symlink" | "device" | "other";
  /** Which device a device file is; 0 for other files. */
  readonly device: number;
  /** Bytes; 0 for pipes and devices. */
  readonly size: number;
  /** Permission bits, 0 to 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** When its content last changed, milliseconds since 1970. */
  readonly modified: number;
  /** Number of names (hard links) the file has. */
  readonly links: number;
  /** Differs when another file stands there, and when the file was written to or its mode, owner or names changed. */
  readonly identity: string;
}

/** The file operations the store needs. Each does one system call and throws Node's system errors. */
export interface Files {
  /** What a path leads to, symbolic links followed; null where that is nothing (ENOENT, ENOTDIR), as it is for most of what is looked for. */
  readonly stat: (path: string) => FileStatus | null;
  /** As `stat`, but does not follow a symbolic link at the end of `path`. */
  readonly lstat: (path: string) => FileStatus | null;
  /** The path with every symbolic link resolved; it has to exist. */
  readonly realpath: (path: string) => string;
  readonly readlink: (path: string) => string;
  /** True when this process may write to a file, or make and remove names in a directory. */
  readonly writable: (path: string) => boolean;
  /** Names in a directory, unsorted. */
  readonly list: (directory: string) => string[];
  /** Opens a file or a directory for reading; returns a descriptor. */
  readonly open: (path: string) => number;
  /** Opens a file that is there for writing from its beginning on; what is in it stays. Returns a descriptor. */
  readonly reopen: (path: string) => number;
  /** Creates a file that must not exist (O_EXCL) and opens it for writing; returns a descriptor. */
  readonly create: (path: string, mode: number) => number;
  readonly fstat: (descriptor: number) => FileStatus;
  /** Reads on into `into` from index `at`; returns the number of bytes, 0 at the end. */
  readonly read: (descriptor: number, into: Uint8Array, at: number) => number;
  /** Writes on from index `from` of `bytes`; returns the number of bytes taken, maybe fewer than offered. */
  readonly write: (descriptor: number, bytes: Uint8Array, from: number) => number;
  /** Cuts a file to so many bytes, or fills it up with zeros. */
  readonly truncate: (descriptor: number, length: number) => void;
  readonly chmod: (descriptor: number, mode: number) => void;
  readonly chown: (descriptor: number, uid: number, gid: number) => void;
  readonly sync: (descriptor: number) => void;
  readonly close: (descriptor: number) => void;
  readonly rename: (from: string, to: string) => void;
  /** Gives a file a second name, where nothing may stand yet. */
  readonly link: (from: string, to: string) => void;
  /** Makes a symbolic link at `path`, where nothing may stand yet, that says `text`. */
  readonly symlink: (text: string, path: string) => void;
  /** Removes a file. */
  readonly remove: (path: string) => void;
  readonly makeDirectory: (path: string, mode: number) => void;
  /** Removes an empty directory. */
  readonly removeDirectory: (path: string) => void;
}

function status(stats: Stats): FileStatus {
  const kind = stats.isFile()
    ? "file"
    : stats.isDirectory()
      ? "directory"
      : stats.isSymbolicLink()
        ? "symlink"
        : stats.isCharacterDevice()
          ? "device"
          : "other";
  return {
    kind,
    device: stats.rdev,
    size: stats.size,
    mode: stats.mode & 0o7777,
    uid: stats.uid,
    gid: stats.gid,
    modified: stats.mtimeMs,
    links: stats.nlink,
    identity: `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeMs}:${stats.ctimeMs}`,
  };
}

/**
 * Null for what is not there. Node makes an error of it only when asked to, with a stack that costs more than the look; asked
 * not to, its newer versions say nothing of ENOTDIR either.
 */
function found(path: string, look: typeof statSync): FileStatus | null {
  try {
    const stats = look(path, { throwIfNoEntry: false });
    return stats === undefined ? null : status(stats);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR") return null;
    throw error;
  }
}

/** The real disk. */
export const nodeFiles: Files = {
  stat: (path) => found(path, statSync),
  lstat: (path) => found(path, lstatSync),
  // The native form follows links as the kernel does; the other one walks the path in JavaScript.
  realpath: (path) => realpathSync.native(path),
  readlink: (path) => readlinkSync(path),
  writable: (path) => {
    try {
      accessSync(path, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  },
  list: (directory) => readdirSync(directory),
  open: (path) => openSync(path, "r"),
  reopen: (path) => openSync(path, "r+"),
  create: (path, mode) => openSync(path, "wx", mode),
  fstat: (descriptor) => status(fstatSync(descriptor)),
  read: (descriptor, into, at) => readSync(descriptor, into, at, into.length - at, null),
  write: (descriptor, bytes, from) => writeSync(descriptor, bytes, from, bytes.length - from),
  truncate: (descriptor, length) => ftruncateSync(descriptor, length),
  chmod: (descriptor, mode) => fchmodSync(descriptor, mode),
  chown: (descriptor, uid, gid) => fchownSync(descriptor, uid, gid),
  sync: (descriptor) => fsyncSync(descriptor),
  close: (descriptor) => closeSync(descriptor),
  rename: (from, to) => renameSync(from, to),
  link: (from, to) => linkSync(from, to),
  symlink: (text, path) => symlinkSync(text, path),
  remove: (path) => unlinkSync(path),
  makeDirectory: (path, mode) => {
    mkdirSync(path, mode);
  },
  removeDirectory: (path) => rmdirSync(path),
};
