/**
 * Compiles `schemas/` ahead of time: the package validates without carrying ajv's compiler, and start-up compiles nothing.
 * `node scripts/generate.mjs` writes src/core/validators.generated.js and .d.ts.
 */

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv, _, stringify } from "ajv";
import { compact, withoutAnnotations } from "./compact.mjs";
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

/**
 * The text of the validators module for a folder of schemas.
 * @param {string} folder
 * @returns {string}
 */
export function compileValidators(folder) {
  const schemas = readSchemas(folder);
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
  /** @type {[string, string][]} */
  const exports = [...schemas.keys()].map((name) => [name, identifier(name)]);
  const code = standalone.default(
    ajv,
    Object.fromEntries(exports.map(([name, variable]) => [variable, `${idBase}${name}.json`])),
  );
  const map = exports.map(([name, variable]) => `  ${JSON.stringify(name)}: ${variable},`).join("\n");
  const header = "// Generated from schemas/ by scripts/generate.mjs. Do not edit.\n";
  return `${header}${withImports(compact(code, idBase))}\nexport const validators = {\n${map}\n};\n`;
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

const declarations = `// Generated by scripts/generate.mjs. Do not edit.

/** One way in which a value differs from its schema. */
export interface SchemaError {
  /** RFC 6901 pointer into the value. */
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
  readonly message?: string;
  /** The member's name, when it is the name that is wrong. */
  readonly propertyName?: string;
}

/** True when the value fits; else \`errors\` holds every difference until the next call. */
export interface ValidateFunction {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** One validator per schema, by the schema's path below \`schemas/\` without \`.json\`. */
export declare const validators: { readonly [name: string]: ValidateFunction };
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
export function generate() {
  const target = path.join(root, "src/core/validators.generated");
  writeIfChanged(`${target}.js`, compileValidators(path.join(root, "schemas")));
  writeIfChanged(`${target}.d.ts`, declarations);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generate();
