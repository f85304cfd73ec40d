/** Which home is next, for several threads at once: whole numbers in memory that they share. */

/** Hands out the numbers from 0 on, each once. */
export interface Queue {
  /** The next number, which is then what this hand works on; null when there is none left or nothing more is to be begun. */
  readonly take: (hand: number) => number | null;
  /** What a hand took last, null when nothing since it began. */
  readonly taken: (hand: number) => number | null;
  /** A hand begins, perhaps in place of one that is gone. */
  readonly begin: (hand: number) => void;
  /** From now on there is nothing to take. */
  readonly close: () => void;
}

const [next, closed, hands] = [0, 1, 2];

/** Memory for a queue of so many hands. */
export function queueMemory(count: number): SharedArrayBuffer {
  return new SharedArrayBuffer((hands + count) * Int32Array.BYTES_PER_ELEMENT);
}

/** The queue of the numbers below `size` in this memory. */
export function queueIn(memory: SharedArrayBuffer, size: number): Queue {
  const cells = new Int32Array(memory);
  return {
    take: (hand) => {
      if (Atomics.load(cells, closed) !== 0) return null;
      const number = Atomics.add(cells, next, 1);
      if (number >= size) return null;
      Atomics.store(cells, hands + hand, number + 1);
      return number;
    },
    taken: (hand) => {
      const number = Atomics.load(cells, hands + hand);
      return number === 0 ? null : number - 1;
    },
    begin: (hand) => void Atomics.store(cells, hands + hand, 0),
    close: () => void Atomics.store(cells, closed, 1),
  };
}
