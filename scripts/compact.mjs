/**
 * Makes the code that ajv writes smaller without changing what it does: every `plan` loads it, and a start-up is spent
 * on reading code. ajv repeats a dozen words for each error and keeps whole schemas for the sake of one `enum`.
 */

/** @typedef {import("./schemas.mjs").Schema} Schema */

/** Keywords that say nothing about validity. */
const annotations = new Set(["title", "description", "default", "examples", "$comment", "$schema"]);
/** Keywords whose members are named by the author, not by JSON Schema. */
const containers = new Set(["properties", "patternProperties", "definitions", "dependencies"]);
/** Keywords whose value is data. */
const data = new Set(["enum", "const"]);

/**
 * A schema without annotations. A property that is called `title` stays.
 * @template Value
 * @param {Value} schema
 * @returns {Value}
 */
export function withoutAnnotations(schema) {
  if (Array.isArray(schema)) return /** @type {Value} */ (schema.map(withoutAnnotations));
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).flatMap(([key, value]) => {
    if (data.has(key)) return [[key, value]];
    // What a pattern or a refusal means is said in the words of its schema: see `explained` in generate.mjs.
    if (key === "description" && ("pattern" in schema || "not" in schema)) return [[key, value]];
    if (annotations.has(key)) return [];
    if (!containers.has(key)) return [[key, withoutAnnotations(value)]];
    return [[key, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutAnnotations(inner)]))]];
  });
  return /** @type {Value} */ (Object.fromEntries(kept));
}

const helpers = `
function report(errors, instancePath, schemaPath, keyword, params, message) {
  const error = { instancePath, schemaPath, keyword, params, message };
  if (errors === null) return [error];
  errors.push(error);
  return errors;
}
function token(key) {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
`;

/** Any code, but not into the next error, nor an error with one member more. */
const some = String.raw`((?:(?!const err\d|,propertyName:)[^])*?)`;
const oneError = new RegExp(
  String.raw`const (err\d+) = \{instancePath(?::${some})?,schemaPath:("(?:[^"\\]|\\.)*"),keyword:("\w+"),` +
    String.raw`params:(\{${some}\}),message:${some}\};` +
    String.raw`if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}`,
  "g",
);

/**
 * ajv's standalone code with errors made by a function and without the made-up host in schema paths.
 * @param {string} code
 * @param {string} idBase
 * @returns {string}
 */
export function compact(code, idBase) {
  const short = code
    .replaceAll(idBase, "")
    .replaceAll(/(\w+)\.replace\(\/~\/g, "~0"\)\.replace\(\/\\\/\/g, "~1"\)/g, "token($1)")
    .replaceAll(oneError, (_, _name, place = "instancePath", schemaPath, keyword, params, _inner, message) => {
      return `vErrors = report(vErrors, ${place}, ${schemaPath}, ${keyword}, ${params}, ${message});`;
    });
  return `${helpers}${short}`;
}

const aString = String.raw`"(?:[^"\\]|\\.)*"`;
const oneReport = new RegExp(
  String.raw`vErrors = report\((?:[^"();]|${aString}|\((?:[^"()]|${aString}|\([^()]*\))*\))*\);`,
  "g",
);

/**
 * The same checks without words: code as `compact` makes it, each function of which only says whether a value fits. It
 * counts errors as that does and keeps none, and is a quarter of it.
 * @param {string} code
 * @returns {string}
 */
export function wordless(code) {
  const counting = withNames(code)
    .replace(helpers, "")
    .replaceAll(oneReport, "")
    .replaceAll(
      /const err\d+ = \{(?:[^"}]|"(?:[^"\\]|\\.)*"|\{[^{}]*\}|\})*?\};if\(vErrors === null\)\{vErrors = \[err\d+\];\}else \{vErrors\.push\(err\d+\);\}/g,
      "",
    )
    .replaceAll(
      /vErrors = vErrors === null \? \w+\.errors : vErrors\.concat\(\w+\.errors\);errors = vErrors\.length;/g,
      "errors++;",
    )
    .replaceAll(/if\(vErrors !== null\)\{if\((_errs\d+)\)\{vErrors\.length = \1;\}else \{vErrors = null;\}\}/g, "")
    .replaceAll(/\w+\.errors = vErrors;/g, "")
    .replaceAll("let vErrors = null;", "")
    .replaceAll(', {instancePath="", parentData, parentDataProperty, rootData=data}={}', "")
    .replaceAll(/, \{instancePath[^{}]*rootData\}/g, "")
    .replaceAll(/\/\*# sourceURL=.*? \*\/;/g, "");
  const left = /.{0,80}(?:vErrors|instancePath|report\().{0,80}/.exec(counting);
  if (left) throw new Error(`ajv wrote what is not known here: ${left[0]}`);
  return counting;
}

/**
 * A set of names where ajv keeps a whole schema to look a property's name up in.
 * @param {string} code
 */
function withNames(code) {
  const looksUp = (/** @type {string} */ schema) => code.includes(`.call(${schema}.properties, `);
  return code
    .replaceAll(/const (schema\d+) = (\{.*?\});(?=const |function |export )/g, (all, schema, json) =>
      looksUp(schema) ? `const ${schema} = new Set(${JSON.stringify(Object.keys(JSON.parse(json).properties))});` : all,
    )
    .replaceAll(/\w+\.call\((schema\d+)\.properties, (\w+)\)/g, "$1.has($2)");
}
