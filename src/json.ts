/** Questions about JSON values. Floor 0: pure, imports only types. */

import type { Json, JsonObject } from "./types.js";

/** True for a JSON object: not null, not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for an object or an array. */
export function isContainer(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** True when one of the objects and lists in a value, itself among them, passes the test. Does not recurse: values may be deep. */
export function someContainer(value: unknown, test: (container: Json[] | JsonObject) => boolean): boolean {
  const open = isContainer(value) ? [value as Json[] | JsonObject] : [];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (test(item)) return true;
    for (const inner of Object.values(item)) if (isContainer(inner)) open.push(inner as Json[] | JsonObject);
  }
  return false;
}

/** True when `key` is the object's own member: `constructor` is only there when the document says so. */
export function hasMember(object: object, key: string): boolean {
  return Object.hasOwn(object, key);
}

/** Sets an own member whatever its name is: a plain assignment to `__proto__` would change the prototype instead. */
export function setMember(object: JsonObject, key: string, value: Json): void {
  if (key !== "__proto__") object[key] = value;
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

/** The kind of a value in JSON's own words. */
export function kindOf(value: unknown): "null" | "array" | "object" | "string" | "number" | "boolean" | "nothing" {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (value === undefined) return "nothing";
  return typeof value as "object" | "string" | "number" | "boolean";
}

/** Equality of RFC 6902 section 4.6: members in any order, numbers by value; NaN (which JSON5 can spell) equals itself. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === "number" && typeof b === "number") return Number.isNaN(a) && Number.isNaN(b);
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => deepEqual(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => hasMember(b, key) && deepEqual(a[key], b[key]));
}
