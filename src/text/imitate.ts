/** Which part of the text a new value should look like. */

import type { Entry } from "./layout.js";
import { contents, holds, inside, type Value } from "./model.js";
import type { Press, Spot } from "./press.js";
import { type Shape, shapeOf } from "./habits.js";
import { afterOf, childrenOf, endOf, isContainer, keyStartOf, kindAt, kinds, startOf, type Tree } from "./tree.js";
import { keyAt } from "./value.js";

/** How many siblings are looked at for one to imitate. */
const reach = 64;

/** The member nearest to `index`, going back and then forward, that is a filled container of the value's kind and `fits`; -1 when there is none. */
export function modelAmong(
  tree: Tree,
  value: Value,
  entries: readonly Entry[],
  index: number,
  fits: (entry: Entry) => boolean = () => true,
): number {
  if (!holds(tree, value)) return -1;
  const kind = kindOfValue(tree, value);
  const near = [
    ...entries.slice(Math.max(0, index - reach), index + 1).toReversed(),
    ...entries.slice(index + 1, index + 1 + reach),
  ];
  return (
    near.find((entry) => isFilled(tree, entry.node) && kindAt(tree, entry.node) === kind && fits(entry))?.node ?? -1
  );
}

/** What to imitate inside of something imitated: the member of the same name, else the first alike. */
export function modelInside(tree: Tree, value: Value, model: number, key: string | null): number {
  if (model < 0 || !holds(tree, value)) return -1;
  const kind = kindOfValue(tree, value);
  const alike = childrenOf(tree, model, reach).filter((node) => isFilled(tree, node) && kindAt(tree, node) === kind);
  const named = alike.find((node) => key !== null && keyStartOf(tree, node) >= 0 && keyAt(tree, node) === key);
  return named ?? alike[0] ?? -1;
}

/** True when a filled container should stand on one line if it fits: as its model does, else as most of its shape do. */
export function prefersLine({ tree, lines, strict, style }: Press, value: Value, { model }: Spot): boolean {
  const shape = shapeOfValue(tree, value);
  if (model >= 0 && shapeOf(tree, model) === shape) return lines.sameLine(startOf(tree, model), endOf(tree, model));
  return style().onOneLine(shape) ?? (!strict && shape === "array of scalars");
}

/** False when a value has too many parts to stand on one line; stops counting there. */
export function isSmall(tree: Tree, value: Value, limit: number): boolean {
  return count(tree, value, limit) <= limit;
}

function count(tree: Tree, value: Value, limit: number): number {
  if (value.node >= 0 && value.inside === null) return (endOf(tree, value.node) - startOf(tree, value.node)) / 4;
  if (!holds(tree, value)) return 1;
  let parts = 1;
  for (const item of contents(tree, value)) {
    parts += count(tree, item.value, limit - parts);
    if (parts > limit) break;
  }
  return parts;
}

function shapeOfValue(tree: Tree, value: Value): Shape {
  const parts = [...contents(tree, value)].some((item) => holds(tree, item.value)) ? "containers" : "scalars";
  return kindOfValue(tree, value) === kinds.object ? `object of ${parts}` : `array of ${parts}`;
}

function kindOfValue(tree: Tree, value: Value): number {
  return inside(tree, value).members === null ? kinds.array : kinds.object;
}

function isFilled(tree: Tree, node: number): boolean {
  return isContainer(tree, node) && afterOf(tree, node) > node + 1;
}
