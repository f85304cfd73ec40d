/**
 * What may be shown. Every secret is hidden three times: by its place in a document, by its looks, and, in whatever is
 * about to be printed, by its value. Pure.
 */

export { mask, maskLooks } from "./redact-patterns.js";
export { type DocumentKind, isSecret } from "./redact-place.js";
export { maskText } from "./redact-text.js";
export { maskValue, redactPatch } from "./redact-patch.js";
export { createScrubber, planSecrets, redactPlan, type RedactedPlan, secretValues } from "./redact-scrub.js";
