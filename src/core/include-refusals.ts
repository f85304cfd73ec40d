/** Edits that cannot be made without writing one file's content into another: each refusal names both files, the place and the way out. */

import { formatPointer } from "../pointer.js";
import { ClawformError, invalidError } from "../errors.js";
import type { Pointer } from "../types.js";
import { composes, includeError, inclusionsIn, lineOf } from "./include-names.js";
import {
  itemCount,
  type Leaf,
  leavesOf,
  member,
  memberNames,
  item,
  type Part,
  type Parts,
  type Place,
  type View,
  viewKind,
  rootNode,
} from "./include-view.js";
import { valueIn } from "./patch.js";

/** Throws when removing or replacing what stands at these places would take a `$include` away. `path` is the place in the whole configuration. */
export function refuseIncludesIn(parts: Parts, places: readonly Place[], path: Pointer): void {
  for (const place of places) {
    const value = valueIn(place.part.draft, place.pointer);
    if (!composes(value)) continue;
    const [first] = inclusionsIn({ ...place.part.source, before: null }, value);
    const pointer = place.pointer + (first?.pointer ?? "");
    const names = (first?.names ?? []).map((name) => parts.named(place.part, name, pointer).source.file);
    const { file } = place.part.source;
    throw includeError(
      "include-inside",
      `${nameOf(path)} holds the $include of ${listed(names)} in ${at(place.part, pointer)}, which clawform never takes away`,
      place.part.source,
      pointer,
      `Take that $include out of ${file} by hand first, or edit ${names.length > 0 ? listed(names) : file} itself.`,
    );
  }
}

/** A whole value to be replaced is made up by several files. */
export function severalFiles(path: Pointer, leaves: readonly Leaf[]): ClawformError {
  const [first] = leaves as [Leaf];
  return includeError(
    "include-several",
    `${nameOf(path)} is put together from ${listed(leaves.map(({ place }) => at(place.part, place.pointer)))}: it cannot be replaced as a whole`,
    first.place.part.source,
    first.place.pointer,
    `Change single members of it, or edit ${listed(filesOf(leaves))} by hand.`,
  );
}

/** A list to take an item into or out of is put together from several files. */
export function listOfSeveral(path: Pointer, leaves: readonly Leaf[]): ClawformError {
  const last = leaves.at(-1) as Leaf;
  return includeError(
    "include-list",
    `the list at ${nameOf(path)} is put together from ${listed(leaves.map(({ place }) => at(place.part, place.pointer)))}: no item can be put in or taken out`,
    last.place.part.source,
    last.place.pointer,
    `Keep the list in one of ${listed(filesOf(leaves))}, or edit it there by hand.`,
  );
}

/** An operation speaks of `$include` itself. */
export function includeItself(parts: Parts, path: Pointer): ClawformError {
  return includeError(
    "include-key",
    `the edit at ${nameOf(path)} would write or change a $include`,
    parts.root.source,
    path,
    "clawform leaves every $include as it is: change it by hand.",
  );
}

/** OpenClaw loses a member called `__proto__` where it puts files together. */
export function lostMember(parts: Parts, path: Pointer): ClawformError {
  const message = `the edit at ${nameOf(path)} would write a member called __proto__, which OpenClaw loses where files are included`;
  return includeError("include-key", message, parts.root.source, path, "Give it another name.");
}

/** What was asked for cannot be had: other files give values for the place, too. */
export function otherFiles(path: Pointer, places: readonly Place[]): ClawformError {
  const first = places[0] as Place;
  return includeError(
    "include-hidden",
    `the edit at ${nameOf(path)} would not come out as asked, since ${listed(places.map((place) => at(place.part, place.pointer)))} are laid over each other there`,
    first.part.source,
    first.pointer,
    `Edit ${listed([...new Set(places.map(({ part }) => part.source.file))])} by hand.`,
  );
}

/** Where an edit would put members beside an included list or scalar, that error as a refusal of the edit; other errors as they are. */
export function noObject(path: Pointer, error: unknown): unknown {
  if (!(error instanceof ClawformError) || error.code !== "include-siblings") return error;
  const { file, pointer, position } = error;
  const place = { file, pointer, ...(position ? { position } : {}) };
  return invalidError("include-hidden", `the edit at ${nameOf(path)} cannot be made: then ${error.message}`, {
    ...place,
    hint: "Edit these files by hand.",
    cause: error,
  });
}

/** A file that is included at several places cannot be edited for one of them. */
export function sharedFile(parts: Parts, part: Part, path: Pointer): ClawformError {
  const places = sitesOf(parts, part, rootNode(parts).view, []).map(nameOf);
  const by = parts.all.flatMap((one) =>
    inclusionsIn(one.source, one.draft.root).flatMap(({ names, pointer }) =>
      names.some((name) => parts.named(one, name, pointer).draft === part.draft) ? [{ part: one, pointer }] : [],
    ),
  );
  const first = by[0] as Place;
  return includeError(
    "include-shared",
    `${part.source.file} is included for ${listed(places)} (${listed(by.map((place) => at(place.part, place.pointer)))}): the edit at ${nameOf(path)} would show in each`,
    first.part.source,
    first.pointer,
    `Give ${nameOf(path)} a file of its own, or edit ${part.source.file} by hand.`,
  );
}

/** The places of the configuration where a file's content shows. */
function sitesOf(parts: Parts, part: Part, view: View, tokens: readonly string[]): Pointer[] {
  const here = leavesOf(view).some(({ place }) => place.part.draft === part.draft && place.pointer === "")
    ? [formatPointer(tokens)]
    : [];
  const keys =
    viewKind(view) === "array"
      ? Array.from({ length: itemCount(view) }, (_, index) => String(index))
      : viewKind(view) === "object"
        ? memberNames(view)
        : [];
  const inside = keys.flatMap((key) => {
    const node = viewKind(view) === "array" ? item(parts, view, Number(key)) : member(parts, view, key);
    return node ? sitesOf(parts, part, node.view, [...tokens, key]) : [];
  });
  return [...here, ...inside];
}

function at(part: Part, pointer: Pointer): string {
  const line = lineOf(part.source, pointer)?.line;
  const place = [...(pointer === "" ? [] : [pointer]), ...(line === undefined ? [] : [`line ${line}`])].join(", ");
  return place === "" ? part.source.file : `${part.source.file} (${place})`;
}

function filesOf(leaves: readonly Leaf[]): string[] {
  return [...new Set(leaves.map(({ place }) => place.part.source.file))];
}

function nameOf(path: Pointer): string {
  return path === "" ? "the whole configuration" : path;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) as string}`;
}
