/** Small setups around one part, for the tables of this folder. */

/** A secret reference. */
export const ref: { source: string; provider: string; id: string } = {
  source: "env",
  provider: "default",
  id: "TEST_KEY",
};

/** A setup with one provider `p`. */
export const p = (fields: object): object => ({ providers: { p: fields } });
/** A value read from text: the way to a key `__proto__`. */
export const parsed = (text: string): unknown => JSON.parse(text);
