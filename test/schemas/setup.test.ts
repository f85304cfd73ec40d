import { describe, expect, test } from "vitest";
import { createChecker, inOrder } from "./compile.js";
import { accepted } from "./setup-accepted.js";
import { p } from "./setup-documents.js";
import { refused } from "./setup-refused.js";

const check = createChecker("setup");

describe("setup.json", () => {
  test.each(accepted)("takes %s", (_name, document) => {
    expect(check(document)).toEqual([]);
  });

  test.each(refused)("refuses %s", (_name, document, ...findings) => {
    expect(check(document)).toEqual(inOrder(findings));
  });

  test("a reference or id of a million characters is told in no time", () => {
    const long = "a".repeat(1_000_000);
    const spaces = " ".repeat(1_000_000);
    const slashes = "a/".repeat(500_000);
    const started = performance.now();
    check({
      model: { primary: long, fallbacks: [spaces, slashes, `${spaces}/`] },
      aliases: { [long]: spaces },
      providers: { [spaces]: {}, [slashes]: {} },
    });
    check(p({ apiKey: { source: "exec", provider: "v", id: slashes } }));
    check(p({ apiKey: { source: "file", provider: "v", id: `/${long}~` } }));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
