/** Prices as gateways state them -> prices as OpenClaw keeps them. */

const decimal = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:e([+-]?\d{1,3}))?$/i;

/**
 * USD per token, a number or its text, as USD per million tokens. The decimal point is moved in the text, so that
 * `0.0000006` gives 0.6 and not 0.6000000000000001. Null for what is no price: no number, negative, without end.
 */
export function perMillion(perToken: unknown): number | null {
  if (typeof perToken !== "number" && typeof perToken !== "string") return null;
  // A number's own text is the shortest one that means it (ECMA-262, Number::toString).
  const [, digits, exponent = "0"] = decimal.exec(String(perToken).trim()) ?? [];
  if (digits === undefined) return null;
  const price = Number(`${digits}e${Number(exponent) + 6}`);
  return Number.isFinite(price) && price >= 0 ? price : null;
}
