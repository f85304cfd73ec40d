import { applyPatch } from "../../src/core/patch.js";
import { sha256 } from "../../src/hash.js";
import { invertPatch } from "../../src/core/invert.js";
import { parseText } from "../../src/text/index.js";
import type { Change, DocumentKey, Json, JsonObject, Operation, Plan, Problem, Step } from "../../src/types.js";

/** A file of a plan written out by hand. `patch` holds each operation behind the title of its step. */
export interface GivenFile {
  readonly file?: string;
  readonly document?: DocumentKey;
  readonly before: string | null;
  readonly after: string;
  readonly patch: readonly (readonly [title: string, operation: Operation])[];
}

/** A plan without planning; the patches are checked against the texts, so that no test shows what cannot be. */
export function planOf(
  files: readonly GivenFile[],
  problems: readonly Problem[] = [],
  inputs: readonly JsonObject[] = [],
): Plan {
  const titles = [...new Set(files.flatMap(({ patch }) => patch.map(([title]) => title)))];
  const steps = titles.map((title, index): Step => ({ transform: "test", title, input: inputs[index] ?? {} }));
  const changes = files.map(
    ({ file = "openclaw.json", document = { kind: "config" }, before, after, patch }): Change => {
      const operations = patch.map(([, operation]) => operation);
      const value: Json = before === null ? {} : parseText(before);
      if (JSON.stringify(sorted(applyPatch(value, operations))) !== JSON.stringify(sorted(parseText(after))))
        throw new Error("the patch does not give the text after");
      return {
        file,
        path: `/home/me/.openclaw/${document.kind === "config" ? file : `agents/main/agent/${file}`}`,
        document,
        before: before === null ? null : { sha256: sha256(before), text: before },
        after: { sha256: sha256(after), text: after },
        patch: patch.map(([title, operation]) => ({ step: titles.indexOf(title), operation })),
        inverse: invertPatch(value, operations),
      };
    },
  );
  return { format: 1, steps, changes, problems };
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}

/** A JSON document as clawform writes a new one. */
export function pretty(value: Json): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
