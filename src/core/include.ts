/** A configuration put together from files by `$include`: its value, and the way back from an edit of it to edits of the files. */

import { parsePointer } from "../pointer.js";
import { parseText } from "../text/index.js";
import type { IncludedFile, Json, Pointer, SourceFile, TracedOperation } from "../types.js";
import { includeError, inclusionsIn, maxIncludeDepth, tooDeep } from "./include-names.js";
import { routeOperations } from "./include-route.js";
import {
  checkIncludes,
  findNode,
  leavesOf,
  onlyIncludes,
  type Part,
  type Parts,
  rootNode,
  valueOfView,
} from "./include-view.js";
import type { Draft } from "./patch.js";

/** More would be a mistake that multiplies: files that include each other twice over ten levels. */
const maxInclusions = 10_000;

type Lookup = (by: SourceFile, name: string, pointer: Pointer) => SourceFile;
type Uses = ReadonlyMap<string, { readonly depth: number; readonly uses: number }>;

/** A configuration and the files it is put together from. */
export interface Composition {
  /** The whole, as OpenClaw puts it together; the same value when nothing is included. */
  readonly value: Json;
  /** The value each file has itself, by its path. */
  readonly own: ReadonlyMap<string, Json>;
  /** Where a value stands: of several files that give it the one that counts most; null where there is nothing. */
  readonly placeOf: (pointer: Pointer) => { readonly source: SourceFile; readonly pointer: Pointer } | null;
  /**
   * Operations on `value` as operations on the files' own values, by path of file, each with its step. With them the
   * files give exactly the patched value. Throws a `patch-...` error for an operation that does not fit `value`, and an
   * `include-...` one, naming the files, for what cannot be had without flattening or changing a `$include`.
   */
  readonly route: (operations: readonly TracedOperation[]) => ReadonlyMap<string, TracedOperation[]>;
}

/**
 * Puts a configuration together from its root file and the files it includes. Throws as `parseText`, and `include-value`,
 * `include-siblings`, `include-unread` (a file is not among `included`), `include-depth`, `include-many`, `nesting`.
 */
export function compose(root: SourceFile, included: readonly IncludedFile[]): Composition {
  const files = [root, ...included];
  const own = new Map(
    files.map((source) => [source.path, source.before === null ? {} : parseText(source.before.text, source.file)]),
  );
  const lookup = finder(files);
  const uses = countUses(root, own, lookup);
  const fresh = (): Parts => partsOf(files, own, uses, lookup);
  const parts = fresh();
  checkIncludes(parts);
  const value = valueOfView(parts, rootNode(parts).view);
  return {
    value,
    own,
    placeOf: (pointer) => {
      const node = findNode(parts, parsePointer(pointer));
      const leaves = node === null ? [] : leavesOf(node.view);
      const place = (leaves.findLast((leaf) => !onlyIncludes(leaf)) ?? leaves.at(-1))?.place ?? node?.spots.at(-1);
      return place ? { source: place.part.source, pointer: place.pointer } : null;
    },
    route: (operations) => routeOperations(fresh(), value, operations),
  };
}

/** Which file a name means in another, by what the reader found. */
function finder(files: readonly (SourceFile | IncludedFile)[]): Lookup {
  const key = (path: string, name: string): string => JSON.stringify([path, name]);
  const found = new Map(
    files.flatMap((file) =>
      "by" in file ? file.by.map(({ path, name }): [string, SourceFile] => [key(path, name), file]) : [],
    ),
  );
  return (by, name, pointer) => {
    const file = found.get(key(by.path, name));
    if (file) return file;
    const message = `${by.file} includes ${JSON.stringify(name)}, which was not read`;
    throw includeError(
      "include-unread",
      message,
      by,
      pointer,
      "A configuration in memory cannot include files: work on the files themselves.",
    );
  };
}

/** How often each file's content is put in, by path, and how many includes lead to it at least. */
function countUses(root: SourceFile, own: ReadonlyMap<string, Json>, lookup: Lookup): Uses {
  const counted = new Map<string, { depth: number; uses: number }>();
  let level = new Map<SourceFile, number>([[root, 1]]);
  for (let depth = 0; level.size > 0; depth++) {
    const next = new Map<SourceFile, number>();
    for (const [file, uses] of level) {
      const known = counted.get(file.path) ?? { depth, uses: 0 };
      counted.set(file.path, { ...known, uses: known.uses + uses });
      for (const { names, pointer } of inclusionsIn(file, own.get(file.path) as Json)) {
        if (names.length > 0 && depth === maxIncludeDepth) throw tooDeep(file, pointer, names[0] as string);
        for (const name of names) {
          const inner = lookup(file, name, pointer);
          next.set(inner, (next.get(inner) ?? 0) + uses);
        }
      }
    }
    level = next;
    const total = [...counted.values()].reduce((sum, { uses }) => sum + uses, 0);
    if (total > maxInclusions)
      throw includeError(
        "include-many",
        `${root.file} and its includes put files in more than ${maxInclusions} times`,
        root,
        "",
        "Include fewer files, or each of them once.",
      );
  }
  return counted;
}

/** The files with fresh drafts of their values. Paths that lead to one file share a draft, and what uses one uses the other. */
function partsOf(
  files: readonly (SourceFile | IncludedFile)[],
  own: ReadonlyMap<string, Json>,
  counted: Uses,
  lookup: Lookup,
): Parts {
  const target = (file: SourceFile | IncludedFile): string => ("target" in file ? file.target : file.path);
  const drafts = new Map(
    files.map((file): [string, Draft] => [target(file), { root: own.get(file.path) as Json, owned: new Set() }]),
  );
  const usesOf = (wanted: string): number =>
    files.reduce((sum, file) => sum + (target(file) === wanted ? (counted.get(file.path)?.uses ?? 0) : 0), 0);
  const all = files.map((source): Part => ({
    source,
    draft: drafts.get(target(source)) as Draft,
    depth: counted.get(source.path)?.depth ?? 0,
    uses: usesOf(target(source)),
  }));
  const byPath = new Map(all.map((part) => [part.source.path, part]));
  return {
    root: all[0] as Part,
    all,
    named: ({ source }, name, pointer) => byPath.get(lookup(source, name, pointer).path) as Part,
  };
}
