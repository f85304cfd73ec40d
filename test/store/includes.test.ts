import { linkSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Composition, compose } from "../../src/core/include.js";
import { environmentOf, substitute } from "../../src/core/variables.js";
import { sha256 } from "../../src/hash.js";
import { formatPointer, valueAt } from "../../src/pointer.js";
import type { Files } from "../../src/store/files.js";
import { includeRoots } from "../../src/store/include-path.js";
import { readIncluded } from "../../src/store/includes.js";
import { readSource } from "../../src/store/read.js";
import { applyPatchToText } from "../../src/text/index.js";
import type { IncludedFile, Json, SourceFile } from "../../src/types.js";
import { config, failure, put, systemError, temporary, watched } from "./disk.js";
import { accepted, type Layout, refused, stories, usualPlace } from "./include-rows.js";

/** Makes a layout's files in a home of its own; returns the configuration's directory. */
function lay({ files, links = {}, hard = {}, directories = [] }: Layout): string {
  const directory = join(temporary(), ".openclaw");
  for (const name of directories) mkdirSync(join(directory, name), { recursive: true });
  for (const [name, text] of Object.entries(files)) put(directory, name, text);
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(directory, name));
  for (const [name, file] of Object.entries(hard)) linkSync(join(directory, file), join(directory, name));
  return directory;
}

function read(
  directory: string,
  { roots }: Pick<Layout, "roots">,
  files?: Files,
): { root: SourceFile; included: IncludedFile[] } {
  const home = join(directory, "..");
  const root = readSource(join(directory, "openclaw.json"), "openclaw.json", config);
  const rules = { configDir: directory, roots: includeRoots(roots?.replaceAll("H", home), home, "/") };
  return { root, included: files ? readIncluded(root, rules, files) : readIncluded(root, rules) };
}

function open(directory: string, layout: Layout): Composition {
  const { root, included } = read(directory, layout);
  return compose(root, included);
}

describe("what OpenClaw accepts", () => {
  test.each(accepted)("$name", (row) => {
    const { value } = open(lay(row), row);
    expect(Object.keys(value as object)).toEqual([row.name === "the same file twice side by side" ? "ui" : "messages"]);
    expect(Object.values(value as object)).toEqual([{}]);
  });
});

describe("what OpenClaw refuses", () => {
  test.each(refused)("$name", (row) => {
    const directory = lay(row);
    const error = failure(() => open(directory, row));
    const [pointer, line, file = "openclaw.json"] = row.at ?? usualPlace;
    expect({
      kind: error.kind,
      code: error.code,
      pointer: error.pointer,
      line: error.position?.line,
      file: error.file,
    }).toEqual({
      kind: "invalid",
      code: row.code,
      pointer,
      line,
      file,
    });
    for (const part of row.says) expect(error.message).toContain(part);
    expect(error.hint).not.toBe("");
  });
});

describe("readIncluded", () => {
  test("reads nothing for a plain configuration, or none", () => {
    const directory = lay({ name: "", files: { "openclaw.json": "{ a: { include: './x' } }" } });
    const root = readSource(join(directory, "openclaw.json"), "openclaw.json", config);
    const blind = watched((name) => expect.fail(name));
    expect(readIncluded(root, { configDir: directory, roots: [] }, blind)).toEqual([]);
    expect(readIncluded({ ...root, before: null }, { configDir: directory, roots: [] }, blind)).toEqual([]);
  });

  test("gives each file once, with its exact text, label, place, real path, and everyone who names it", () => {
    const text = "\uFEFF{ // b\r\n}\r\n";
    const layout: Layout = {
      name: "",
      files: {
        "openclaw.json":
          '{ "models": { "$include": ["./d/a.json5", "d/../b.json"] }, "x/y": [{ "$include": "b.json" }] }',
        "d/a.json5": '{ providers: { p: { $include: "../b.json" } } }',
        "real.json": text,
      },
      links: { "b.json": "real.json" },
    };
    const directory = lay(layout);
    const { root, included } = read(directory, layout);
    const a = join(directory, "d/a.json5");
    expect(
      included.map(({ file, path, target, document, by, before }) => ({
        file,
        path,
        target,
        document,
        by,
        text: before?.text,
      })),
    ).toEqual([
      {
        file: "d/a.json5",
        path: a,
        target: a,
        document: { kind: "include", at: "/models" },
        by: [{ path: root.path, name: "./d/a.json5" }],
        text: layout.files["d/a.json5"],
      },
      {
        file: "b.json",
        path: join(directory, "b.json"),
        target: join(directory, "real.json"),
        document: { kind: "include", at: "/models/providers/p" },
        by: [
          { path: a, name: "../b.json" },
          { path: root.path, name: "d/../b.json" },
          { path: root.path, name: "b.json" },
        ],
        text,
      },
    ]);
    expect(included[1]?.before?.sha256).toBe(sha256(Buffer.from(text)));
  });

  test("the root's own link is not followed to find its includes", () => {
    const layout: Layout = {
      name: "",
      files: { "../dots/claw.json": '{ ui: { $include: "./a.json" } }', "a.json": "{}", "../dots/a.json": "[]" },
      links: { "openclaw.json": "../dots/claw.json" },
    };
    expect(open(lay(layout), layout).value).toEqual({ ui: {} });
  });

  test("a file that is followed again from deeper down is held to the depth there", () => {
    const deep = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [
        `${index + 1}.json`,
        `{ "a": { "$include": "./${index === 8 ? "shared" : index + 2}.json" } }`,
      ]),
    );
    const layout: Layout = {
      name: "",
      files: {
        "openclaw.json": '{ "x": { "$include": "shared.json" }, "y": { "$include": "1.json" } }',
        ...deep,
        "shared.json": '{ "$include": "last.json" }',
        "last.json": "{}",
      },
    };
    expect(failure(() => open(lay(layout), layout))).toMatchObject({ code: "include-depth", file: "shared.json" });
    const { "9.json": _, ...fewer } = layout.files;
    const shallow: Layout = { name: "", files: { ...fewer, "8.json": '{ "$include": "./shared.json" }' } };
    expect(valueAt(open(lay(shallow), shallow).value, "/x")).toEqual({});
  });

  test("files that include each other over and over are stopped", () => {
    const layers = Array.from({ length: 5 }, (_, index) => [
      `${index}.json`,
      index === 4 ? "{}" : `{ "$include": [${Array.from({ length: 20 }, () => `"${index + 1}.json"`).join()}] }`,
    ]);
    const layout: Layout = {
      name: "",
      files: { "openclaw.json": '{ "$include": "0.json" }', ...Object.fromEntries(layers) },
    };
    expect(failure(() => open(lay(layout), layout))).toMatchObject({ kind: "invalid", code: "include-many" });
  });

  test.each(["EACCES", "EIO"])("%s is told with both files", (code) => {
    const layout: Layout = { name: "", files: { "openclaw.json": '{ ui: { $include: "./a.json" } }', "a.json": "{}" } };
    const disk = watched((name, path) => {
      if (name === "open" && String(path).endsWith("a.json")) throw systemError(code);
    });
    const error = failure(() => read(lay(layout), layout, disk));
    expect(error).toMatchObject({
      kind: "invalid",
      file: "openclaw.json",
      pointer: "/ui/$include",
      position: { line: 1 },
    });
    expect(error.message).toMatch(/openclaw\.json includes ".\/a\.json", which cannot be read: .*a\.json/);
  });

  test("text that is not UTF-8 is no text", () => {
    const layout: Layout = { name: "", files: { "openclaw.json": '{ ui: { $include: "./a.json" } }' } };
    const directory = lay(layout);
    put(directory, "a.json", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]));
    expect(failure(() => read(directory, layout))).toMatchObject({
      code: "include-invalid-utf8",
      pointer: "/ui/$include",
    });
  });

  test("a NUL in a name is an error of ours, not of the system", () => {
    const layout: Layout = { name: "", files: { "openclaw.json": '{ ui: { $include: "a\\0.json" } }' } };
    expect(failure(() => open(lay(layout), layout))).toMatchObject({ kind: "invalid", code: "include-value" });
  });
});

describe("includeRoots", () => {
  test.each([
    [undefined, []],
    ["  ", []],
    ["/a", ["/a"]],
    ["/a:/b/../c:/a", ["/a", "/c"]],
    [" ~ : ~/x :~bob", ["/home/u", "/home/u/x", "/cwd/~bob"]],
    ["rel::./rel", ["/cwd/rel"]],
  ])("%j", (list, roots) => {
    expect(includeRoots(list, "/home/u", "/cwd")).toEqual(roots);
  });
});

describe("stories, also read by the real OpenClaw", () => {
  test.each(stories)("$name", (story) => {
    const directory = lay(story);
    const before = open(directory, story);
    const { root, included } = read(directory, story);
    const routes = before.route(story.operations.map((operation, step) => ({ step, operation })));
    const changed = [root, ...included].flatMap(({ file, path, before: old }): [string, string][] => {
      const operations = routes.get(path)?.map(({ operation }) => operation);
      return operations ? [[file, applyPatchToText(old?.text ?? "", operations)]] : [];
    });
    expect(Object.fromEntries(changed)).toEqual(story.after);

    for (const [name, text] of Object.entries(story.after)) put(directory, name, text);
    const states = [before.value, open(directory, story).value].map((value) => resolved(value, story.env ?? {}));
    for (const [path, expected] of Object.entries(story.gets)) {
      const pointer = formatPointer(path.replaceAll(/\[(\d+)\]/g, ".$1").split("."));
      expect(states.map((state) => valueAt(state, pointer) ?? null)).toEqual(expected);
    }
  });
});

function resolved(value: Json, env: { readonly [name: string]: string }): Json {
  return substitute(value, environmentOf({ process: env, dotenv: {}, section: valueAt(value, "/env") })).value;
}
