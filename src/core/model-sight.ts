/** Whether a model sees images, judged by its id: what OpenClaw's custom setup takes for known (measured on 2026.5.6). */

/** Families and words of models that see; a word ends where no letter, digit or `_` follows. */
const seeing: readonly RegExp[] = [
  /\bgpt-4o\b/,
  /\bgpt-4\.1\b/,
  /\bgpt-[5-9]\b/,
  /\bo[134]\b/,
  /\bclaude-(?:3|4|sonnet|opus|haiku)\b/,
  /\bgemini\b/,
  /\bqwen[\w.-]*vl\b/,
  /\b(?:vision|llava|pixtral|internvl|mllama|minicpm-v|glm-4v)\b/,
  /(?:^|[-_/])vl(?:[-_/]|$)/,
];

/** True for a model known to see images. */
export function seesImages(modelId: string): boolean {
  const id = modelId.toLowerCase();
  return seeing.some((pattern) => pattern.test(id));
}
