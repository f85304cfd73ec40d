/** What the conformance tests share: the real program, and how much of it is asked for. */

import { inject } from "vitest";
import type { Program } from "./program.js";
import { seedOf } from "./cases.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The real program, or why it cannot be had. */
    openclaw: Program | string;
    /** When installing it began, in ms since 1970. */
    began: number;
  }
  interface TaskMeta {
    /** How a comparison went. */
    comparison?: { choice: string; before: string; outcome: string; differences: readonly string[] };
  }
}

const found: Program | string = inject("openclaw");

/** The real program. */
export const program: Program | null = typeof found === "string" ? null : found;

/** Why there is none. */
export const missing: string = typeof found === "string" ? found : "";

const asked: string | undefined = process.env["CLAWFORM_OPENCLAW"];

/** `CLAWFORM_OPENCLAW`: `all` for every case, or a pattern for those whose name it matches, however long they take. */
export const isLong: boolean = asked !== undefined && asked !== "";

/** Whether the long form has this case. */
export const isWanted = (name: string): boolean => asked === "all" || new RegExp(asked ?? "").test(name);

/** Nothing of the real program begins later than `ms` after the whole began, installing included; the long form has no end. */
export const until = (ms: number): number => (isLong ? Infinity : inject("began") + ms);

/** Of the sample. */
export const seed: number = seedOf(process.env, new Date());
