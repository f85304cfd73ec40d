/**
 * Random documents, with a uniquely named comment on any perch, and for each comment who owns it: a member (it goes with
 * the member) or the inside of a container (it goes with the container).
 */

import fc from "fast-check";
import { printDocument, type Shape } from "./document-printer.js";
import type { RandomDocument } from "./things.js";

const keys = [
  "a",
  "b",
  "c",
  "d",
  "id",
  "with space",
  "a/b",
  "m~n",
  "",
  "null",
  "__proto__",
  "constructor",
  "0",
  "'",
  '"',
  "\n",
  "ü",
];

const leaf = {
  scalar: fc.nat({ max: 99 }).map(String),
  layout: fc.nat({ max: 9 }),
  trailing: fc.boolean(),
  pad: fc.boolean(),
  inside: fc.nat({ max: 15 }),
};
const { shape } = fc.letrec<{ shape: Shape; item: Shape["items"][number] }>((tie) => ({
  shape: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ ...leaf, list: fc.constant(null), items: fc.constant([]) }),
    fc.record({ ...leaf, list: fc.constantFrom(false, false, true), items: fc.array(tie("item"), { maxLength: 4 }) }),
  ),
  item: fc.record({
    key: fc.constantFrom(...keys),
    quote: fc.nat({ max: 2 }),
    perches: fc.oneof(fc.constant(0), fc.nat({ max: 1023 })),
    shape: tie("shape"),
  }),
}));
const root = fc.record({
  ...leaf,
  list: fc.constantFrom(false, false, true),
  items: fc.array(
    fc.record({
      key: fc.constantFrom(...keys),
      quote: fc.nat({ max: 2 }),
      perches: fc.oneof(fc.constant(0), fc.nat({ max: 1023 })),
      shape,
    }),
    { maxLength: 5 },
  ),
});

/** A document. */
export const randomDocument: fc.Arbitrary<RandomDocument> = fc
  .record({
    shape: fc.oneof({ weight: 12, arbitrary: root }, shape),
    strict: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)),
    eol: fc.constantFrom("\n", "\n", "\r\n"),
    unit: fc.constantFrom("  ", "    ", "\t"),
    colon: fc.constantFrom(": ", ":", " : "),
    oneLine: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)),
    around: fc.nat({ max: 7 }),
  })
  .map(printDocument);
