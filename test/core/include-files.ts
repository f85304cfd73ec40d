/** Configurations in several files, in memory, and random ones. */

import { dirname, resolve } from "node:path";
import fc from "fast-check";
import { type Composition, compose } from "../../src/core/include.js";
import { inclusionsIn } from "../../src/core/include-names.js";
import { applyPatch } from "../../src/core/patch.js";
import { sha256 } from "../../src/hash.js";
import { formatPointer } from "../../src/pointer.js";
import { parseText } from "../../src/text/index.js";
import type { IncludedFile, Json, Operation, SourceFile, TracedOperation } from "../../src/types.js";

/** Files by path below `/config`; the root is `openclaw.json`. Values, or the text of a file. */
export type Files = { readonly [name: string]: Json };

/** A set of files as the store reads it. */
export function sourcesOf(files: Files): { root: SourceFile; included: IncludedFile[] } {
  const sources = Object.entries(files).map(([name, value]): SourceFile => {
    const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
    const document = name === "openclaw.json" ? { kind: "config" as const } : { kind: "include" as const, at: "" };
    return { file: name, path: `/config/${name}`, document, before: { sha256: sha256(text), text } };
  });
  const mentions = sources.flatMap((source) =>
    inclusionsIn(source, parseText(source.before?.text ?? "{}")).flatMap(({ names }) =>
      names.map((name) => ({ path: source.path, name, to: resolve(dirname(source.path), name) })),
    ),
  );
  const [root, ...rest] = sources as [SourceFile, ...SourceFile[]];
  const included = rest.map((source): IncludedFile => ({
    ...source,
    target: source.path,
    by: mentions.flatMap(({ path, name, to }) => (to === source.path ? [{ path, name }] : [])),
  }));
  return { root, included };
}

export function composed(files: Files): Composition {
  const { root, included } = sourcesOf(files);
  return compose(root, included);
}

export function traced(operations: readonly Operation[]): TracedOperation[] {
  return operations.map((operation, step) => ({ step, operation }));
}

/** What a patch of the whole does to each file: its operations by the file's name, without guards. */
export function routed(files: Files, operations: readonly Operation[]): { readonly [name: string]: Operation[] } {
  const routes = composed(files).route(traced(operations));
  return Object.fromEntries(
    [...routes].map(([path, list]) => [path.slice("/config/".length), list.map(({ operation }) => operation)]),
  );
}

/** The files after a patch of the whole; of one that is a string its text. */
export function patched(files: Files, operations: readonly Operation[]): Files {
  const own = composed(files).own;
  const routes = routed(files, operations);
  const after = (name: string): Json => applyPatch(own.get(`/config/${name}`) as Json, routes[name] ?? []);
  return Object.fromEntries(
    Object.keys(files).map((name) => [
      name,
      typeof after(name) === "string" ? JSON.stringify(after(name)) : after(name),
    ]),
  );
}

// --- random ones ---

const key = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom("a", "b", "c", "d") },
  { weight: 1, arbitrary: fc.constantFrom("x/y~", "constructor", "__proto__", "1", "") },
);
const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, 1, 2),
  fc.integer({ min: 100, max: 999 }).map((number) => `mark-${number}`),
);

function valueWith(names: readonly string[]): fc.Arbitrary<Json> {
  const { value } = fc.letrec<{ value: Json; object: Json; list: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      scalar,
      { weight: 3, arbitrary: tie("object") },
      tie("list"),
    ),
    list: fc.array(tie("value"), { maxLength: 3 }),
    object: objectOf(tie("value"), names),
  }));
  return value;
}

function objectOf(value: fc.Arbitrary<Json>, names: readonly string[]): fc.Arbitrary<Json> {
  const members = fc
    .array(fc.tuple(key, value), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries) as Json);
  if (names.length === 0) return members;
  const include = fc.oneof(fc.constantFrom(...names), fc.array(fc.constantFrom(...names), { maxLength: 3 }));
  const including = fc
    .tuple(include, fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, members))
    .map(([given, rest]): Json => ({ $include: given, ...(rest as object) }));
  return fc.oneof({ weight: 2, arbitrary: members }, including);
}

const chain = ["f1.json", "d/f2.json", "f3.json"] as const;
const spelled = {
  "openclaw.json": ["./f1.json", "d/f2.json", "f3.json"],
  "f1.json": ["d/../d/f2.json", "f3.json"],
  "d/f2.json": ["../f3.json"],
  "f3.json": [],
};

/** Random files, each of which may include those after it. */
export const someFiles: fc.Arbitrary<Files> = fc
  .tuple(
    ...["openclaw.json" as const, ...chain].map((name) =>
      fc.oneof(
        { weight: 5, arbitrary: objectOf(valueWith(spelled[name]), spelled[name]) },
        { weight: name === "openclaw.json" ? 0 : 1, arbitrary: valueWith(spelled[name]) },
      ),
    ),
  )
  .map(
    (values) =>
      Object.fromEntries(
        values.map((value, index) => [["openclaw.json", ...chain][index], typeof value === "string" ? [value] : value]),
      ) as Files,
  );

/** The seed of one random operation. */
export interface Wish {
  readonly kind: Operation["op"] | "rename";
  readonly at: number;
  readonly to: number;
  readonly key: string;
  readonly value: Json;
}

export const someWishes: fc.Arbitrary<Wish[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(
      "add" as const,
      "add" as const,
      "replace" as const,
      "replace" as const,
      "remove" as const,
      "test" as const,
      "move" as const,
      "rename" as const,
      "copy" as const,
    ),
    at: fc.nat(200),
    to: fc.nat(200),
    key,
    value: valueWith([]),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Operations that fit the value, one after the other. */
export function operationsFor(value: Json, wishes: readonly Wish[]): Operation[] {
  const operations: Operation[] = [];
  let present = value;
  for (const wish of wishes) {
    const operation = operationFor(present, wish);
    if (!operation) continue;
    try {
      present = applyPatch(present, [operation]);
      operations.push(operation);
    } catch {
      // A move into itself, say: no edit of this value.
    }
  }
  return operations;
}

function operationFor(present: Json, { kind, at, to, key: name, value }: Wish): Operation | undefined {
  const places = pointersOf(present, []);
  const inner = places.slice(1);
  const path = inner[at % Math.max(inner.length, 1)];
  const holders = places.filter((place) => place.container);
  const holder = holders[to % Math.max(holders.length, 1)];
  if (!path || !holder) return undefined;
  const inside =
    holder.container === "list"
      ? formatPointer([...holder.tokens, String(to % ((holder.size ?? 0) + 1))])
      : formatPointer([...holder.tokens, name]);
  const from = formatPointer(path.tokens);
  if (kind === "add") return { op: "add", path: inside, value };
  if (kind === "rename") return { op: "move", from, path: formatPointer([...path.tokens.slice(0, -1), name]) };
  if (kind === "move" || kind === "copy") return { op: kind, from, path: inside };
  if (kind === "remove") return { op: "remove", path: from };
  return { op: kind, path: from, value: kind === "test" ? path.value : value };
}

interface Spot {
  readonly tokens: readonly string[];
  readonly value: Json;
  readonly container?: "list" | "object";
  readonly size?: number;
}

function pointersOf(value: Json, tokens: readonly string[]): Spot[] {
  if (typeof value !== "object" || value === null) return [{ tokens, value }];
  const own: Spot = {
    tokens,
    value,
    container: Array.isArray(value) ? "list" : "object",
    size: Object.keys(value).length,
  };
  return [own, ...Object.entries(value).flatMap(([name, child]) => pointersOf(child, [...tokens, name]))];
}
