import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { occurrenceOf } from "../../src/core/redact-search.js";

const word = fc.string({ unit: fc.constantFrom("a", "b", "é"), minLength: 3, maxLength: 7 });

describe("occurrenceOf", () => {
  it.each([0, 40])("finds what includes() finds, with %i words more", (more) => {
    const others = Array.from({ length: more }, (_, index) => `word-${index}`);
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 5 }),
        fc.string({ unit: fc.constantFrom("a", "b", "é"), maxLength: 30 }),
        (words, text) => {
          expect(occurrenceOf([...others, ...words], 3)(text)).toBe(words.some((one) => text.includes(one)));
        },
      ),
      { numRuns: 2000 },
    );
    expect(occurrenceOf(others, 3)("say word-39!")).toBe(more > 39);
  });
});
