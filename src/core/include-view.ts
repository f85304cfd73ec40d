/**
 * How the files of a configuration lie over each other. A view is the value at a place as OpenClaw 2026.5.6 puts it
 * together: included files first and in order, the including object's own members over them; objects member by member,
 * lists one after the other, of anything else the later. Views look at the files' drafts, so edits show at once.
 */

import { invalidError } from "../errors.js";
import { unsafeKeys } from "../ids.js";
import { hasMember, isObject, kindOf, setMember } from "../json.js";
import { formatPointer, isIndex } from "../pointer.js";
import type { Json, JsonObject, Pointer, SourceFile } from "../types.js";
import { hasInclude, includeError, includeKey, inclusionOf, inclusionsIn } from "./include-names.js";
import { type Draft, valueIn } from "./patch.js";

/** A file of a configuration, and its value as far as it has been edited. */
export interface Part {
  readonly source: SourceFile;
  /** Two paths that lead to one file share it. */
  readonly draft: Draft;
  /** Fewest includes on the way to it; the root's is 0. */
  readonly depth: number;
  /** How often its content is put in. */
  readonly uses: number;
}

/** All files of a configuration, the root first. */
export interface Parts {
  readonly root: Part;
  readonly all: readonly Part[];
  /** The file that a name means in another file. */
  readonly named: (by: Part, name: string, pointer: Pointer) => Part;
}

/** A place in one file. */
export interface Place {
  readonly part: Part;
  readonly pointer: Pointer;
}

/** One file's own share of a value. */
export interface Leaf {
  readonly form: "leaf";
  readonly place: Place;
  readonly value: Json;
}

/** A value put together: one file's share, nothing (an empty list of includes), or two of one kind, the right over the left. */
export type View =
  | Leaf
  | { readonly form: "empty" }
  | { readonly form: "merged"; readonly left: View; readonly right: View };

/** A member or an item: the places where files give it, hidden ones too, the one that counts most last; and its value. */
export interface Node {
  readonly spots: readonly Place[];
  readonly view: View;
}

/** The whole configuration. */
export function rootNode(parts: Parts): Node {
  return nodeAt(parts, { part: parts.root, pointer: "" }, parts.root.draft.root);
}

/** Throws `include-siblings` for any `$include` of any file, hidden ones too: OpenClaw resolves them all before it looks which value counts. */
export function checkIncludes(parts: Parts): void {
  for (const part of parts.all) {
    for (const { pointer } of inclusionsIn(part.source, part.draft.root)) {
      const holder = pointer.slice(0, pointer.lastIndexOf("/"));
      viewAt(parts, { part, pointer: holder }, valueIn(part.draft, holder));
    }
  }
}

/** What stands at the end of these tokens; null when nothing does. */
export function findNode(parts: Parts, tokens: readonly string[]): Node | null {
  let node: Node | null = rootNode(parts);
  for (const token of tokens) {
    if (node === null) return null;
    if (viewKind(node.view) === "array") node = isIndex(token) ? item(parts, node.view, Number(token)) : null;
    else node = member(parts, node.view, token);
  }
  return node;
}

/** The files' shares of a value that show in it, the one that counts most last. An object that only includes has one too. */
export function leavesOf(view: View): Leaf[] {
  if (view.form === "merged") return [...leavesOf(view.left), ...leavesOf(view.right)];
  return view.form === "leaf" ? [view] : [];
}

/** True for an object that has nothing but its `$include`. */
export function onlyIncludes({ value }: Leaf): boolean {
  return hasInclude(value) && Object.keys(value).length === 1;
}

/** The kind of a view's value. */
export function viewKind(view: View): ReturnType<typeof kindOf> {
  if (view.form === "empty") return "object";
  return view.form === "leaf" ? kindOf(view.value) : viewKind(view.left);
}

/** A member of an object; null when there is none. */
export function member(parts: Parts, view: View, key: string): Node | null {
  if (view.form === "empty") return null;
  if (view.form === "leaf") {
    const { place, value } = view;
    // OpenClaw loses a member called __proto__ wherever it stands.
    if (!isObject(value) || !hasMember(value, key) || key === includeKey || key === "__proto__") return null;
    return nodeAt(parts, below(place, key), value[key] as Json);
  }
  const left = member(parts, view.left, key);
  const right = unsafeKeys.has(key) ? null : member(parts, view.right, key);
  if (!left || !right) return left ?? right;
  return { spots: [...left.spots, ...right.spots], view: over(left.view, right.view) };
}

/** The names of an object's members, in their order. */
export function memberNames(view: View): string[] {
  if (view.form === "empty") return [];
  if (view.form === "leaf")
    return Object.keys(view.value as JsonObject).filter((key) => key !== includeKey && key !== "__proto__");
  const left = memberNames(view.left);
  const known = new Set(left);
  return [...left, ...memberNames(view.right).filter((key) => !known.has(key) && !unsafeKeys.has(key))];
}

/** How many items a list has. */
export function itemCount(view: View): number {
  if (view.form === "merged") return itemCount(view.left) + itemCount(view.right);
  return view.form === "leaf" && Array.isArray(view.value) ? view.value.length : 0;
}

/** An item of a list; null beyond its end. */
export function item(parts: Parts, view: View, index: number): Node | null {
  if (view.form === "merged") {
    const before = itemCount(view.left);
    return index < before ? item(parts, view.left, index) : item(parts, view.right, index - before);
  }
  const found = view.form === "leaf" && Array.isArray(view.value) ? view.value[index] : undefined;
  return found === undefined ? null : nodeAt(parts, below((view as Leaf).place, String(index)), found);
}

/** The value of a view. Throws `nesting` for more than 1,000 levels. */
export function valueOfView(parts: Parts, view: View, level = 0): Json {
  if (level > 1000)
    throw invalidError("nesting", "the configuration is nested more than 1,000 levels deep", {
      file: parts.root.source.file,
      hint: "Its includes have gone wrong: nobody writes that.",
    });
  const kind = viewKind(view);
  if (kind === "array") {
    return Array.from({ length: itemCount(view) }, (_, index) =>
      valueOfView(parts, (item(parts, view, index) as Node).view, level + 1),
    );
  }
  if (kind !== "object") return (view as Leaf).value;
  const object: JsonObject = {};
  for (const key of memberNames(view))
    setMember(object, key, valueOfView(parts, (member(parts, view, key) as Node).view, level + 1));
  return object;
}

function nodeAt(parts: Parts, place: Place, value: Json): Node {
  return { spots: [place], view: viewAt(parts, place, value) };
}

function viewAt(parts: Parts, place: Place, value: Json): View {
  const own: Leaf = { form: "leaf", place, value };
  if (!hasInclude(value)) return own;
  const included = includedView(parts, place, value);
  if (viewKind(included) === "object") return over(included, own);
  if (onlyIncludes(own)) return included;
  const pointer = `${place.pointer}/${includeKey}`;
  const [file] = leavesOf(included).map((leaf) => leaf.place.part.source.file);
  throw includeError(
    "include-siblings",
    `${place.part.source.file} has members beside the $include of ${file ?? "a file"}, whose content is no object`,
    place.part.source,
    pointer,
    "OpenClaw refuses it too. Take the other members away, or make the included file an object.",
  );
}

function includedView(parts: Parts, { part, pointer }: Place, value: JsonObject): View {
  const { names, list, pointer: at } = inclusionOf(part.source, pointer, value);
  const views = names.map((name): View => {
    const file = parts.named(part, name, at);
    return viewAt(parts, { part: file, pointer: "" }, file.draft.root);
  });
  return list ? views.reduce(over, { form: "empty" }) : (views[0] as View);
}

/** The right over the left: together when both are objects or both lists, else the right alone. */
function over(left: View, right: View): View {
  const kind = viewKind(right);
  return (kind === "object" || kind === "array") && viewKind(left) === kind ? { form: "merged", left, right } : right;
}

function below({ part, pointer }: Place, key: string): Place {
  return { part, pointer: pointer + formatPointer([key]) };
}
