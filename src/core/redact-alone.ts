/** Values of clawform's own kinds, out of the plan or the document they belong to, as they may be shown. */

import { hasMember, isObject } from "../json.js";
import type { Json, JsonObject } from "../types.js";
import { maskValue } from "./redact-patch.js";
import { namesOf } from "./redact-place.js";

/** The value with its secrets masked; null for what is none of these, so that it stays as it is. */
export function maskAlone(value: unknown): Json | null {
  if (isStep(value)) return maskedStep(value);
  if (isObject(value) && isOperation(value["operation"]))
    return { ...value, operation: maskedOperation(value["operation"]) };
  if (isOperation(value)) return maskedOperation(value);
  if (isCredential(value)) return maskValue(value, ["profiles", "alone"], "auth");
  if (isSetup(value)) return maskedSetup(value);
  if (!Array.isArray(value) || value.length === 0) return null;
  const items = value.map(maskAlone);
  return items.includes(null) ? null : items;
}

function isStep(value: unknown): value is JsonObject & { input: JsonObject } {
  return isObject(value) && typeof value["transform"] === "string" && isObject(value["input"]);
}

/** What a step writes may go into either document; what a repair writes stands where its pointer says. */
function maskedStep({ input, ...step }: JsonObject & { input: JsonObject }): Json {
  const { set, ...rest } = input;
  const repairs = (Array.isArray(set) ? set : []).map((one) =>
    isObject(one) && typeof one["pointer"] === "string" && hasMember(one, "value")
      ? { ...one, value: maskedInEither(one["value"] as Json, namesOf(one["pointer"])) }
      : one,
  );
  const masked = maskedInEither(rest, []) as JsonObject;
  return { ...step, input: Array.isArray(set) ? { ...masked, set: repairs } : masked };
}

type Lone = JsonObject & { path: string };

function isOperation(value: unknown): value is Lone {
  return isObject(value) && typeof value["op"] === "string" && typeof value["path"] === "string";
}

function maskedOperation(operation: Lone): JsonObject {
  const { value } = operation;
  return value === undefined ? operation : { ...operation, value: maskedInEither(value, namesOf(operation.path)) };
}

function maskedInEither(value: Json, names: readonly string[]): Json {
  return maskValue(maskValue(value, names, "config"), names, "auth");
}

function isCredential(value: unknown): value is JsonObject {
  if (!isObject(value) || typeof value["provider"] !== "string") return false;
  return ["api_key", "token", "oauth"].includes(value["type"] as string);
}

const sections: ReadonlySet<string> = new Set([
  "$schema",
  "agents",
  "providers",
  "model",
  "aliases",
  "imageModel",
  "videoModel",
  "tts",
  "thinkingDefault",
  "env",
]);

/** Only one with a part that may hold a secret: `{ model: "x" }` is anybody's. */
function isSetup(value: unknown): value is JsonObject {
  if (!isObject(value) || !Object.keys(value).every((key) => sections.has(key))) return false;
  return ["providers", "tts", "env"].some((key) => isObject(value[key]));
}

/** Where a key comes from is no secret. */
function maskedSetup(setup: JsonObject): JsonObject {
  const masked = maskValue(setup, [], "config") as JsonObject;
  const [given, shown] = [setup["providers"], masked["providers"]];
  if (!isObject(given) || !isObject(shown)) return masked;
  const providers = Object.entries(shown).map(([id, fields]): [string, Json] => {
    const own = given[id];
    const source = isObject(own) ? own["apiKey"] : undefined;
    return isObject(fields) && isKeySource(source) ? [id, { ...fields, apiKey: source }] : [id, fields];
  });
  return { ...masked, providers: Object.fromEntries(providers) };
}

function isKeySource(value: Json | undefined): value is JsonObject {
  const parts = ["env", "file", "stdin", "profile", "source", "provider", "id"];
  return isObject(value) && Object.keys(value).every((key) => parts.includes(key));
}
