import { describe, expect, test } from "vitest";
import { createAjv, readSchema, schemaNames } from "./compile.js";
import type { SchemaNode } from "./compile.js";

interface Place {
  readonly where: string;
  readonly node: SchemaNode;
}

/** Keywords whose value maps names to schemas. */
const maps: ReadonlySet<string> = new Set(["properties", "definitions"]);
/** Keywords whose value is data. */
const data: ReadonlySet<string> = new Set(["enum", "const", "required"]);

/** Every schema inside a schema; those under `if` are conditions and are left out unless asked for. */
function* walk(node: unknown, where: string, conditions: boolean): Generator<Place> {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) yield* walk(item, `${where}/${index}`, conditions);
    return;
  }
  yield { where, node: node as SchemaNode };
  for (const [keyword, value] of Object.entries(node)) {
    if (data.has(keyword) || (keyword === "if" && !conditions)) continue;
    if (maps.has(keyword)) {
      for (const [name, child] of Object.entries(value as object))
        yield* walk(child, `${where}/${keyword}/${name}`, conditions);
    } else yield* walk(value, `${where}/${keyword}`, conditions);
  }
}

function places(conditions: boolean): Place[] {
  return schemaNames.flatMap((name) => [...walk(readSchema(name), `${name}.json#`, conditions)]);
}

/** The schema a reference leads to, or undefined. */
function resolve(reference: string, from: string): SchemaNode | undefined {
  const [file = "", pointer = ""] = reference.split("#");
  const name = (file === "" ? (from.split("#")[0] ?? "") : file).replace(/\.json$/, "");
  if (!(schemaNames as readonly string[]).includes(name)) return undefined;
  let node: unknown = readSchema(name);
  for (const part of pointer.split("/").slice(1)) node = (node as { [key: string]: unknown } | undefined)?.[part];
  return node as SchemaNode | undefined;
}

/** An annotation of a schema, its own or that of what it refers to. */
function annotation(place: Place, keyword: "title" | "description"): unknown {
  const reference = place.node["$ref"];
  if (place.node[keyword] !== undefined || typeof reference !== "string") return place.node[keyword];
  const node = resolve(reference, place.where);
  return node && annotation({ where: reference.startsWith("#") ? place.where : reference, node }, keyword);
}

describe("every schema", () => {
  test.each(schemaNames)("%s compiles in strict mode", (name) => {
    expect(createAjv().getSchema(`${name}.json`)).toBeTypeOf("function");
  });

  test.each(schemaNames)("%s is draft-07 and named after its file", (name) => {
    expect(readSchema(name)).toMatchObject({ $schema: "http://json-schema.org/draft-07/schema#", $id: `${name}.json` });
  });

  test("every definition of the shared schema compiles on its own", () => {
    const ajv = createAjv();
    for (const name of Object.keys(readSchema("model")["definitions"] as object)) {
      expect(ajv.getSchema(`model.json#/definitions/${name}`), name).toBeTypeOf("function");
    }
  });

  test("every reference resolves", () => {
    const broken = places(true).filter(
      ({ node, where }) => typeof node["$ref"] === "string" && resolve(node["$ref"], where) === undefined,
    );
    expect(broken.map(({ where }) => where)).toEqual([]);
  });

  test("every property, definition and document has a title and a description for an editor's hover", () => {
    const named = places(false).filter(({ where }) => /(?:#|\/(?:properties|definitions)\/[^/]+)$/.test(where));
    expect(named.length).toBeGreaterThan(200);
    for (const keyword of ["title", "description"] as const) {
      const bare = named.filter(
        (place) => typeof annotation(place, keyword) !== "string" || annotation(place, keyword) === "",
      );
      expect(
        bare.map(({ where }) => where),
        keyword,
      ).toEqual([]);
    }
  });

  test("descriptions are sentences, titles are not", () => {
    for (const { where, node } of places(false)) {
      if (typeof node["description"] === "string") expect(node["description"], where).toMatch(/[.)]$/);
      if (typeof node["title"] === "string") expect(node["title"], where).not.toMatch(/\.$/);
    }
  });

  test("no oneOf, and anyOf only tells kinds apart, so that findings stay readable", () => {
    for (const { where, node } of places(false)) {
      expect(node, where).not.toHaveProperty("oneOf");
      for (const branch of (node["anyOf"] ?? []) as SchemaNode[]) expect(Object.keys(branch), where).toEqual(["type"]);
    }
  });

  test("every definition is used somewhere", () => {
    const used = new Set(
      places(true).flatMap(({ node, where }) => {
        const reference = node["$ref"];
        if (typeof reference !== "string") return [];
        return [
          (reference.startsWith("#") ? `${where.split("#")[0] ?? ""}${reference}` : reference).replace(
            /\/properties\/.*$/,
            "",
          ),
        ];
      }),
    );
    const unused = places(false)
      .map(({ where }) => where)
      .filter((where) => /^[^#]+#\/definitions\/[^/]+$/.test(where) && !used.has(where));
    expect(unused).toEqual([]);
  });
});
