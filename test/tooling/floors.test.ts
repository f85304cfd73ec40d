/** The floors of ARCHITECTURE.md as examples: what oxlint, with the project's own configuration, must refuse and allow. */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import json5 from "json5";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const imports = "eslint(no-restricted-imports)";
const globals = "eslint(no-restricted-globals)";
const properties = "eslint(no-restricted-properties)";

type Example = readonly [file: string, source: string, rule: string | null];

const refused: Example[] = [
  // transforms: pure, floor 0 and core/edit alone
  ["transforms/x.ts", "export const at: number = Date.now();", globals],
  ["transforms/x.ts", "export const at: number = performance.now();", globals],
  ["transforms/x.ts", "export const at: unknown = new Date();", globals],
  ["transforms/x.ts", "export const roll: number = Math.random();", properties],
  ["transforms/x.ts", "export const id: string = crypto.randomUUID();", globals],
  ["transforms/x.ts", "export const home: unknown = process.env;", globals],
  ["transforms/x.ts", "export const home: unknown = globalThis.process;", globals],
  ["transforms/x.ts", 'export const answer: unknown = fetch("https://example.test");', globals],
  ["transforms/x.ts", "setTimeout(() => undefined, 1);", globals],
  ["transforms/x.ts", 'import "node:fs";', imports],
  ["transforms/x.ts", 'import { produce } from "immer";', imports],
  ["transforms/x.ts", 'import { plan } from "../src/core/plan.js";', imports],
  ["transforms/x.ts", 'import { y } from "./y.js";', imports],
  ["transforms/registry.ts", 'import { plan } from "../src/core/plan.js";', imports],
  // floor 0
  ["src/types.ts", 'import { plan } from "./core/plan.js";', imports],
  ["src/ids.ts", 'import { plan } from "./index.js";', imports],
  ["src/json.ts", 'import { hash } from "node:crypto";', imports],
  ["src/hash.ts", 'import { randomBytes } from "node:crypto";', imports],
  ["src/errors.ts", "export const pid: number = process.pid;", globals],
  // text
  ["src/text/x.ts", "export const home: unknown = process.env;", globals],
  ["src/text/x.ts", 'import { plan } from "../core/plan.js";', imports],
  ["src/text/x.ts", 'import { readFileSync } from "node:fs";', imports],
  ["src/text/x.ts", 'import { read } from "../store/read.js";', imports],
  // homes
  ["src/homes/x.ts", "export const home: unknown = process.env;", globals],
  ["src/homes/x.ts", "export const at: number = performance.now();", globals],
  ["src/homes/x.ts", 'import { readFileSync } from "node:fs";', imports],
  ["src/homes/x.ts", 'import { globSync } from "glob";', imports],
  ["src/homes/x.ts", 'import { fetch } from "undici";', imports],
  ["src/homes/x.ts", 'import { printJson } from "../cli/show.js";', imports],
  ["src/homes/x.ts", 'export const show: unknown = await import("../cli/show.js");', imports],
  ["src/homes/x.ts", 'import { printJson } from "./../../src/cli/show.js";', imports],
  ["src/homes/x.ts", 'import { confirm } from "@clack/prompts";', imports],
  ["src/homes/x.ts", 'import { Command } from "commander";', imports],
  ["src/render/x.ts", 'import { workOn } from "../homes/work.js";', imports],
  // core
  ["src/core/x.ts", 'import { readFileSync } from "node:fs";', imports],
  ["src/core/x.ts", 'import { readFile } from "node:fs/promises";', imports],
  ["src/core/x.ts", 'export const fs: unknown = await import("node:fs");', imports],
  ["src/core/x.ts", 'export { readFileSync } from "node:fs";', imports],
  ["src/core/x.ts", 'import type { Stats } from "node:fs";', imports],
  ["src/core/x.ts", 'import { read } from "../store/read.js";', imports],
  ["src/core/x.ts", 'import { read } from "./../store/read.js";', imports],
  ["src/core/x.ts", 'import { draw } from "../render/text.js";', imports],
  ["src/core/x.ts", 'import { main } from "../cli/main.js";', imports],
  ["src/core/x.ts", 'import { ask } from "../net/ask.js";', imports],
  ["src/core/x.ts", 'import { explain } from "../policy/explain.js";', imports],
  ["src/core/x.ts", 'import { plan } from "../index.js";', imports],
  ["src/core/x.ts", 'import { plan } from "../planning.js";', imports],
  ["src/core/x.ts", 'import json5 from "json5";', imports],
  ["src/core/x.ts", 'import { produce } from "immer";', imports],
  ["src/core/x.ts", 'import patch from "fast-json-patch";', imports],
  ["src/core/x.ts", 'import { Ajv } from "ajv";', imports],
  ["src/core/x.ts", 'import { styleText } from "node:util";', imports],
  ["src/core/x.ts", "export const at: number = Date.now();", globals],
  ["src/core/x.ts", 'console.log("x");', "eslint(no-console)"],
  ["src/core/edit.ts", 'import { plan } from "./plan.js";', imports],
  ["src/core/patch.ts", 'import { plan } from "./plan.js";', imports],
  ["src/core/compare.ts", 'import { produce } from "immer";', imports],
  ["src/core/validate.ts", 'import { Ajv } from "ajv";', imports],
  ["src/core/validate.ts", 'import { Ajv } from "ajv/dist/compile/index.js";', imports],
  ["src/core/validators.ts", 'import { findPackageJSON } from "node:module";', imports],
  // policy
  ["src/policy/x.ts", 'import { ask } from "../net/ask.js";', imports],
  ["src/policy/x.ts", "export const at: number = Date.now();", globals],
  ["src/policy/x.ts", "export const home: unknown = process.env;", globals],
  ["src/policy/x.ts", 'import { draw } from "../render/text.js";', imports],
  ["src/policy/x.ts", 'import { readFileSync } from "node:fs";', imports],
  // store, net, render
  ["src/store/x.ts", "export const home: unknown = process.env;", globals],
  ["src/store/x.ts", "export const at: number = Date.now();", globals],
  ["src/store/x.ts", 'import { homedir } from "node:os";', imports],
  ["src/store/x.ts", 'import { readFileSync } from "node:fs";', imports],
  ["src/store/x.ts", 'import { readFile } from "node:fs/promises";', imports],
  ["src/store/x.ts", 'export const fs: unknown = await import("node:fs");', imports],
  ["src/store/files.ts", 'import { readFile } from "node:fs/promises";', imports],
  ["src/store/files.ts", 'import { read } from "./read.js";', imports],
  ["src/store/x.ts", 'import { draw } from "../render/text.js";', imports],
  ["src/net/x.ts", 'import { readFileSync } from "node:fs";', imports],
  ["src/net/x.ts", 'import { fetch } from "undici";', imports],
  ["src/net/transport.ts", 'import { read } from "../json.js";', imports],
  ["src/net/x.ts", 'import { read } from "../store/read.js";', imports],
  ["src/render/x.ts", 'import { readFileSync } from "node:fs";', imports],
  ["src/render/x.ts", 'import { read } from "../store/read.js";', imports],
  ["src/render/x.ts", "export const wide: unknown = process.stdout;", globals],
  // the porch
  ["src/cli/x.ts", 'import { readFileSync } from "node:fs";', imports],
  ["src/cli/x.ts", 'import json5 from "json5";', imports],
  ["src/cli/x.ts", 'import { diffLines } from "diff";', imports],
  ["src/cli/x.ts", 'import { structuredPatch } from "diff/lib/patch/create.js";', imports],
  ["src/cli/x.ts", 'import { fetch } from "undici";', imports],
  ["src/cli/x.ts", 'export const undici: unknown = await import("undici");', imports],
  ["src/cli/x.ts", 'import { Worker } from "node:worker_threads";', imports],
  // composition
  ["src/index.ts", 'import { writeFile } from "node:fs/promises";', imports],
  ["src/planning.ts", "export const home: unknown = process.env;", globals],
  ["src/planning.ts", 'import { produce } from "immer";', imports],
  ["src/planning.ts", 'import { fetch } from "undici";', imports],
  ["src/planning.ts", 'import { Worker } from "node:worker_threads";', imports],
  ["src/planning.ts", 'import { printJson } from "./cli/show.js";', imports],
  ["src/planning.ts", 'import { runCrew } from "./homes/crew.js";', imports],
  ["src/planning.ts", 'import type { Work } from "../src/homes/work.js";', imports],
  ["src/planning.ts", 'import { Command } from "commander";', imports],
  ["src/planning.ts", 'import { confirm } from "@clack/prompts";', imports],
  ["src/index.ts", 'import { printJson } from "./cli/show.js";', imports],
];

const allowed: Example[] = [
  ["transforms/x.ts", 'import { edit } from "../src/core/edit.js";', null],
  ["transforms/x.ts", 'import type { Transform } from "../src/types.js";', null],
  ["transforms/x.ts", 'import { invalidError } from "../src/errors.js";', null],
  ["transforms/registry.ts", 'import { y } from "./y.js";', null],
  ["src/errors.ts", 'import type { Problem } from "./types.js";', null],
  ["src/hash.ts", 'import { hash } from "node:crypto";', null],
  ["src/text/x.ts", 'import json5 from "json5";', null],
  ["src/text/x.ts", 'import { applyPatch } from "../core/patch.js";', null],
  ["src/core/x.ts", 'import { parse } from "../text/index.js";', null],
  ["src/core/x.ts", 'import { registry } from "../../transforms/registry.js";', null],
  ["src/core/x.ts", 'import { invalidError } from "../errors.js";', null],
  ["src/core/edit.ts", 'import { produce } from "immer";', null],
  ["src/core/compare.ts", 'import patch from "fast-json-patch";', null],
  ["src/core/compare.ts", 'import { alignLists } from "./align.js";', null],
  ["src/core/validate.ts", 'import { fits } from "./fits.generated.js";', null],
  ["src/core/validators.ts", 'import { createRequire } from "node:module";', null],
  ["src/core/nearest.ts", 'import leven from "leven";', null],
  ["src/store/files.ts", 'import { readFileSync } from "node:fs";', null],
  ["src/store/x.ts", 'import { nodeFiles } from "./files.js";', null],
  ["src/store/x.ts", 'import { randomBytes } from "node:crypto";', null],
  ["src/store/x.ts", 'import { globSync } from "glob";', null],
  ["src/homes/x.ts", 'import { Worker } from "node:worker_threads";', null],
  ["src/homes/x.ts", 'import { planJson } from "../render/json.js";', null],
  ["src/net/x.ts", 'export const answer: unknown = fetch("https://example.test");', null],
  ["src/render/x.ts", 'import { diffLines } from "diff";', null],
  ["src/render/x.ts", 'import { styleText } from "node:util";', null],
  ["src/cli/x.ts", "export const home: unknown = process.env;", null],
  ["src/cli/x.ts", 'export const prompts: unknown = await import("@clack/prompts");', null],
  ["src/cli/x.ts", "console.log(Date.now());", null],
  ["src/cli/x.ts", 'import { Command } from "commander";', null],
  ["src/cli/x.ts", 'import { runCrew } from "../homes/crew.js";', null],
  ["src/cli/x.ts", 'import { plan } from "../planning.js";', null],
  ["src/cli/x.ts", 'import { homesOf } from "../store/homes.js";', null],
  ["src/homes/x.ts", 'import { plan } from "../planning.js";', null],
  ["src/planning.ts", 'import { homesOf } from "./store/homes.js";', null],
  ["src/net/transport.ts", 'import { fetch } from "undici";', null],
  ["src/index.ts", "export const at: number = Date.now();", null],
  ["src/host.ts", "export const pid: number = process.pid;", null],
];

const examples = [...refused, ...allowed];
let folder = "";
const found = new Map<number, Set<string>>();

// One oxlint for all: every example is a project of its own with the configuration at its root. Run-wide options
// (types, warnings) may not stand in a nested configuration and say nothing about floors.
beforeAll(() => {
  const { options: _, ...rules } = json5.parse<{ options: unknown }>(readFileSync(".oxlintrc.json", "utf8"));
  folder = mkdtempSync(path.join(tmpdir(), "clawform-floors-"));
  examples.forEach(([file, source], index) => {
    const target = path.join(folder, String(index), file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, `${source}\n`);
    writeFileSync(path.join(folder, String(index), ".oxlintrc.json"), JSON.stringify(rules));
  });
  const result = spawnSync(path.resolve("node_modules/.bin/oxlint"), ["--format", "json"], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const { diagnostics } = JSON.parse(result.stdout) as { diagnostics: { code: string; filename: string }[] };
  for (const { code, filename } of diagnostics) {
    const index = Number(filename.split("/")[0]);
    found.set(index, (found.get(index) ?? new Set()).add(code));
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const floorRules = new Set([imports, globals, properties]);

describe("the floors", () => {
  it.each(refused.map(([file, source, rule], index) => ({ file, source, rule, index })))(
    "refuse in $file: $source",
    ({ rule, index }) => {
      expect([...(found.get(index) ?? [])]).toContain(rule);
    },
  );

  it.each(allowed.map(([file, source], index) => ({ file, source, index: refused.length + index })))(
    "allow in $file: $source",
    ({ index }) => {
      expect([...(found.get(index) ?? [])].filter((code) => floorRules.has(code))).toEqual([]);
    },
  );
});
