/**
 * Unit checks of a setup, for vitest (and jest, whose hooks are the same):
 *
 * ```ts
 * import { matchers, serializer } from "clawform/vitest";
 * expect.extend(matchers);
 * expect.addSnapshotSerializer(serializer);
 *
 * expect(setup).toPlan({ on: { config }, gives: { config: { agents: { defaults: { model: { primary: "kilocode/kilo/auto" } } } } } });
 * expect(plan(setup, { on: { config } })).toMatchSnapshot();
 * ```
 *
 * Nothing is read but the catalog, nothing is written, and no secret reaches a snapshot or a message.
 */

import { maskValue, redactPatch } from "./core/redact.js";
import { maskAlone } from "./core/redact-alone.js";
import { type MemoryDocuments, plan, type PlanOptions } from "./index.js";
import { deepEqual, hasMember, isObject } from "./json.js";
import { formatPointer } from "./pointer.js";
import { documentKind, isChange, isPatch, isPlan } from "./core/snapshot-kinds.js";
import { parseText } from "./text/index.js";
import type { Change, FileChange, Json, JsonObject, Operation, Plan, Setup } from "./types.js";

/** What a setup is expected to do. */
export interface PlanExpectation extends PlanOptions {
  /** The documents to plan on. Left out: a fresh start. */
  readonly on?: MemoryDocuments;
  /** Parts the documents hold afterwards: members not named here are not looked at, lists are compared whole. */
  readonly gives?: { readonly config?: object; readonly auth?: object };
  /** Codes of all problems, in any order, such as `alias-taken`. Left out: no errors, whatever the warnings. */
  readonly problems?: readonly string[];
}

/** What a matcher returns. */
export interface MatcherResult {
  pass: boolean;
  message: () => string;
}

/** `expect.extend(matchers)`. */
export const matchers: {
  toPlan: (setup: unknown, expected?: PlanExpectation) => MatcherResult;
  toPlanNothing: (setup: unknown, expected?: PlanOptions) => MatcherResult;
} = {
  /** The setup plans without errors and, where `gives` or `problems` say so, exactly that. */
  toPlan(setup, expected = {}) {
    const planned = planOn(setup, expected);
    const codes = planned.problems.map(({ code }) => code).sort();
    const wrong: string[] = [
      ...(expected.problems === undefined
        ? planned.problems
            .filter(({ severity }) => severity === "error")
            .map(({ code, message }) => `error ${code}: ${message}`)
        : codes.join() === [...expected.problems].sort().join()
          ? []
          : [`problems: expected ${list(expected.problems)}, got ${list(codes)}`]),
      ...(["config", "auth"] as const).flatMap((kind) => {
        const wanted = expected.gives?.[kind];
        return wanted === undefined
          ? []
          : differences(kind, [], wanted as JsonObject, resultOf(planned, expected.on, kind));
      }),
    ];
    return {
      pass: wrong.length === 0,
      message: () =>
        wrong.length === 0
          ? "expected the setup not to plan this, but it does"
          : `the setup does not plan what was expected:\n${wrong.map((line) => `  ${line}`).join("\n")}\n\nIt plans:\n${view(planned)}`,
    };
  },
  /** The documents hold everything the setup declares already. */
  toPlanNothing(setup, expected = {}) {
    const planned = planOn(setup, expected);
    const pass = planned.changes.length === 0 && planned.problems.every(({ severity }) => severity !== "error");
    return {
      pass,
      message: () =>
        pass
          ? "expected the setup to plan something, but everything is in place"
          : `expected nothing to do, but it plans:\n${view(planned)}`,
    };
  },
};

/**
 * `expect.addSnapshotSerializer(serializer)`: plans, patches, setups and OpenClaw documents in stable order, and what they
 * are made of (changes, steps, operations, credentials); secrets masked.
 */
export const serializer: { test: (value: unknown) => boolean; serialize: (value: unknown) => string } = {
  test: (value) =>
    isPlan(value) || isChange(value) || isPatch(value) || documentKind(value) !== null || maskAlone(value) !== null,
  serialize: (value) => {
    if (isPlan(value)) return view(value);
    if (isChange(value)) return viewChange(value).join("\n");
    if (isPatch(value)) return stable(redactPatch(value, "config"));
    const kind = documentKind(value);
    return stable(kind === null ? (maskAlone(value) ?? null) : maskValue(value as Json, [], kind));
  },
};

/** Both matchers plan on memory: a check that reads the machine it runs on is no unit check. */
function planOn(setup: unknown, options: PlanOptions): Plan {
  return plan(setup as Setup | string, { env: {}, ...options, on: options.on ?? {} });
}

function resultOf(planned: Plan, on: MemoryDocuments | undefined, kind: "config" | "auth"): Json {
  const change = planned.changes.find(
    ({ document }) => document.kind === kind && (document.kind === "config" || document.agent === "main"),
  );
  if (change?.after) return parseText(change.after.text, change.file);
  const given = on?.[kind];
  return typeof given === "string" ? parseText(given) : ((given ?? {}) as Json);
}

/** Where a document does not hold what it should: each place with both values, masked. */
function differences(
  kind: "config" | "auth",
  tokens: readonly string[],
  wanted: Json,
  found: Json | undefined,
): string[] {
  if (isObject(wanted) && isObject(found)) {
    return Object.entries(wanted).flatMap(([key, value]) =>
      differences(kind, [...tokens, key], value, hasMember(found, key) ? found[key] : undefined),
    );
  }
  if (found !== undefined && deepEqual(wanted, found)) return [];
  const shown = (value: Json | undefined): string =>
    value === undefined ? "nothing" : JSON.stringify(maskValue(value, tokens, kind));
  return [`${kind} ${formatPointer(tokens)}: expected ${shown(wanted)}, got ${shown(found)}`];
}

/** A plan for people: what each file gets, without guards, and what is said about it. */
function view(planned: Plan): string {
  const files = planned.changes.flatMap(viewChange);
  const problems = planned.problems.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
  return [...(files.length > 0 ? files : ["nothing to do"]), ...problems].join("\n");
}

/** What a file gets; one whose patch is not there, as a whole. */
function viewChange(change: FileChange & Partial<Change>): string[] {
  const { file, document, patch, before, after } = change;
  const title = before === null ? `${file} (new)` : after === null ? `${file} (removed)` : file;
  if (patch === undefined) {
    const whole = after === null ? [] : [stable(maskValue(parseText(after.text, file), [], document))];
    return [title, ...whole];
  }
  const operations = redactPatch(
    patch.map(({ operation }) => operation),
    document,
  );
  return [title, ...operations.filter(({ op }) => op !== "test").map(line)];
}

/** One operation; a value that is long takes lines of its own, so that a changed part of it shows as one line. */
function line(operation: Operation): string {
  if ("from" in operation) return `  ${operation.op} ${operation.from} to ${operation.path}`;
  if (!("value" in operation)) return `  ${operation.op} ${operation.path}`;
  const short = JSON.stringify(sorted(operation.value));
  const text = short.length <= 80 ? short : stable(operation.value).replaceAll("\n", "\n  ");
  return `  ${operation.op} ${operation.path} ${text}`;
}

/** JSON with members in alphabetical order: a snapshot must not change because a card's members were reordered. */
function stable(value: Json): string {
  return JSON.stringify(sorted(value), null, 2);
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] as Json)]),
  );
}

function list(codes: readonly string[]): string {
  return codes.length === 0 ? "none" : codes.join(", ");
}

declare module "vitest" {
  // oxlint-disable-next-line typescript/no-explicit-any -- vitest declares the interface with this very parameter
  interface Matchers<T = any> {
    /** The setup plans without errors and, where the expectation says so, exactly that. */
    toPlan: (expected?: PlanExpectation) => T;
    /** The documents hold everything the setup declares already. */
    toPlanNothing: (expected?: PlanOptions) => T;
  }
}
