/** Golden patches and diffs: the setups of the provider pages over the configurations people have. Review them by eye. */

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { plan } from "../../src/index.js";
import { patchJson } from "../../src/render/json.js";
import { renderPlan } from "../../src/render/plan.js";

const here = (path: string): string => new URL(path, import.meta.url).pathname;
const read = (path: string): string => readFileSync(here(path), "utf8");
const names = (folder: string): string[] => readdirSync(here(folder)).map((file) => file.replace(".json5", ""));
const env = { OPENROUTER_API_KEY: "test-openrouter-key-0123456789", KIMICODE_API_KEY: "test-kimi-key-0123456789" };

describe.each(names("setups"))("%s", (setup) => {
  it.each(["fresh", ...names("configs")])("on %s", async (config) => {
    const on = config === "fresh" ? {} : { config: read(`configs/${config}.json5`) };
    const planned = plan(read(`setups/${setup}.json5`), { on, env });
    expect(planned.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    const diff = renderPlan(planned, { color: false, width: 100, showSecrets: false });
    const patch = patchJson(planned, "openclaw.json", { showSecrets: false });
    for (const secret of Object.values(env)) expect(diff + JSON.stringify(patch)).not.toContain(secret);
    await expect(diff).toMatchFileSnapshot(here(`expected/${setup}.${config}.diff`));
    await expect(`${JSON.stringify(patch, null, 2)}\n`).toMatchFileSnapshot(here(`expected/${setup}.${config}.patch.json`));
    const again = plan(read(`setups/${setup}.json5`), { env, on: Object.fromEntries(planned.changes.map(({ document, after }) => [document.kind, after?.text ?? ""])) });
    expect(again.changes, "a second plan has nothing to do").toEqual([]);
  });
});
