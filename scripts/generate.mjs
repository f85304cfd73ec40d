/**
 * Compiles `schemas/` ahead of time: the package validates without carrying ajv's compiler, and start-up compiles nothing.
 * `node scripts/generate.mjs` writes src/core/validators.generated.cjs, and fits.generated.js with its types.
 */

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { Ajv, _, stringify } from "ajv";
import { compact, withoutAnnotations, wordless } from "./compact.mjs";
import { idBase, readSchemas } from "./schemas.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

// CommonJS with a `default` member: `import` would hand it over differently in Node and in vitest's loader.
const require = createRequire(import.meta.url);
/** @type {{ default: typeof import("ajv/dist/standalone/index.js").default }} */
const standalone = require("ajv/dist/standalone/index.js");
/** @type {(name: string) => import("ajv").CodeKeywordDefinition} */
const ownKeyword = (name) => require(`ajv/dist/vocabularies/${name}.js`).default;

/** Keywords that only editors read. */
const editorKeywords = ["markdownDescription", "enumDescriptions", "markdownEnumDescriptions", "defaultSnippets"];

/**
 * ajv's own `additionalProperties`, whose error also lists the keys that would have been right (`params.known`): a
 * schema path alone does not say, since it starts anew in every referenced definition.
 * @type {import("ajv").CodeKeywordDefinition}
 */
const additionalProperties = {
  ...ownKeyword("applicator/additionalProperties"),
  error: {
    message: "must NOT have additional properties",
    params: ({ params, parentSchema }) =>
      _`{additionalProperty: ${params.additionalProperty}, known: ${stringify(Object.keys(parentSchema?.properties ?? {}))}}`,
  },
};

/**
 * A keyword whose own message means nothing to people, with what its schema's description says instead (`params.means`).
 * @param {string} name
 * @returns {import("ajv").CodeKeywordDefinition}
 */
const explained = (name) => ({
  ...ownKeyword(name),
  error: {
    message: "is not what it has to be",
    params: ({ parentSchema }) => _`{means: ${stringify(parentSchema?.description ?? "")}}`,
  },
});

const header = "// Generated from schemas/ by scripts/generate.mjs. Do not edit.\n";

/**
 * The text of the validators module for a folder of schemas, as CommonJS: it is loaded in the middle of a check, when
 * something does not fit and words are needed.
 * @param {string} folder
 * @returns {Promise<string>}
 */
async function compileValidators(folder) {
  const schemas = readSchemas(folder);
  const names = [...schemas.keys()];
  const code = withImports(compact(compile(schemas, names), idBase));
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: `${code}\nexport const validators = {${membersOf(names)}};`,
      resolveDir: path.join(root, "src/core"),
    },
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    target: "node20",
    minify: true,
    legalComments: "none",
  });
  return `${header}${outputFiles[0]?.text ?? ""}`;
}

/**
 * The text of the module that says whether a value fits, for the schemas that a plan meets.
 * @param {string} folder
 * @returns {string}
 */
function compileFits(folder) {
  const schemas = readSchemas(folder);
  const met = [...schemas.keys()].filter((name) => /^(?:setup|openclaw|auth-profiles)$|^transforms\//.test(name));
  const code = withImports(wordless(compact(compile(schemas, met), idBase)));
  return `${header}${code}\nexport const fits = {${membersOf(met)}};\n`;
}

/** @param {readonly string[]} names */
function membersOf(names) {
  return names.map((name) => `${JSON.stringify(name)}: ${identifier(name)}`).join(",");
}

/**
 * ajv's standalone code.
 * @param {ReadonlyMap<string, import("./schemas.mjs").Schema>} schemas
 * @param {readonly string[]} names those that it is to export
 */
function compile(schemas, names) {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    // `then` and `else` may name keys that the schema around them defines.
    strictRequired: false,
    allowUnionTypes: true,
    discriminator: true,
    // Larger definitions become functions that all their users share.
    inlineRefs: 4,
    validateFormats: false,
    code: { source: true, esm: true, lines: false, optimize: 2 },
  });
  ajv.removeKeyword("additionalProperties").addKeyword(additionalProperties);
  ajv.removeKeyword("pattern").addKeyword(explained("validation/pattern"));
  ajv.removeKeyword("not").addKeyword(explained("applicator/not"));
  for (const keyword of editorKeywords) ajv.addKeyword({ keyword, valid: true });
  for (const schema of hoistDefinitions(schemas)) ajv.addSchema(withoutAnnotations(schema));
  const exported = Object.fromEntries(names.map((name) => [identifier(name), `${idBase}${name}.json`]));
  return standalone.default(ajv, exported);
}

/**
 * Every definition as a schema of its own, and every reference to it by its id: ajv then compiles it once for all files
 * that use it, which halves the module.
 * @param {ReadonlyMap<string, import("./schemas.mjs").Schema>} schemas
 * @returns {import("./schemas.mjs").Schema[]}
 */
function hoistDefinitions(schemas) {
  /** @param {string} reference */
  const hoisted = (reference) =>
    reference.replace(/\.json#\/definitions\/([^/]+)\/?/, ".json/$1#/").replace(/#\/?$/, "");
  return [...schemas].flatMap(([name, { definitions = {}, ...schema }]) => {
    const id = `${idBase}${name}.json`;
    /** @type {(value: unknown) => unknown} */
    const rewrite = (value) => {
      if (Array.isArray(value)) return value.map(rewrite);
      if (typeof value !== "object" || value === null) return value;
      const members = Object.entries(value).map(([key, inner]) =>
        key === "$ref" && typeof inner === "string" ? [key, hoisted(new URL(inner, id).href)] : [key, rewrite(inner)],
      );
      return Object.fromEntries(members);
    };
    return [
      { .../** @type {object} */ (rewrite(schema)), $id: id },
      ...Object.entries(/** @type {object} */ (definitions)).map(([key, value]) => ({
        .../** @type {object} */ (rewrite(value)),
        $id: `${id}/${key}`,
      })),
    ];
  });
}

/**
 * ajv writes `require` even into ES modules. Its runtime files are CommonJS with a `default` member, which Node hands
 * over as the namespace and some bundlers unwrap: both are taken.
 * @param {string} code
 */
function withImports(code) {
  /** @type {Map<string, string>} */
  const imported = new Map();
  const body = code
    .replace(/^"use strict";/, "")
    .replaceAll(/export (const|default) /g, (match, kind) => (kind === "const" ? "const " : match))
    .replaceAll(/export default \w+;/g, "")
    .replaceAll(/require\("([^"]+)"\)(\.default)?/g, (_, /** @type {string} */ module, member) => {
      const name = imported.get(module) ?? `runtime${imported.size}`;
      imported.set(module, name);
      return member ? `(${name}.default ?? ${name})` : name;
    });
  const imports = [...imported].map(([module, name]) => importOf(module, name)).join("");
  return `${imports}${body}`;
}

/**
 * ajv compares list items with a library that calls a member named `valueOf` or `toString`; in a document these are data,
 * so the project's own comparison stands in its place.
 * @param {string} module
 * @param {string} name
 */
function importOf(module, name) {
  return module === "ajv/dist/runtime/equal"
    ? `import { deepEqual as ${name} } from "../json.js";\n`
    : `import ${name} from "${module}.js";\n`;
}

/** @param {string} name */
function identifier(name) {
  return `validate_${name.replaceAll(/[^A-Za-z0-9]/g, "_")}`;
}

const fitsDeclarations = `${header}
/** Whether a value fits, by the schema's path below \`schemas/\` without \`.json\`; only for those that a plan meets. */
export declare const fits: { readonly [name: string]: (value: unknown) => boolean };
`;

/**
 * Writes a file only when it changes, by rename: test runs that start at the same time never see half of one.
 * @param {string} file
 * @param {string} text
 */
function writeIfChanged(file, text) {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

/** Writes the validators module of the project. */
export async function generate() {
  const schemas = path.join(root, "schemas");
  const target = path.join(root, "src/core");
  writeIfChanged(path.join(target, "validators.generated.cjs"), await compileValidators(schemas));
  writeIfChanged(path.join(target, "fits.generated.js"), compileFits(schemas));
  writeIfChanged(path.join(target, "fits.generated.d.ts"), fitsDeclarations);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await generate();
