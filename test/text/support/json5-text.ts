/** Random JSON5 text of every spelling, for readers. Layouts that edits are judged by come from `random-document.ts`. */

import fc from "fast-check";

const trivia = fc.oneof(
  { weight: 6, arbitrary: fc.constant("") },
  { weight: 4, arbitrary: fc.constant(" ") },
  fc.constantFrom(
    "\n",
    "\r\n",
    "\t",
    "\u00a0",
    "\ufeff",
    "\u2028",
    "\v\f",
    "// x\n",
    "/* y */",
    "/**/",
    "/*\n*/ ",
    "// '\"{\r",
    "\u3000",
  ),
);

const scalar = fc.oneof(
  fc.constantFrom(
    "null",
    "true",
    "false",
    "0",
    "-0",
    "+1",
    ".5",
    "5.",
    "1e3",
    "1E-2",
    "0x1f",
    "-0XFF",
    "Infinity",
    "-Infinity",
    "NaN",
    "+NaN",
    "123456789012345678901",
    "'\\\n'",
    "'a\\\r\nb'",
    '"\\u0061\\x62\\v\\0"',
    "'\u2028'",
    '"\'"',
    "'\"'",
    "''",
    "'//'",
    "'/*'",
    "'\\'\\\\'",
  ),
  fc.string({ unit: "binary", maxLength: 6 }).map((value) => JSON.stringify(value)),
  fc.double().map(String),
);

const key = fc.oneof(
  fc.constantFrom(
    "a",
    "b",
    "$",
    "_x9",
    "null",
    "\\u0061",
    "a\\u0062c",
    "ü",
    "__proto__",
    "constructor",
    "'a b'",
    '"a/b~c"',
    "''",
    "'\\n'",
    '"\\u2028"',
    "𝒳",
  ),
  fc.string({ maxLength: 4 }).map((value) => JSON.stringify(value)),
);

const { value } = fc.letrec<{ value: string; list: string; object: string }>((tie) => ({
  value: fc.oneof({ depthSize: "small", withCrossShrink: true }, scalar, tie("list"), tie("object")),
  list: fc
    .tuple(fc.array(fc.tuple(trivia, tie("value"), trivia), { maxLength: 4 }), trivia, fc.boolean())
    .map(
      ([items, inside, comma]) =>
        `[${items.map((item) => item.join("")).join(",")}${comma && items.length > 0 ? "," : ""}${inside}]`,
    ),
  object: fc
    .tuple(
      fc.array(fc.tuple(trivia, key, trivia, fc.constant(":"), trivia, tie("value"), trivia), { maxLength: 4 }),
      trivia,
      fc.boolean(),
    )
    .map(
      ([items, inside, comma]) =>
        `{${items.map((item) => item.join("")).join(",")}${comma && items.length > 0 ? "," : ""}${inside}}`,
    ),
}));

/** A JSON5 text. */
export const json5Text: fc.Arbitrary<{ text: string }> = fc
  .tuple(trivia, value, trivia)
  .map((parts) => ({ text: parts.join("") }));
