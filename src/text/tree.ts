/**
 * A text and where each of its values stands. Columns of numbers instead of objects: a node costs 21 bytes, so the
 * tree of a 1 MB config is smaller than the config, and whatever a patch does not touch never becomes an object.
 */

/** What a node is. */
export const kinds = { null: 0, boolean: 1, number: 2, string: 3, array: 4, object: 5 } as const;

/** Nodes in the order of the text, the root is 0; a node's children follow it, up to `after`. Offsets are UTF-16 units. */
export interface Tree {
  readonly text: string;
  readonly count: number;
  readonly kinds: Uint8Array;
  /** Five cells a node: start, end, keyStart, keyEnd (-1 without a key), after. */
  readonly cells: Int32Array;
}

const width = 5;

/** A value of `kinds`. */
export function kindAt(tree: Tree, node: number): number {
  return tree.kinds[node] as number;
}

/** Offset of the value's first character. */
export function startOf(tree: Tree, node: number): number {
  return tree.cells[node * width] as number;
}

/** Offset after the value's last character. */
export function endOf(tree: Tree, node: number): number {
  return tree.cells[node * width + 1] as number;
}

/** Offset of the member's key, -1 for what has none. */
export function keyStartOf(tree: Tree, node: number): number {
  return tree.cells[node * width + 2] as number;
}

/** Offset after the member's key, -1 for what has none. */
export function keyEndOf(tree: Tree, node: number): number {
  return tree.cells[node * width + 3] as number;
}

/** The node that follows this one and everything in it. */
export function afterOf(tree: Tree, node: number): number {
  return tree.cells[node * width + 4] as number;
}

/** Offset where the member or item begins: its key, else its value. */
export function headOf(tree: Tree, node: number): number {
  const key = keyStartOf(tree, node);
  return key < 0 ? startOf(tree, node) : key;
}

/** True for an array or an object. */
export function isContainer(tree: Tree, node: number): boolean {
  return kindAt(tree, node) >= kinds.array;
}

/** The nodes directly inside a container, at most `limit` of them. */
export function childrenOf(tree: Tree, node: number, limit: number = Number.POSITIVE_INFINITY): number[] {
  const children: number[] = [];
  const after = afterOf(tree, node);
  for (let child = node + 1; child < after && children.length < limit; child = afterOf(tree, child))
    children.push(child);
  return children;
}

/** Collects nodes while the text is read. */
export interface TreeBuilder {
  /** Adds a node that begins at `start` and returns it. */
  readonly open: (kind: number, start: number, keyStart: number, keyEnd: number) => number;
  /** Ends a node: every node opened since lies inside it. */
  readonly close: (node: number, end: number) => void;
  readonly finish: (text: string) => Tree;
}

/** A builder with room for a text of `length` characters; it grows when values are short. */
export function treeBuilder(length: number): TreeBuilder {
  let room = Math.max(16, length >> 5);
  let kinds = new Uint8Array(room);
  let cells = new Int32Array(room * width);
  let count = 0;

  function grow(): void {
    room *= 2;
    const moreKinds = new Uint8Array(room);
    moreKinds.set(kinds);
    kinds = moreKinds;
    const moreCells = new Int32Array(room * width);
    moreCells.set(cells);
    cells = moreCells;
  }

  return {
    open(kind, start, keyStart, keyEnd) {
      if (count === room) grow();
      kinds[count] = kind;
      const at = count * width;
      cells[at] = start;
      cells[at + 2] = keyStart;
      cells[at + 3] = keyEnd;
      count++;
      return count - 1;
    },
    close(node, end) {
      cells[node * width + 1] = end;
      cells[node * width + 4] = count;
    },
    finish: (text) => ({ text, count, kinds, cells }),
  };
}
