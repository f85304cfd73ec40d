import { describe, expect, test } from "vitest";
import { createChecker, readSchema } from "./compile.js";
import { wholeConfig, wholeSetup } from "./whole-documents.js";

/** Every place in a document but the document itself; what is called `free` is anyone's. */
function* places(value: unknown, where: readonly string[] = []): Generator<readonly string[]> {
  if (where.length > 0) yield where;
  if (typeof value !== "object" || value === null) return;
  for (const [key, child] of Object.entries(value)) if (key !== "free") yield* places(child, [...where, key]);
}

/** What stands at a place. */
function at(document: unknown, where: readonly string[]): unknown {
  let value = document;
  for (const key of where) value = (value as { [key: string]: unknown })[key];
  return value;
}

/** A copy of a document with another value at one place. */
function put(document: object, where: readonly string[], value: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(document));
  (at(copy, where.slice(0, -1)) as { [key: string]: unknown })[where.at(-1) ?? ""] = value;
  return copy;
}

const pointer = (where: readonly string[]): string =>
  where.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** One value of each kind, but for those a place may take instead of what it has: text, a list or an object. */
function otherKinds(value: unknown): unknown[] {
  const others: unknown[] = [null];
  if (typeof value !== "boolean") others.push(true);
  if (typeof value !== "number") others.push(7);
  if (typeof value === "number" || typeof value === "boolean") others.push("text", [], {});
  return others;
}

/** All property names a schema states, wherever. */
function* propertyNames(node: unknown): Generator<string> {
  if (typeof node !== "object" || node === null) return;
  for (const [keyword, child] of Object.entries(node)) {
    if (keyword === "properties") yield* Object.keys(child as object);
    yield* propertyNames(child);
  }
}

describe.each([
  ["openclaw", wholeConfig],
  ["setup", wholeSetup],
] as const)("%s.json", (name, document) => {
  const check = createChecker(name);

  test("takes a document with every key it knows", () => {
    expect(check(document)).toEqual([]);
  });

  test("refuses null, truth and numbers, and more where no text stands, at the place itself", () => {
    for (const where of places(document)) {
      for (const other of otherKinds(at(document, where))) {
        const findings = check(put(document, where, other));
        expect(findings, `${pointer(where)} = ${JSON.stringify(other)}`).not.toEqual([]);
        for (const finding of findings) expect(finding.startsWith(`${pointer(where)} `), finding).toBe(true);
      }
    }
  });

  test("refuses a list for an object, and an object or text for a list", () => {
    const slots = new Set(["fallbacks"]);
    for (const where of places(document)) {
      const value = at(document, where);
      if (Array.isArray(value)) {
        expect(check(put(document, where, "text")), pointer(where)).not.toEqual([]);
        if (!slots.has(where.at(-1) ?? "")) expect(check(put(document, where, {})), pointer(where)).not.toEqual([]);
      } else if (typeof value === "object" && !slots.has(where.at(-1) ?? "")) {
        expect(check(put(document, where, [])), pointer(where)).not.toEqual([]);
      }
    }
  });
});

test("the documents here use every key the schemas know", () => {
  const used = new Set([...places(wholeConfig), ...places(wholeSetup)].map((where) => where.at(-1)));
  const known = ["openclaw", "setup", "model"].flatMap((schema) => [...propertyNames(readSchema(schema))]);
  expect(known.filter((key) => key !== "$include" && !used.has(key))).toEqual([]);
});
