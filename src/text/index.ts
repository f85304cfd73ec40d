/** JSON5 text to value, and (text, patch) to text with everything kept that the patch does not speak of. */

export { applyPatchToText } from "./apply.js";
export { duplicateKeys, locate, type TextRange } from "./locate.js";
export { parseText } from "./parse.js";
export { positionAt } from "./position.js";
export { reprint } from "./reprint.js";
