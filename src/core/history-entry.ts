/** Entries of the history: a plan that was carried out -> one file, and back. */

import { invalidError } from "../errors.js";
import { isObject } from "../json.js";
import type { HistoryEntry, Json, Plan, Sha256, Step } from "../types.js";
import { alteredFile } from "./saved-plan.js";
import { findings } from "./validate.js";

/** What an entry says beside the plan. */
export interface EntryMeta {
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** clawform's. */
  readonly version: string;
  readonly command: string;
  readonly setup: Sha256 | null;
}

const namePattern = /^(\d{6,15})-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.json$/;

/**
 * The entry of a plan as a file: its name sorts by number and tells the time, its text is JSON. It holds every byte before
 * and after, and so secrets.
 */
export function historyRecord(plan: Pick<Plan, "steps" | "changes">, meta: EntryMeta): { name: string; text: string } {
  const { number, time, version, command, setup } = meta;
  const { steps, changes } = plan;
  const undoes = undoneEntry(plan);
  const entry: HistoryEntry = { format: 1, number, time, version, command, setup, undoes, steps, changes };
  return { name: entryName(number, time), text: `${JSON.stringify(entry, null, 2)}\n` };
}

/** The one step of an undo; null: there was nothing to undo. */
export function undoStep(number: number | null): Step {
  const input: Step["input"] = number === null ? {} : { entry: number };
  return { transform: "undo", title: number === null ? "undo" : `undo ${number}`, input };
}

/** The number of the entry that a plan takes back; null for a plan that is no undo. */
function undoneEntry({ steps }: Pick<Plan, "steps">): number | null {
  const entry = steps.find(({ transform }) => transform === "undo")?.input["entry"];
  return typeof entry === "number" ? entry : null;
}

/** `000012-2026-11-21T03-04-05.678Z.json`: no colons, which some file systems refuse. */
function entryName(number: number, time: string): string {
  return `${String(number).padStart(6, "0")}-${time.replaceAll(":", "-")}.json`;
}

/** The number in an entry's file name; null for any other name. */
export function entryNumber(name: string): number | null {
  const digits = namePattern.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** An entry, and where its file was written. */
export interface ParsedEntry {
  readonly entry: HistoryEntry;
  /** The path of its temporary file; null where it does not say. */
  readonly record: string | null;
}

/** Checks an entry read back from disk: its shape, its number, and that its texts are the ones it was written with. Throws `history-entry`. */
export function parseEntry(text: string, number: number, file: string): ParsedEntry {
  const value = parseJson(text);
  const [first] = value === undefined ? [{ message: "it is not JSON", pointer: "" }] : findings("history-entry", value);
  if (first) throw damaged(first.message, file, first.pointer);
  const { journal, ...entry } = value as unknown as HistoryEntry & { readonly journal?: Json };
  if (entry.number !== number) throw damaged(`it says it is number ${entry.number}`, file, "/number");
  const altered = alteredFile(entry.changes);
  if (altered !== null) throw damaged(`its content for ${altered} was altered`, file, "/changes");
  const record = isObject(journal) && isObject(journal["record"]) ? journal["record"]["temporary"] : null;
  return { entry, record: typeof record === "string" ? record : null };
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function damaged(why: string, file: string, pointer: string): Error {
  return invalidError("history-entry", `the history entry ${file} is damaged: ${why}`, {
    file,
    pointer,
    hint: "Nothing else needs it: it can be removed. What it would have undone cannot be undone by clawform any more.",
  });
}

/** The number of the entry that took each entry back; what was taken back and then brought back again is not among them. */
export function undoneBy(entries: readonly HistoryEntry[]): ReadonlyMap<number, number> {
  const undone = new Map<number, number>();
  for (const { number, undoes } of entries.toSorted((one, other) => other.number - one.number))
    if (undoes !== null && !undone.has(number) && !undone.has(undoes)) undone.set(undoes, number);
  return undone;
}
