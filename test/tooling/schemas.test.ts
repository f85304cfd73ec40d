import { readdirSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fits } from "../../src/core/fits.generated.js";
import { allValidators } from "../../src/core/validators.js";
// @ts-expect-error a build script, without types
import { idBase, readSchemas, selfContained } from "../../scripts/schemas.mjs";

type Schema = { readonly [key: string]: unknown };
const schemas: ReadonlyMap<string, Schema> = readSchemas("schemas");
const names = [...schemas.keys()];
const validators = allValidators();
const runs = Number(process.env["CLAWFORM_RUNS"] ?? 100);

/** ajv as an editor has it: nothing ahead of time, nothing of ours. */
function reference(): Ajv {
  const ajv = new Ajv({ allErrors: true, strict: false, discriminator: true, validateFormats: false });
  for (const [name, schema] of schemas) ajv.addSchema({ ...schema, $id: `${idBase}${name}.json` });
  return ajv;
}

/** Keys and constants that occur in the schemas: values made of them get further than random ones. */
function vocabulary(): { keys: string[]; values: string[] } {
  const keys = new Set<string>(["", "a/b", "~", "__proto__", "constructor", "toString"]);
  const values = new Set<string>(["", " ", "kilocode/kilo/auto", "https://example.test/v1", "x".repeat(300)]);
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) walk(item);
    else if (typeof value === "string") values.add(value);
    else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        if (key !== "title" && key !== "description") walk(inner);
        if (key === "properties") for (const name of Object.keys(inner as object)) keys.add(name);
      }
    }
  };
  for (const schema of schemas.values()) walk(schema);
  return { keys: [...keys], values: [...values] };
}

const words = vocabulary();
// What a reader of text makes: ordinary objects, whatever their members are called.
const object = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Schema> =>
  fc.dictionary(fc.constantFrom(...words.keys), value, { noNullPrototype: true });
const { document } = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(...words.values),
    fc.string(),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
  ),
  document: fc.oneof(
    { depthSize: "medium" },
    tie("leaf"),
    object(tie("document")),
    fc.array(tie("document"), { maxLength: 4 }),
  ),
}));
const root = object(document);

/** ajv's word, or none: comparing list items it calls members named `toString` and `valueOf`, which here are data. */
function wordOf<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    fc.pre(!(error instanceof TypeError));
    throw error;
  }
}

/** What a user is told, without how ajv counted its way there. */
function told(validate: ValidateFunction | (typeof validators)[string], value: unknown): string[] {
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, keyword, params }) => {
        const { known: _known, means: _means, pattern: _pattern, ...rest } = params as { [name: string]: unknown };
        return `${instancePath} ${keyword} ${JSON.stringify(rest)}`;
      });
}

describe("validators compiled ahead of time", () => {
  it("exist for every schema and no other", () => {
    const files = readdirSync("schemas", { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".json"),
    );
    expect(Object.keys(validators).sort()).toEqual(files.map((file) => file.slice(0, -".json".length)).sort());
  });

  const ajv = reference();
  it.each(names)("%s says what ajv says", (name) => {
    const expected = ajv.getSchema(`${idBase}${name}.json`) as ValidateFunction;
    const actual = validators[name]!;
    fc.assert(
      fc.property(root, (value) => {
        const ours = told(actual, value).sort();
        expect(ours).toEqual(wordOf(() => told(expected, value)).sort());
        // Those that a plan meets are asked without words first.
        if (Object.hasOwn(fits, name)) expect(fits[name]!(value)).toBe(ours.length === 0);
      }),
      { numRuns: runs },
    );
  });

  it("compares list items as data, whatever their members are called", () => {
    const items: object[] = [{ valueOf: 1 }, { toString: null }, { constructor: 2 }];
    expect(validators["setup"]!({ providers: {}, agents: [...items, items[0]] })).toBe(false);
    const card = validators["card"]!;
    expect(card({ register: [...items, { ...items[1] }] })).toBe(false);
    expect(card.errors?.map(({ keyword }) => keyword)).toContain("uniqueItems");
  });

  it("names the keys that would have been right", () => {
    const validate = validators["setup"]!;
    expect(validate({ provider: {} })).toBe(false);
    const error = validate.errors?.find(({ keyword }) => keyword === "additionalProperties");
    expect(error?.params["additionalProperty"]).toBe("provider");
    expect(error?.params["known"]).toContain("providers");
  });
});

describe("published schemas", () => {
  const ajv = reference();
  it.each(names)("%s stands alone and accepts the same", (name) => {
    const alone: Schema = selfContained(name, schemas);
    const references = [...JSON.stringify(alone).matchAll(/"\$ref":"([^"]*)"/g)].map((match) => match[1]);
    expect(references.filter((reference) => !/^#(\/|$)/.test(reference ?? ""))).toEqual([]);
    expect(alone["$id"]).toBeUndefined();
    const validate = new Ajv({ strict: false, discriminator: true, validateFormats: false }).compile(alone);
    const expected = ajv.getSchema(`${idBase}${name}.json`) as ValidateFunction;
    fc.assert(
      fc.property(root, (value) => {
        const alike = wordOf(() => [validate(value), expected(value)]);
        expect(alike[0]).toBe(alike[1]);
      }),
      { numRuns: runs },
    );
  });
});
