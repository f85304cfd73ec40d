import { describe, expect, it } from "vitest";
import { isComposed } from "../../src/core/documents.js";
import { compose } from "../../src/core/include.js";
import { composes } from "../../src/core/include-names.js";
import { applyPatch } from "../../src/core/patch.js";
import { isSecret, maskText } from "../../src/core/redact.js";
import { ClawformError } from "../../src/errors.js";
import { fingerprinted } from "../../src/hash.js";
import type { Json, Operation, SourceFile } from "../../src/types.js";
import { composed, type Files, patched, routed, sourcesOf, traced } from "./include-files.js";

describe("composes", () => {
  it.each<[Json, boolean]>([
    [{}, false],
    [{ include: "x", a: [{ $Include: "x" }, "$include"] }, false],
    [{ $include: "x" }, true],
    [{ a: [[{ b: { $include: [] } }]] }, true],
    [JSON.parse('{ "__proto__": { "$include": "x" } }') as Json, true],
  ])("%j: %s", (value, expected) => {
    expect(composes(value)).toBe(expected);
  });

  it("takes a value of many levels", () => {
    let deep: Json = {};
    for (let level = 0; level < 50_000; level++) deep = [deep];
    expect(composes(deep)).toBe(false);
  });
});

describe("isComposed", () => {
  const source = (text: string | null): SourceFile => ({
    file: "openclaw.json",
    path: "/openclaw.json",
    document: { kind: "config" },
    before: text === null ? null : fingerprinted(text),
  });

  it.each([
    [null, false],
    ["{ include: 'a.json' } // $include", false],
    ["{ a: '$include' }", false],
    ["{ $include: 'a.json' }", true],
    [String.raw`{ "\u0024incl\u0075de": "a.json" }`, true],
    [String.raw`{ a: [{ '$\x69nclude': 'a.json' }] }`, true],
  ])("%s: %s", (text, expected) => {
    expect(isComposed(source(text))).toBe(expected);
  });
});

/** Measured with the real program's own functions: 10,000 random sets of files gave the same values, members in the same order. */
const merges: [name: string, files: Files, value: Json][] = [
  [
    "lists one after the other, the included first",
    { "openclaw.json": { $include: "a.json", l: [3] }, "a.json": { l: [1, 2] } },
    { l: [1, 2, 3] },
  ],
  [
    "objects member by member, the later wins",
    {
      "openclaw.json": { $include: ["a.json", "b.json"], o: { z: 3 } },
      "a.json": { o: { x: 1, z: 1 } },
      "b.json": { o: { y: 2, z: 2 } },
    },
    { o: { x: 1, z: 3, y: 2 } },
  ],
  [
    "another kind takes the place",
    {
      "openclaw.json": { $include: ["a.json", "b.json"] },
      "a.json": { a: { x: 1 }, b: [1], c: 1 },
      "b.json": { a: [1], b: 1, c: { x: 1 } },
    },
    { a: [1], b: 1, c: { x: 1 } },
  ],
  ["null wins too", { "openclaw.json": { $include: "a.json", a: null }, "a.json": { a: { x: 1 } } }, { a: null }],
  [
    "an empty list is an empty object",
    { "openclaw.json": { a: { $include: [] }, b: { $include: [], c: 1 } } },
    { a: {}, b: { c: 1 } },
  ],
  [
    "a file alone may be a list or a scalar",
    { "openclaw.json": { a: { $include: "a.json" }, b: { $include: "b.json" } }, "a.json": [1], "b.json": "7" },
    { a: [1], b: 7 },
  ],
  [
    "a list of files that hold lists",
    { "openclaw.json": { a: { $include: ["a.json", "a.json"] } }, "a.json": [1] },
    { a: [1, 1] },
  ],
  [
    "names are relative to the file they stand in",
    {
      "openclaw.json": { a: { $include: "d/a.json" } },
      "d/a.json": { $include: "b.json" },
      "d/b.json": { x: 1 },
      "b.json": { x: 2 },
    },
    { a: { x: 1 } },
  ],
  [
    "what lies between decides before what lies below",
    {
      "openclaw.json": { $include: ["a.json", "b.json"] },
      "a.json": { x: { p: 1 } },
      "b.json": { $include: ["c.json", "d.json"] },
      "c.json": { x: [1] },
      "d.json": { x: { q: 2 } },
    },
    { x: { p: 1, q: 2 } },
  ],
  [
    "prototype names are dropped where things are laid over each other",
    {
      "openclaw.json": { $include: "a.json", constructor: 2, prototype: 3, o: { constructor: 4 } },
      "a.json": { constructor: 1 },
    },
    { constructor: 1, o: { constructor: 4 } },
  ],
  [
    "and from every file of a list",
    { "openclaw.json": { $include: ["a.json"] }, "a.json": { constructor: 1, x: { constructor: 1 } } },
    { x: { constructor: 1 } },
  ],
  [
    "__proto__ is dropped everywhere",
    { "openclaw.json": '{ "a": { "$include": [] }, "b": { "__proto__": { "x": 1 }, "y": 2 } }' },
    { a: {}, b: { y: 2 } },
  ],
  [
    "inside lists",
    { "openclaw.json": { l: [{ $include: "a.json" }, [{ $include: "a.json", x: 2 }]] }, "a.json": { x: 1 } },
    { l: [{ x: 1 }, [{ x: 2 }]] },
  ],
];

describe("compose", () => {
  it.each(merges)("%s", (_, files, value) => {
    expect(composed(files).value).toEqual(value);
    expect(JSON.stringify(composed(files).value)).toBe(JSON.stringify(value));
  });

  it("gives a plain configuration, or none, as it is", () => {
    expect(composed({ "openclaw.json": { a: [1, { b: null }] } }).value).toEqual({ a: [1, { b: null }] });
    const { root } = sourcesOf({ "openclaw.json": {} });
    expect(compose({ ...root, before: null }, []).value).toEqual({});
  });

  it("refuses members beside a list that nobody sees", () => {
    const files = {
      "openclaw.json": { $include: "a.json", x: 1 },
      "a.json": { x: { $include: "b.json", y: 1 } },
      "b.json": [],
    };
    expect(() => composed(files)).toThrow(
      expect.objectContaining({ code: "include-siblings", file: "a.json", pointer: "/x/$include" }) as Error,
    );
  });

  it("refuses a file that was not read, as a configuration in memory has them", () => {
    const { root } = sourcesOf({ "openclaw.json": { a: { $include: "./a.json" } } });
    expect(() => compose(root, [])).toThrow(
      expect.objectContaining({
        kind: "invalid",
        code: "include-unread",
        file: "openclaw.json",
        pointer: "/a/$include",
        position: { line: 3, column: 5 },
      }) as Error,
    );
  });

  it("says where a value stands", () => {
    const { placeOf } = composed({
      "openclaw.json": { $include: "a.json", m: { x: 1 }, n: { $include: "b.json" } },
      "a.json": { m: { x: 0, y: 2 }, l: [1] },
      "b.json": {},
    });
    const place = (pointer: string): unknown => {
      const found = placeOf(pointer);
      return found && [found.source.file, found.pointer];
    };
    expect(place("/m/x")).toEqual(["openclaw.json", "/m/x"]);
    expect(place("/m/y")).toEqual(["a.json", "/m/y"]);
    expect(place("/m")).toEqual(["openclaw.json", "/m"]);
    expect(place("/l/0")).toEqual(["a.json", "/l/0"]);
    expect(place("/n")).toEqual(["b.json", ""]);
    expect(place("")).toEqual(["openclaw.json", ""]);
    expect(place("/m/z")).toBeNull();
    expect(place("/l/1")).toBeNull();
  });
});

const split: Files = {
  "openclaw.json": {
    m: { $include: ["a.json", "b.json"], own: 1 },
    one: { $include: "c.json" },
    list: [{ $include: "c.json" }],
  },
  "a.json": { p: { x: 1 }, l: [{ id: 1 }], s: "a" },
  "b.json": { p: { y: 2 }, l: [{ id: 2 }], s: "b" },
  "c.json": { k: { v: 1 } },
};
const alone: Files = {
  ...split,
  "openclaw.json": { m: { $include: ["a.json", "b.json"], own: 1 }, one: { $include: "c.json" } },
};

const routes: [
  name: string,
  files: Files,
  operations: Operation[],
  routed: { readonly [name: string]: Operation[] },
][] = [
  [
    "a value is replaced where the last file gives it",
    alone,
    [{ op: "replace", path: "/m/s", value: "c" }],
    { "b.json": [{ op: "replace", path: "/s", value: "c" }] },
  ],
  [
    "and removed from every file",
    alone,
    [{ op: "remove", path: "/m/s" }],
    { "a.json": [{ op: "remove", path: "/s" }], "b.json": [{ op: "remove", path: "/s" }] },
  ],
  [
    "a guard goes with its file",
    alone,
    [
      { op: "test", path: "/m/p/x", value: 1 },
      { op: "replace", path: "/m/p/x", value: 2 },
    ],
    {
      "a.json": [
        { op: "test", path: "/p/x", value: 1 },
        { op: "replace", path: "/p/x", value: 2 },
      ],
    },
  ],
  [
    "a guard of what several files give is one for each",
    alone,
    [{ op: "test", path: "/m/p", value: { x: 1, y: 2 } }],
    {
      "a.json": [{ op: "test", path: "/p", value: { x: 1 } }],
      "b.json": [{ op: "test", path: "/p", value: { y: 2 } }],
    },
  ],
  [
    "a new member goes to the file that owns its parent",
    alone,
    [{ op: "add", path: "/one/k/w", value: 2 }],
    { "c.json": [{ op: "add", path: "/k/w", value: 2 }] },
  ],
  [
    "into the included file's root, too",
    alone,
    [{ op: "add", path: "/one/w", value: 2 }],
    { "c.json": [{ op: "add", path: "/w", value: 2 }] },
  ],
  [
    "to the root file when several own it",
    alone,
    [{ op: "add", path: "/m/z", value: 2 }],
    { "openclaw.json": [{ op: "add", path: "/m/z", value: 2 }] },
  ],
  [
    "with the objects around it",
    alone,
    [{ op: "add", path: "/m/p/z", value: 2 }],
    { "openclaw.json": [{ op: "add", path: "/m/p", value: { z: 2 } }] },
  ],
  [
    "a whole file that is included alone is replaced at its root",
    alone,
    [{ op: "replace", path: "/one", value: [1] }],
    { "c.json": [{ op: "replace", path: "", value: [1] }] },
  ],
  [
    "adding what is there replaces it",
    alone,
    [{ op: "add", path: "/one/k", value: 5 }],
    { "c.json": [{ op: "add", path: "/k", value: 5 }] },
  ],
  [
    "an item of a list from two files is replaced where it stands",
    alone,
    [{ op: "replace", path: "/m/l/1", value: { id: 3 } }],
    { "b.json": [{ op: "replace", path: "/l/0", value: { id: 3 } }] },
  ],
  [
    "and edited inside",
    alone,
    [{ op: "add", path: "/m/l/0/name", value: "n" }],
    { "a.json": [{ op: "add", path: "/l/0/name", value: "n" }] },
  ],
  [
    "operations see those before them",
    alone,
    [
      { op: "add", path: "/one/list", value: [] },
      { op: "add", path: "/one/list/-", value: 1 },
      { op: "add", path: "/one/list/0", value: 0 },
      { op: "remove", path: "/one/list/1" },
    ],
    {
      "c.json": [
        { op: "add", path: "/list", value: [] },
        { op: "add", path: "/list/-", value: 1 },
        { op: "add", path: "/list/0", value: 0 },
        { op: "remove", path: "/list/1" },
      ],
    },
  ],
  [
    "a rename is one in each file",
    alone,
    [{ op: "move", from: "/m/p", path: "/m/q" }],
    { "a.json": [{ op: "move", from: "/p", path: "/q" }], "b.json": [{ op: "move", from: "/p", path: "/q" }] },
  ],
  [
    "a member that includes is renamed with its $include",
    alone,
    [{ op: "move", from: "/one", path: "/two" }],
    { "openclaw.json": [{ op: "move", from: "/one", path: "/two" }] },
  ],
  [
    "a move to another file takes the value out and puts it in",
    alone,
    [{ op: "move", from: "/one/k", path: "/k" }],
    { "c.json": [{ op: "remove", path: "/k" }], "openclaw.json": [{ op: "add", path: "/k", value: { v: 1 } }] },
  ],
  [
    "a move within a file stays one",
    alone,
    [{ op: "move", from: "/one/k/v", path: "/one/v" }],
    { "c.json": [{ op: "move", from: "/k/v", path: "/v" }] },
  ],
  ["a move to where it is, is nothing", alone, [{ op: "move", from: "/one/k", path: "/one/k" }], {}],
  [
    "a copy is the value",
    alone,
    [{ op: "copy", from: "/m/p", path: "/one/p" }],
    { "c.json": [{ op: "add", path: "/p", value: { x: 1, y: 2 } }] },
  ],
  [
    "a file used twice may be edited where the other place hides it",
    { "openclaw.json": { a: { $include: "c.json" }, b: { $include: "c.json", x: 9 } }, "c.json": { x: 1 } },
    [{ op: "replace", path: "/a/x", value: 2 }],
    { "c.json": [{ op: "replace", path: "/x", value: 2 }] },
  ],
  [
    "inside a list nothing is made around: the file that includes the others takes it",
    {
      "openclaw.json": { o: { $include: "mid.json" } },
      "mid.json": { l: [{ $include: ["a.json", "b.json"] }] },
      "a.json": { p: { x: 1 } },
      "b.json": { p: { y: 1 } },
    },
    [{ op: "add", path: "/o/l/0/p/z", value: 1 }],
    { "mid.json": [{ op: "add", path: "/l/0/p", value: { z: 1 } }] },
  ],
];

describe("route", () => {
  it.each(routes)("%s", (_, files, operations, expected) => {
    expect(routed(files, operations)).toEqual(expected);
    expect(composed(patched(files, operations)).value).toEqual(applyPatch(composed(files).value, operations));
  });

  it("keeps the step of every operation", () => {
    const operations: Operation[] = [
      { op: "replace", path: "/m/s", value: "c" },
      { op: "remove", path: "/m/p" },
    ];
    const found = composed(alone).route(traced(operations).map((one) => ({ ...one, step: one.step + 5 })));
    expect(found.get("/config/b.json")?.map(({ step }) => step)).toEqual([5, 6]);
    expect(found.get("/config/a.json")?.map(({ step }) => step)).toEqual([6]);
  });

  it("leaves the composition and its values as they were", () => {
    const composition = composed(alone);
    const before = structuredClone([composition.value, [...composition.own]]);
    composition.route(traced([{ op: "add", path: "/one/k/w", value: 2 }]));
    expect([composition.value, [...composition.own]]).toEqual(before);
    expect(composition.route(traced([{ op: "add", path: "/one/k/w", value: 2 }])).size).toBe(1);
  });

  it("sends all edits of a file with two paths to the first", () => {
    const { root, included } = sourcesOf({
      "openclaw.json": { a: { $include: "x.json" }, b: { $include: "y.json", v: 1, w: 1 } },
      "x.json": { v: 0 },
      "y.json": { v: 0 },
    });
    const linked = included.map((file) => ({ ...file, target: "/config/x.json" }));
    const composition = compose(root, linked);
    expect(composition.value).toEqual({ a: { v: 0 }, b: { v: 1, w: 1 } });
    expect([...composition.route(traced([{ op: "replace", path: "/a/v", value: 2 }])).keys()]).toEqual([
      "/config/x.json",
    ]);
    expect(() => composition.route(traced([{ op: "add", path: "/a/u", value: 2 }]))).toThrow(
      expect.objectContaining({ code: "include-shared" }) as Error,
    );
  });
});

const refusals: [
  name: string,
  files: Files,
  operation: Operation,
  code: string,
  says: string[],
  place: [file: string, pointer: string],
][] = [
  [
    "putting into a list of two files",
    alone,
    { op: "add", path: "/m/l/2", value: 1 },
    "include-list",
    ["/m/l", "a.json (/l, line 5)", "b.json (/l, line 5)"],
    ["b.json", "/l"],
  ],
  [
    "appending to it",
    alone,
    { op: "add", path: "/m/l/-", value: 1 },
    "include-list",
    ["/m/l", "a.json", "b.json"],
    ["b.json", "/l"],
  ],
  [
    "taking out of it",
    alone,
    { op: "remove", path: "/m/l/0" },
    "include-list",
    ["/m/l", "a.json", "b.json"],
    ["b.json", "/l"],
  ],
  [
    "a list of the same file twice",
    { "openclaw.json": { l: { $include: ["a.json", "a.json"] } }, "a.json": [1] },
    { op: "add", path: "/l/1", value: 1 },
    "include-list",
    ["/l", "a.json"],
    ["a.json", ""],
  ],
  [
    "replacing a list of two files",
    alone,
    { op: "replace", path: "/m/l", value: [] },
    "include-several",
    ["/m/l", "a.json", "b.json"],
    ["a.json", "/l"],
  ],
  [
    "replacing an object of several files",
    alone,
    { op: "replace", path: "/m/p", value: {} },
    "include-several",
    ["/m/p", "a.json", "b.json"],
    ["a.json", "/p"],
  ],
  [
    "replacing it by adding",
    alone,
    { op: "add", path: "/m", value: {} },
    "include-several",
    ["/m", "openclaw.json", "a.json", "b.json"],
    ["a.json", ""],
  ],
  [
    "replacing the whole",
    alone,
    { op: "replace", path: "", value: {} },
    "include-inside",
    ["the whole configuration", "a.json and b.json", "openclaw.json (/m/$include, line 3)"],
    ["openclaw.json", "/m/$include"],
  ],
  [
    "removing what includes",
    alone,
    { op: "remove", path: "/one" },
    "include-inside",
    ["/one", "c.json", "openclaw.json (/one/$include, line"],
    ["openclaw.json", "/one/$include"],
  ],
  [
    "removing what includes further down",
    { "openclaw.json": { a: { b: [{ $include: "c.json" }] } }, "c.json": {} },
    { op: "remove", path: "/a" },
    "include-inside",
    ["/a", "c.json", "openclaw.json"],
    ["openclaw.json", "/a/b/0/$include"],
  ],
  [
    "replacing an empty include",
    { "openclaw.json": { a: { $include: [] } } },
    { op: "replace", path: "/a", value: 1 },
    "include-inside",
    ["/a", "openclaw.json"],
    ["openclaw.json", "/a/$include"],
  ],
  [
    "changing a $include",
    alone,
    { op: "replace", path: "/one/$include", value: "d.json" },
    "include-key",
    ["/one/$include"],
    ["openclaw.json", "/one/$include"],
  ],
  [
    "writing a $include",
    alone,
    { op: "add", path: "/one/deep", value: [{ $include: "d.json" }] },
    "include-key",
    ["/one/deep"],
    ["openclaw.json", "/one/deep"],
  ],
  [
    "moving a $include to another file",
    { "openclaw.json": { a: { $include: "a.json" } }, "a.json": { b: { $include: "c.json" } }, "c.json": {} },
    { op: "move", from: "/a/b", path: "/b" },
    "include-key",
    ["/a/b"],
    ["openclaw.json", "/a/b"],
  ],
  [
    "moving what two files give",
    alone,
    { op: "move", from: "/m/p", path: "/p" },
    "include-hidden",
    ["/m/p", "a.json (/p, line 2)", "b.json (/p, line 2)"],
    ["a.json", "/p"],
  ],
  [
    "writing a __proto__",
    alone,
    { op: "add", path: "/one/__proto__", value: 1 },
    "include-key",
    ["/one/__proto__", "OpenClaw loses"],
    ["openclaw.json", "/one/__proto__"],
  ],
  [
    "a hidden object would show through",
    { "openclaw.json": { $include: "a.json", x: 1 }, "a.json": { x: { old: 1 } } },
    { op: "replace", path: "/x", value: { new: 1 } },
    "include-hidden",
    ["/x", "a.json (/x, line 2)", "openclaw.json (/x, line 3)"],
    ["a.json", "/x"],
  ],
  [
    "a file for two places",
    split,
    { op: "replace", path: "/one/k/v", value: 2 },
    "include-shared",
    [
      "c.json",
      "/one and /list/0",
      "openclaw.json (/one/$include, line",
      "openclaw.json (/list/0/$include, line",
      "/one/k/v",
    ],
    ["openclaw.json", "/one/$include"],
  ],
  [
    "moving out of a file for two places",
    split,
    { op: "move", from: "/one/k", path: "/k" },
    "include-shared",
    ["c.json", "/one and /list/0"],
    ["openclaw.json", "/one/$include"],
  ],
  [
    "a root that others are laid over becomes a list",
    { "openclaw.json": { a: { $include: "c.json" }, b: { $include: "c.json", x: 1 } }, "c.json": {} },
    { op: "replace", path: "/a", value: [] },
    "include-hidden",
    ["/a", "openclaw.json", "c.json"],
    ["openclaw.json", "/b/$include"],
  ],
];

describe("what cannot be had without flattening is refused, with both files and the way out", () => {
  it.each(refusals)("%s", (_, files, operation, code, says, [file, pointer]) => {
    const error = refusalOf(files, [operation]);
    expect({ kind: error.kind, code: error.code, file: error.file, pointer: error.pointer }).toEqual({
      kind: "invalid",
      code,
      file,
      pointer,
    });
    for (const part of says) expect(error.message).toContain(part);
    expect(error.hint).toMatch(/\.$/);
  });

  it.each<[Operation, string]>([
    [{ op: "remove", path: "/m/nothing" }, "patch-missing"],
    [{ op: "test", path: "/m/s", value: "a" }, "patch-test"],
    [{ op: "add", path: "/m/s/x", value: 1 }, "patch-scalar"],
    [{ op: "move", from: "/m", path: "/m/p/m" }, "patch-move"],
    [{ op: "replace", path: "m", value: 1 }, "patch-pointer"],
  ])("%j is an error of the patch", (operation, code) => {
    expect(refusalOf(alone, [operation])).toMatchObject({ kind: "invalid", code });
  });
});

describe("an included file", () => {
  it("is masked as the part of the configuration that it holds", () => {
    const headers = { kind: "include", at: "/models/providers/p/headers" } as const;
    expect(isSecret(headers, "/X-Team", "plain")).toBe(
      isSecret("config", "/models/providers/p/headers/X-Team", "plain"),
    );
    expect(isSecret(headers, "/value", "plain")).toBe(true);
    expect(isSecret("config", "/value", "plain")).toBe(false);
    expect(maskText('{ "value": "test-key-1" }', { kind: "include", at: "/env/vars" })).not.toContain("test-key-1");
    expect(maskText('{ "OPENAI": "test-key-1" }', { kind: "config" })).toContain("test-key-1");
  });
});

function refusalOf(files: Files, operations: readonly Operation[]): ClawformError {
  try {
    routed(files, operations);
  } catch (error) {
    if (error instanceof ClawformError) return error;
    throw error;
  }
  return expect.fail("nothing was refused");
}
