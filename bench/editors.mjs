/** The libraries that edit JSON5 text, each used as its own documentation does: one edit, text in, text out. */

import commentJson from "comment-json";
import { evaluate, patch } from "golden-fleece";
// @ts-expect-error It has no types.
import jju from "jju";
import json5 from "json5";
import { edit, operations } from "./configuration.mjs";

/** @type {typeof import("../src/index.js")} */
const { applyPatchToText } = await import(new URL("../dist/index.js", import.meta.url).href);

/** What the others are measured by: reading alone. @param {string} text */
export const read = (text) => json5.parse(text);

/** @type {Readonly<Record<string, (text: string) => string>>} */
export const editors = {
  applyPatchToText: (text) => applyPatchToText(text, operations),
  "golden-fleece": (text) => patch(text, edit(evaluate(text))),
  jju: (text) => jju.update(text, edit(jju.parse(text)), { mode: "json5" }),
  "comment-json": (text) => commentJson.stringify(edit(commentJson.parse(text)), null, 2),
};
