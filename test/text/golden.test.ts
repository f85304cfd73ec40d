import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { applyPatchToText } from "../../src/text/index.js";
import type { Operation } from "../../src/types.js";

const folder = new URL("golden/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.includes(".before."));

/** `X.before.json5` and `X.patch.json` give `X.after.json5`, byte for byte. `CLAWFORM_GOLDEN=write` writes the afters anew: look at them before you keep them. */
describe("golden texts", () => {
  it.each(names)("%s", (name) => {
    const before = readFileSync(new URL(name, folder), "utf8");
    const patch = JSON.parse(
      readFileSync(new URL(name.replace(/\.before\..*/, ".patch.json"), folder), "utf8"),
    ) as Operation[];
    const after = applyPatchToText(before, patch);
    const file = new URL(name.replace(".before.", ".after."), folder);
    if (process.env["CLAWFORM_GOLDEN"] === "write") writeFileSync(file, after);
    expect(existsSync(file), `${file.pathname} is missing`).toBe(true);
    expect(after).toBe(readFileSync(file, "utf8"));
  });
});
