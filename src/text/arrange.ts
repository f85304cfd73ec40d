/** Which members and items of a container stand where they stood, which left, and where others arrive. */

import { longestRising } from "../rising.js";
import { contents, inside, type Item, type Value } from "./model.js";
import { afterOf, childrenOf, type Tree } from "./tree.js";

/** A member or item of the changed container. */
export interface Row {
  readonly item: Item;
  /** Index among the container's members in the text, -1 for one that stood elsewhere or nowhere. */
  readonly place: number;
  /** True when it takes the place of one that left. */
  readonly instead: boolean;
}

/** A container after the operations. */
export interface Arrangement {
  /** In the order the text will have. New members come last. */
  readonly rows: readonly Row[];
  /** True when none arrived or left: only values and names inside may differ. */
  readonly settled: boolean;
}

/** Compares a container with its text. As many as possible keep their place. */
export function arrange(tree: Tree, value: Value): Arrangement {
  const rows = rowsAsTheyStand(tree, value);
  return rows === null ? rearranged(tree, value) : { rows, settled: true };
}

/** The rows of a container whose members are those of its text, in their order: most of them. Null for any other. */
function rowsAsTheyStand(tree: Tree, value: Value): Row[] | null {
  const rows: Row[] = [];
  let child = value.node + 1;
  for (const item of contents(tree, value)) {
    if (item.origin !== child || item.home !== value.node) return null;
    rows.push({ item, place: rows.length, instead: false });
    child = afterOf(tree, child);
  }
  return child === afterOf(tree, value.node) ? rows : null;
}

function rearranged(tree: Tree, value: Value): Arrangement {
  const places = new Map<number, number>();
  for (const child of childrenOf(tree, value.node)) places.set(child, places.size);
  const placeOf = (item: Item): number => (item.home === value.node ? (places.get(item.origin) ?? -1) : -1);
  const { members, hidden } = inside(tree, value);
  const items = [...contents(tree, value)];
  const { staying, arriving } = members === null ? listed(items, placeOf) : named([...hidden, ...items], placeOf);
  const settled = arriving.size === 0 && staying.size === places.size;
  const rows: Row[] = [];
  const arrive = (after: number): void => {
    const [first, ...others] = arriving.get(after) ?? [];
    if (first === undefined) return;
    const gap = after + 1 < places.size && !staying.has(after + 1);
    rows.push({ item: first, place: gap ? after + 1 : -1, instead: gap });
    for (const item of others) rows.push({ item, place: -1, instead: false });
  };
  arrive(-1);
  for (let place = 0; place < places.size; place++) {
    const item = staying.get(place);
    if (item === undefined) continue;
    rows.push({ item, place, instead: false });
    arrive(place);
  }
  return { rows, settled };
}

interface Split {
  /** By place. */
  readonly staying: ReadonlyMap<number, Item>;
  /** By the place after which they come, -1 for the front. */
  readonly arriving: ReadonlyMap<number, readonly Item[]>;
}

/** Members: the order means nothing, so whoever has a place keeps it and the others come last. */
function named(items: readonly Item[], placeOf: (item: Item) => number): Split {
  const staying = new Map<number, Item>();
  const others: Item[] = [];
  let last = -1;
  for (const item of items) {
    const place = placeOf(item);
    // A copy of an object holds what the object holds, so a member moved into it may claim a place that is taken.
    if (place < 0 || staying.has(place)) others.push(item);
    else staying.set(place, item);
    last = Math.max(last, place);
  }
  return { staying, arriving: others.length === 0 ? new Map() : new Map([[last, others]]) };
}

/** Items: the longest run that is still in order stays. */
function listed(items: readonly Item[], placeOf: (item: Item) => number): Split {
  const stays = new Set(longestRising(items.map(placeOf)));
  const staying = new Map<number, Item>();
  const arriving = new Map<number, Item[]>();
  let place = -1;
  items.forEach((item, index) => {
    if (stays.has(index)) {
      place = placeOf(item);
      staying.set(place, item);
    } else {
      const group = arriving.get(place);
      if (group === undefined) arriving.set(place, [item]);
      else group.push(item);
    }
  });
  return { staying, arriving };
}
