/** How a step is written down. */

import type { Json, Step } from "../types.js";

/** One step: which transform, under which title, with what. */
export function step(transform: string, title: string, input: { [key: string]: Json }): Step {
  return { transform, title, input };
}
