/** Reading and writing pipes. */

import { systemCode } from "./failures.js";

/**
 * Does a system call again while it says EAGAIN. Whoever shares a pipe with us may have made it non-blocking: then a
 * reader or writer at its other end that takes its time looks like an error.
 */
export function patiently(call: () => number): number {
  for (;;) {
    try {
      return call();
    } catch (error) {
      if (systemCode(error) !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
