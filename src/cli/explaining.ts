/** Explaining, a file of its own in the built package with all its tables: loaded only when something is to be explained. */

export { explain } from "../policy/explain.js";
export { thinkingLevel } from "../policy/levels.js";
export { renderExplanation } from "../render/explanation.js";
