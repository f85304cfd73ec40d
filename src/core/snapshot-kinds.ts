/** What a value in a snapshot looks like. */

import { hasMember, isObject } from "../json.js";
import type { Change, FileChange, Operation, Plan } from "../types.js";

/** A plan. */
export function isPlan(value: unknown): value is Plan {
  return isObject(value) && value["format"] === 1 && Array.isArray(value["steps"]) && Array.isArray(value["changes"]);
}

/** A change of one file, with its patch or without. */
export function isChange(value: unknown): value is FileChange & Partial<Change> {
  const isText = (side: unknown): boolean => side === null || (isObject(side) && typeof side["text"] === "string");
  return (
    isObject(value) &&
    typeof value["file"] === "string" &&
    isObject(value["document"]) &&
    isText(value["before"]) &&
    isText(value["after"])
  );
}

/** Operations of a JSON Patch. */
export function isPatch(value: unknown): value is Operation[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => isObject(item) && typeof item["op"] === "string" && typeof item["path"] === "string")
  );
}

/** Which of OpenClaw's documents a value looks like; null for anything else, so that other snapshots stay as they are. */
export function documentKind(value: unknown): "config" | "auth" | null {
  if (!isObject(value)) return null;
  if (isObject(value["profiles"]) && !hasMember(value, "provider")) return "auth";
  const sections = [value["models"], value["agents"], value["auth"], value["plugins"]].filter(isObject);
  return sections.some((section) =>
    ["providers", "defaults", "profiles", "entries"].some((key) => isObject(section[key])),
  )
    ? "config"
    : null;
}
