/** Which home is next, for several threads at once: whole numbers in memory that they share. */

/**
 * How many numbers may be out and not yet done with. Who prints the results can be kept waiting by whoever reads them: then
 * nothing more is begun, so that a signal to stop, which is only heard between two results, still stops something.
 */
export const longestLead = 256;

/** Hands out the numbers from 0 on, each once. */
export interface Queue {
  /**
   * The next number, which is then what this hand works on; null when there is none left or nothing more is to be begun. Waits
   * while as many as may be are out: `beforeWaiting` hands in what is done.
   */
  readonly take: (hand: number, beforeWaiting?: () => void) => number | null;
  /** What a hand took last, null when nothing since it began. */
  readonly taken: (hand: number) => number | null;
  /** A hand begins, perhaps in place of one that is gone. */
  readonly begin: (hand: number) => void;
  /** So many are done with. */
  readonly finish: (count: number) => void;
  /** From now on there is nothing to take. */
  readonly close: () => void;
  readonly isClosed: () => boolean;
}

const [next, closed, finished, hands] = [0, 1, 2, 3];

/** Memory for a queue of so many hands. */
export function queueMemory(count: number): SharedArrayBuffer {
  return new SharedArrayBuffer((hands + count) * Int32Array.BYTES_PER_ELEMENT);
}

/** The queue of the numbers below `size` in this memory. */
export function queueIn(memory: SharedArrayBuffer, size: number): Queue {
  const cells = new Int32Array(memory);
  const isClosed = (): boolean => Atomics.load(cells, closed) !== 0;
  const finish = (count: number): void => {
    Atomics.add(cells, finished, count);
    Atomics.notify(cells, finished);
  };
  return {
    take: (hand, beforeWaiting) => {
      for (;;) {
        if (isClosed()) return null;
        const done = Atomics.load(cells, finished);
        if (Atomics.load(cells, next) - done < longestLead) break;
        beforeWaiting?.();
        Atomics.wait(cells, finished, done);
      }
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
    finish,
    close: () => {
      Atomics.store(cells, closed, 1);
      finish(1);
    },
    isClosed,
  };
}
