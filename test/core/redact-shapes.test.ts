import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskLooks, maskText } from "../../src/core/redact.js";
import { secretSpans, secretSpansInProse } from "../../src/core/redact-patterns.js";
import { type Look, looksIn, messageLooks, proseLooks, valueLooks } from "../../src/core/redact-shapes.js";

const all: readonly Look[] = [...new Set([...valueLooks, ...messageLooks, ...proseLooks])];

/** Of each look a text that it matches, and parts of many that only nearly do. */
const samples = [
  "sk-test-abcdef",
  `gho_${"test".repeat(4)}`,
  `ghp_${"test".repeat(4)}`,
  `ghs_${"test".repeat(4)}`,
  `ghu_${"test".repeat(4)}`,
  `ghr_${"test".repeat(4)}`,
  `github_pat_${"test".repeat(5)}`,
  `glpat-${"test".repeat(4)}`,
  `npm_${"test".repeat(8)}`,
  ...["xai-", "gsk_", "r8_", "hf_", "pplx-", "nvapi-", "tvly-", "csk-", "fc-"].map((start) => start + "test".repeat(5)),
  `AIza${"test".repeat(8)}`,
  `ya29.${"test".repeat(5)}`,
  "AKIATESTTESTTESTTEST",
  "ASIATESTTESTTESTTEST",
  "xoxb-testtestte",
  "xapp-testtestte",
  "sk_live_testtestte",
  "rk_test_testtestte",
  `SG.${"test".repeat(4)}.${"test".repeat(4)}`,
  `whsec_${"te/t".repeat(4)}`,
  `12345678:${"testt".repeat(7)}`,
  `1234567890:${"testt".repeat(7)}`,
  `M${"test".repeat(6)}.testte.${"test".repeat(7)}`,
  `O${"test".repeat(6)}t.testte.${"test".repeat(7)}`,
  `eyJ${"test".repeat(3)}.${"test".repeat(3)}.testt`,
  "-----BEGIN PRIVATE KEY-----\nTEST\n-----END PRIVATE KEY-----",
  "-----BEGIN RSA PRIVATE KEY-----TEST",
  `Bearer ${"test".repeat(5)}`,
  `bEaReR\t${"test".repeat(5)}`,
  "hooks.slack.com/services/testtestte",
  `discord.com/api/webhooks/1/${"test".repeat(5)}`,
  `discordapp.com/api/v10/webhooks/1/${"test".repeat(5)}`,
  "://u:test@",
  `://${"test".repeat(4)}@`,
  "?key=test",
  "#access_token=test",
  "--api-key=test",
  "NPM_TOKEN=test",
  "Authorization: test",
  "COOKIE: test",
  "x-api-key:test",
  'apiKey: "test"',
  "token='test'",
  "password = `test`",
  "token: test-key-1",
];
const part = fc.oneof(
  fc.constantFrom(...samples),
  fc.constantFrom(...samples).chain((sample) => fc.nat(sample.length).map((end) => sample.slice(0, end))),
  fc.constantFrom(" ", ":", "=", ".", "@", "/", '"', "12", "é", "\u212a", "\n"),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const text = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(""));

describe("a look", () => {
  it.each(all.map((look) => [String(look.pattern()), look] as const))("%s matches one of the samples", (_, look) => {
    expect(samples.some((sample) => look.pattern().test(sample))).toBe(true);
  });

  it("is never left out where its pattern matches", () => {
    fc.assert(
      fc.property(text, (given) => {
        for (const look of all)
          if (look.pattern().test(given)) expect([given, look.needs(given)]).toEqual([given, true]);
      }),
      { numRuns: 5000 },
    );
  });

  it("that a part of a text needs is one of the text", () => {
    fc.assert(
      fc.property(text, text, text, (before, given, after) => {
        const around = looksIn(before + given + after);
        expect(secretSpans(given, around.values)).toEqual(secretSpans(given));
        expect(secretSpansInProse(given, around.prose)).toEqual(secretSpansInProse(given));
      }),
      { numRuns: 2000 },
    );
  });

  it("begins with its name, where it says what follows that", () => {
    fc.assert(
      fc.property(text, (given) => {
        for (const { lead, pattern } of all) {
          const name = lead === undefined ? undefined : pattern().exec(given)?.groups?.["name"];
          if (name !== undefined) expect(given.slice(0, given.indexOf(lead as string))).toBe(name);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("what escapes, comments and places hide from a plain search", () => {
  it("finds in an escaped string what its text does not show", () => {
    expect(maskText('{ a: "\\x73k-test-abcdefghij" }', "config")).toBe('{ a: "***" }');
    expect(maskText('{ a: ["--api-\\u006bey", "test-key-1"] }', "config")).toBe('{ a: ["--api-\\u006bey", "***"] }');
  });

  it("finds a comment behind any value, key or bracket", () => {
    const comment = "/* sk-test-abcdefghij */";
    const inside = `${comment}{${comment}a${comment}:${comment}"x/y"${comment},${comment}b:[${comment}1${comment},]${comment}}${comment}`;
    expect(maskText(inside, "config")).toBe(inside.replaceAll("sk-test-abcdefghij", "***"));
    expect(maskText(`{ a: 1 } ${comment}`, "config")).toBe("{ a: 1 } /* *** */");
  });

  it("takes no address for a bot's token", () => {
    expect(maskLooks("see http://127.0.0.1:8000/v1")).toBe("see http://127.0.0.1:8000/v1");
  });
});
