/** Configurations in several files, and what the real OpenClaw 2026.5.6 said of each (`config validate`, `config get`). Data only. */

import type { Json, Operation } from "../../src/types.js";

/** What lies in the configuration's directory, by name; `../` is outside of it. */
export interface Layout {
  readonly name: string;
  readonly files: { readonly [name: string]: string };
  /** Symbolic links and where they point. */
  readonly links?: { readonly [name: string]: string };
  /** Hard links: the new name and the file. */
  readonly hard?: { readonly [name: string]: string };
  readonly directories?: readonly string[];
  /** OPENCLAW_INCLUDE_ROOTS; `H` stands for the home directory. */
  readonly roots?: string;
}

const chain = (length: number): { [name: string]: string } =>
  Object.fromEntries([
    ["openclaw.json", '{ "messages": { "$include": "./1.json" } }'],
    ...Array.from({ length }, (_, index) => [
      `${index + 1}.json`,
      index + 1 === length ? "{}" : `{ "$include": "./${index + 2}.json" }`,
    ]),
  ]) as { [name: string]: string };

const padded = (bytes: number): string => "{}".padEnd(bytes, " ");

/** Valid for OpenClaw. */
export const accepted: readonly Layout[] = [
  {
    name: "a file",
    files: { "openclaw.json": '{ messages: { $include: "./a.json5" } }', "a.json5": "{ /* nothing */ }" },
  },
  { name: "no file at all", files: { "openclaw.json": "{ messages: { $include: [] } }" } },
  {
    name: "the same file twice side by side",
    files: { "openclaw.json": '{ $include: ["./a.json", "a.json"] }', "a.json": '{ "ui": {} }' },
  },
  { name: "ten files down", files: chain(10) },
  {
    name: "two mebibytes",
    files: { "openclaw.json": '{ messages: { $include: "a.json" } }', "a.json": padded(2_097_152) },
  },
  {
    name: "a link to a file inside",
    files: { "openclaw.json": '{ messages: { $include: "a.json" } }', "d/b.json": "{}" },
    links: { "a.json": "d/b.json" },
  },
  {
    name: "a linked directory inside",
    files: { "openclaw.json": '{ messages: { $include: "l/b.json" } }', "d/b.json": "{}" },
    links: { l: "d" },
  },
  {
    name: "out and in again by the path",
    files: { "openclaw.json": '{ messages: { $include: "d/../a.json" } }', "a.json": "{}" },
  },
  {
    name: "a directory whose name starts with dots",
    files: { "openclaw.json": '{ messages: { $include: "..d/a.json" } }', "..d/a.json": "{}" },
  },
  {
    name: "outside, but an allowed directory",
    files: { "openclaw.json": '{ messages: { $include: "../more/a.json" } }', "../more/a.json": "{}" },
    roots: "H/more",
  },
  {
    name: "outside, allowed with ~ and blanks",
    files: { "openclaw.json": '{ messages: { $include: "../more/a.json" } }', "../more/a.json": "{}" },
    roots: " /nowhere : ~/more :",
  },
  {
    name: "from an allowed directory back home",
    files: {
      "openclaw.json": '{ messages: { $include: "../more/a.json" } }',
      "../more/a.json": '{ $include: "../.openclaw/b.json" }',
      "b.json": "{}",
    },
    roots: "H/more",
  },
  {
    name: "an allowed directory that is a link",
    files: { "openclaw.json": '{ messages: { $include: "../more/a.json" } }', "../real/a.json": "{}" },
    links: { "../more": "real" },
    roots: "H/more",
  },
  {
    name: "a link into an allowed directory",
    files: { "openclaw.json": '{ messages: { $include: "a.json" } }', "../more/a.json": "{}" },
    links: { "a.json": "../more/a.json" },
    roots: "H/more",
  },
  {
    name: "a file of a byte order mark and comments",
    files: { "openclaw.json": '{ messages: { $include: "a.json" } }', "a.json": "\uFEFF// all\r\n{}\r\n" },
  },
];

/** A layout OpenClaw refuses, the code of our refusal, and parts of its message: both files, and what is wrong. */
export interface Refused extends Layout {
  readonly code: string;
  readonly says: readonly string[];
  /** Pointer and line of the `$include`, and the file it stands in when that is not the root. */
  readonly at?: readonly [pointer: string, line: number, file?: string];
}

const root = (given: string): string => `{\n  // the rest\n  messages: {\n    $include: ${given} } }`;

/** Invalid for OpenClaw, each an issue at `<root>`. */
export const refused: readonly Refused[] = [
  { name: "a number", files: { "openclaw.json": root("5") }, code: "include-value", says: ["a number"] },
  { name: "null", files: { "openclaw.json": root("null") }, code: "include-value", says: ["null"] },
  { name: "an object", files: { "openclaw.json": root("{}") }, code: "include-value", says: ["an object"] },
  {
    name: "a list with a number",
    files: { "openclaw.json": root('["./a.json", 5]'), "a.json": "{}" },
    code: "include-value",
    says: ["a number"],
  },
  {
    name: "a missing file",
    files: { "openclaw.json": root('"./a.json"') },
    code: "include-missing",
    says: ["openclaw.json", "./a.json", "does not exist"],
  },
  {
    name: "an empty name is the directory",
    files: { "openclaw.json": root('""') },
    code: "include-not-a-file",
    says: ["openclaw.json", "a directory"],
  },
  {
    name: "a directory",
    files: { "openclaw.json": root('"d"') },
    directories: ["d"],
    code: "include-not-a-file",
    says: ["openclaw.json", '"d"', "a directory"],
  },
  {
    name: "a file on the way",
    files: { "openclaw.json": root('"a.json/b.json"'), "a.json": "{}" },
    code: "include-not-a-directory",
    says: ["openclaw.json", "a.json/b.json"],
  },
  {
    name: "outside by the path",
    files: { "openclaw.json": root('"../a.json"'), "../a.json": "{}" },
    code: "include-outside",
    says: ["openclaw.json", "../a.json"],
  },
  {
    name: "outside, absolute",
    files: { "openclaw.json": root('"/etc/hostname"') },
    code: "include-outside",
    says: ["openclaw.json", "/etc/hostname"],
  },
  {
    name: "outside beside an allowed directory of a longer name",
    files: { "openclaw.json": root('"../more2/a.json"'), "../more2/a.json": "{}" },
    roots: "H/more",
    code: "include-outside",
    says: ["../more2/a.json"],
  },
  {
    name: "outside through a link",
    files: { "openclaw.json": root('"a.json"'), "../more/a.json": "{}" },
    links: { "a.json": "../more/a.json" },
    code: "include-outside",
    says: ["openclaw.json", "a.json", "symbolic link"],
  },
  {
    name: "outside through a linked directory",
    files: { "openclaw.json": root('"d/a.json"'), "../more/a.json": "{}" },
    links: { d: "../more" },
    code: "include-outside",
    says: ["openclaw.json", "d/a.json", "symbolic link"],
  },
  {
    name: "a nested file is held to the root's directory",
    files: { "openclaw.json": root('"d/a.json"'), "d/a.json": '{\n$include: "../../b.json" }', "../b.json": "{}" },
    code: "include-outside",
    says: ["d/a.json", "../../b.json"],
    at: ["/$include", 2, "d/a.json"],
  },
  {
    name: "a link to nowhere",
    files: { "openclaw.json": root('"a.json"') },
    links: { "a.json": "b.json" },
    code: "include-dangling-symlink",
    says: ["openclaw.json", "a.json", "b.json"],
  },
  {
    name: "links in a circle",
    files: { "openclaw.json": root('"a.json"') },
    links: { "a.json": "b.json", "b.json": "a.json" },
    code: "include-symlink-loop",
    says: ["openclaw.json", "a.json"],
  },
  {
    name: "a hard link",
    files: { "openclaw.json": root('"a.json"'), "b.json": "{}" },
    hard: { "a.json": "b.json" },
    code: "include-hard-link",
    says: ["openclaw.json", "a.json", "2 names"],
  },
  {
    name: "more than two mebibytes",
    files: { "openclaw.json": root('"a.json"'), "a.json": padded(2_097_153) },
    code: "include-too-large",
    says: ["openclaw.json", "a.json", "2 MiB"],
  },
  {
    name: "no JSON5",
    files: { "openclaw.json": root('"a.json"'), "a.json": "{\n  oh no\n}" },
    code: "include-syntax",
    says: ["openclaw.json", "a.json", "line 2"],
  },
  {
    name: "an empty file",
    files: { "openclaw.json": root('"a.json"'), "a.json": "" },
    code: "include-empty-file",
    says: ["openclaw.json", "a.json"],
  },
  {
    name: "eleven files down",
    files: chain(11),
    code: "include-depth",
    says: ["10.json", "11.json"],
    at: ["/$include", 1, "10.json"],
  },
  {
    name: "itself",
    files: { "openclaw.json": root('"./openclaw.json"') },
    code: "include-circle",
    says: ["openclaw.json -> openclaw.json"],
  },
  {
    name: "in a circle",
    files: {
      "openclaw.json": root('"a.json"'),
      "a.json": '{ $include: "d/b.json" }',
      "d/b.json": '{ $include: "../a.json" }',
    },
    code: "include-circle",
    says: ["a.json -> d/b.json -> a.json"],
    at: ["/$include", 1, "d/b.json"],
  },
  {
    name: "a variable in the name",
    files: { "openclaw.json": root('"${HOME}/a.json"') },
    code: "include-missing",
    says: ["${HOME}/a.json"],
  },
  {
    name: "members beside a list",
    files: { "openclaw.json": root('"a.json", queue: {}'), "a.json": "[]" },
    code: "include-siblings",
    says: ["openclaw.json", "a.json"],
  },
  {
    name: "members beside a text",
    files: { "openclaw.json": root('["b.json", "a.json"], queue: {}'), "a.json": '"x"', "b.json": "{}" },
    code: "include-siblings",
    says: ["openclaw.json", "a.json"],
  },
];

/** Where the `$include` of `root` stands, for rows without an `at`. */
export const usualPlace: readonly [pointer: string, line: number, file?: string] = ["/messages/$include", 4];

/** A configuration, an edit of the whole, the files after it, and what OpenClaw reads before and after. */
export interface Story extends Layout {
  readonly env?: { readonly [name: string]: string };
  readonly operations: readonly Operation[];
  /** Files that change, and what they become. */
  readonly after: { readonly [name: string]: string };
  /** `config get` before and after, by path. */
  readonly gets: { readonly [path: string]: readonly [before: Json, after: Json] };
}

export const stories: readonly Story[] = [
  {
    name: "a section in a file of its own, with comments",
    files: {
      "openclaw.json":
        "{\n  // providers live elsewhere\n  models: { $include: \"./models.json5\" },\n  agents: { defaults: { model: 'local/m1' } },\n}\n",
      "models.json5":
        "// by hand\n{\n  providers: {\n    local: {\n      baseUrl: 'http://127.0.0.1:8000/v1', // the box\n      models: [{ id: 'm1', name: 'M1' }],\n    },\n    old: { baseUrl: 'http://127.0.0.1:1/v1', models: [] },\n  },\n}\n",
    },
    operations: [
      { op: "test", path: "/models/providers/local/baseUrl", value: "http://127.0.0.1:8000/v1" },
      { op: "replace", path: "/models/providers/local/baseUrl", value: "http://127.0.0.1:9000/v1" },
      { op: "remove", path: "/models/providers/old" },
      { op: "add", path: "/models/providers/local/models/1", value: { id: "m2", name: "M2" } },
      { op: "add", path: "/models/mode", value: "merge" },
      { op: "replace", path: "/agents/defaults/model", value: { primary: "local/m2" } },
    ],
    after: {
      "openclaw.json":
        "{\n  // providers live elsewhere\n  models: { $include: \"./models.json5\" },\n  agents: { defaults: { model: { primary: 'local/m2' } } },\n}\n",
      "models.json5":
        "// by hand\n{\n  providers: {\n    local: {\n      baseUrl: 'http://127.0.0.1:9000/v1', // the box\n      models: [{ id: 'm1', name: 'M1' }, { id: 'm2', name: 'M2' }],\n    },\n  },\n  mode: 'merge',\n}\n",
    },
    gets: {
      "models.providers.local.baseUrl": ["http://127.0.0.1:8000/v1", "http://127.0.0.1:9000/v1"],
      "models.providers.local.models[1].id": [null, "m2"],
      "models.providers.old.baseUrl": ["http://127.0.0.1:1/v1", null],
      "agents.defaults.model": ["local/m1", { primary: "local/m2" }],
    },
  },
  {
    name: "a base with the root's own members over it",
    files: {
      "openclaw.json":
        '{\n  "$include": "./base.json",\n  "agents": { "defaults": { "model": { "primary": "p/two" } } }\n}\n',
      "base.json":
        '{\n  "agents": { "defaults": { "model": { "primary": "p/one", "fallbacks": ["p/x"] }, "thinkingDefault": "low" } },\n  "env": { "vars": { "TEAM": "blue" } }\n}\n',
    },
    operations: [
      { op: "replace", path: "/agents/defaults/model/primary", value: "p/three" },
      { op: "add", path: "/agents/defaults/model/fallbacks/1", value: "p/y" },
      { op: "replace", path: "/agents/defaults/thinkingDefault", value: "high" },
      { op: "add", path: "/agents/defaults/maxConcurrent", value: 7 },
      { op: "add", path: "/env/vars/ROOM", value: "one" },
    ],
    after: {
      "openclaw.json":
        '{\n  "$include": "./base.json",\n  "agents": { "defaults": { "model": { "primary": "p/three" }, "maxConcurrent": 7 } }\n}\n',
      "base.json":
        '{\n  "agents": { "defaults": { "model": { "primary": "p/one", "fallbacks": ["p/x", "p/y"] }, "thinkingDefault": "high" } },\n  "env": { "vars": { "TEAM": "blue", "ROOM": "one" } }\n}\n',
    },
    gets: {
      "agents.defaults.model": [
        { primary: "p/two", fallbacks: ["p/x"] },
        { primary: "p/three", fallbacks: ["p/x", "p/y"] },
      ],
      "agents.defaults.thinkingDefault": ["low", "high"],
      "env.vars": [{ TEAM: "blue" }, { TEAM: "blue", ROOM: "one" }],
    },
  },
  {
    name: "a member that both files give is removed from both",
    files: {
      "openclaw.json":
        '{ "agents": { "$include": ["a.json", "b.json"], "defaults": { "thinkingDefault": "high" } } }\n',
      "a.json": '{ "defaults": { "thinkingDefault": "low", "model": "p/m" } }\n',
      "b.json": '{ "defaults": { "thinkingDefault": "off" } }\n',
    },
    operations: [{ op: "remove", path: "/agents/defaults/thinkingDefault" }],
    after: {
      "openclaw.json": '{ "agents": { "$include": ["a.json", "b.json"], "defaults": {} } }\n',
      "a.json": '{ "defaults": { "model": "p/m" } }\n',
      "b.json": '{ "defaults": {} }\n',
    },
    gets: { "agents.defaults.thinkingDefault": ["high", null], "agents.defaults.model": ["p/m", "p/m"] },
  },
  {
    name: "a list put together from two files, edited inside its items",
    files: {
      "openclaw.json": '{ "$include": ["./one.json", "./d/two.json"] }\n',
      "one.json": '{ "agents": { "list": [{ "id": "a", "model": "p/1" }] } }\n',
      "d/two.json": '{ "agents": { "list": [{ "id": "b", "model": "p/2" }, { "id": "c" }] } }\n',
    },
    operations: [
      { op: "replace", path: "/agents/list/0/model", value: "p/11" },
      { op: "replace", path: "/agents/list/1/model", value: "p/22" },
      { op: "add", path: "/agents/list/2/model", value: "p/33" },
    ],
    after: {
      "one.json": '{ "agents": { "list": [{ "id": "a", "model": "p/11" }] } }\n',
      "d/two.json": '{ "agents": { "list": [{ "id": "b", "model": "p/22" }, { "id": "c", "model": "p/33" }] } }\n',
    },
    gets: {
      "agents.list": [
        [{ id: "a", model: "p/1" }, { id: "b", model: "p/2" }, { id: "c" }],
        [
          { id: "a", model: "p/11" },
          { id: "b", model: "p/22" },
          { id: "c", model: "p/33" },
        ],
      ],
    },
  },
  {
    name: "an item of a list, and below it a file beside the including one",
    files: {
      "openclaw.json": '{\n\t"agents": { "list": [{ "$include": "./d/coder.json5" }, { "id": "plain" }] }\n}\n',
      "d/coder.json5": "{ $include: './id.json', model: 'p/1' }\n",
      "d/id.json": '{ "id": "coder" }\n',
    },
    operations: [
      { op: "replace", path: "/agents/list/0/model", value: "p/2" },
      { op: "replace", path: "/agents/list/0/id", value: "writer" },
      { op: "remove", path: "/agents/list/1" },
    ],
    after: {
      "openclaw.json": '{\n\t"agents": { "list": [{ "$include": "./d/coder.json5" }] }\n}\n',
      "d/coder.json5": "{ $include: './id.json', model: 'p/2' }\n",
      "d/id.json": '{ "id": "writer" }\n',
    },
    gets: { "agents.list": [[{ id: "coder", model: "p/1" }, { id: "plain" }], [{ id: "writer", model: "p/2" }]] },
  },
  {
    name: "several files give the parent: the root does, beside its $include",
    files: {
      "openclaw.json": '{\n  "models": {\n    "$include": ["./a.json", "./b.json"]\n  }\n}\n',
      "a.json": '{ "providers": { "a": { "baseUrl": "http://127.0.0.1:1", "models": [] } } }\n',
      "b.json": '{ "providers": { "b": { "baseUrl": "http://127.0.0.1:2", "models": [] } } }\n',
    },
    operations: [{ op: "add", path: "/models/providers/c", value: { baseUrl: "http://127.0.0.1:3", models: [] } }],
    after: {
      "openclaw.json":
        '{\n  "models": {\n    "$include": ["./a.json", "./b.json"],\n    "providers": {\n      "c": {\n        "baseUrl": "http://127.0.0.1:3",\n        "models": []\n      }\n    }\n  }\n}\n',
    },
    gets: {
      "models.providers.a.baseUrl": ["http://127.0.0.1:1", "http://127.0.0.1:1"],
      "models.providers.b.baseUrl": ["http://127.0.0.1:2", "http://127.0.0.1:2"],
      "models.providers.c.baseUrl": [null, "http://127.0.0.1:3"],
    },
  },
  {
    name: "a provider's block is renamed in each file that gives part of it",
    files: {
      "openclaw.json": '{ models: { $include: "./m.json", providers: { "z-ai": { apiKey: "${ZAI_TEST}" } } } }\n',
      "m.json": '{ "providers": { "z-ai": { "$include": "./zai.json" } } }\n',
      "zai.json": '{ "baseUrl": "http://127.0.0.1:4", "models": [] }\n',
    },
    env: { ZAI_TEST: "test-key-1" },
    operations: [{ op: "move", from: "/models/providers/z-ai", path: "/models/providers/zai" }],
    after: {
      "openclaw.json": '{ models: { $include: "./m.json", providers: { "zai": { apiKey: "${ZAI_TEST}" } } } }\n',
      "m.json": '{ "providers": { "zai": { "$include": "./zai.json" } } }\n',
    },
    gets: {
      "models.providers.z-ai.baseUrl": ["http://127.0.0.1:4", null],
      "models.providers.zai.baseUrl": [null, "http://127.0.0.1:4"],
    },
  },
  {
    name: "an env section from a file feeds ${VAR}, and both stay raw",
    files: {
      "openclaw.json":
        '{ "env": { "$include": "env.json" }, "models": { "providers": { "local": { "baseUrl": "${HOST_TEST}/v1", "models": [] } } } }\n',
      "env.json": '{ "HOST_TEST": "http://127.0.0.1:5", "vars": { "OTHER_TEST": "x" } }\n',
    },
    operations: [{ op: "replace", path: "/env/HOST_TEST", value: "http://127.0.0.1:6" }],
    after: { "env.json": '{ "HOST_TEST": "http://127.0.0.1:6", "vars": { "OTHER_TEST": "x" } }\n' },
    gets: { "models.providers.local.baseUrl": ["http://127.0.0.1:5/v1", "http://127.0.0.1:6/v1"] },
  },
  {
    name: "a file outside, in an allowed directory",
    files: {
      "openclaw.json": '{ "agents": { "defaults": { "$include": "../more/team.json" } } }\n',
      "../more/team.json": '{ "model": "p/1" }\n',
    },
    roots: "~/more",
    operations: [{ op: "replace", path: "/agents/defaults/model", value: "p/2" }],
    after: { "../more/team.json": '{ "model": "p/2" }\n' },
    gets: { "agents.defaults.model": ["p/1", "p/2"] },
  },
];
