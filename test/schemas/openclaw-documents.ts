/** Small configurations around one part, for the tables of this folder. */

/** A secret reference. */
export const ref: { source: string; provider: string; id: string } = {
  source: "env",
  provider: "default",
  id: "TEST_KEY",
};

/** A configuration with one provider block `p`, `fields` over what a block needs. */
export const p = (fields: object): object => ({
  models: { providers: { p: { baseUrl: "https://llm.example/v1", models: [], ...fields } } },
});
/** A configuration with one model in that block. */
export const m = (fields: object): object => p({ models: [{ id: "a", name: "A", ...fields }] });
/** A configuration with defaults for agents. */
export const defaults = (fields: object): object => ({ agents: { defaults: fields } });
/** A configuration with speech settings. */
export const tts = (fields: object): object => ({ messages: { tts: fields } });
/** A configuration with one credential profile. */
export const profile = (fields: object): object => ({
  auth: { profiles: { "p:default": { provider: "p", mode: "api_key", ...fields } } },
});
/** A value read from text: the way to a key `__proto__`. */
export const parsed = (text: string): unknown => JSON.parse(text);
