/** Documents and steps -> what each step changes, one after the other. */

import { registry } from "../../transforms/registry.js";
import type { DocumentKey, Documents, Problem, Step, TracedOperation } from "../types.js";
import { checkStep } from "./checks.js";
import { diffDocuments } from "./compare.js";
import { documentOf } from "./documents.js";
import { effects } from "./effects.js";
import { excerptOf, putBack } from "./excerpt.js";

// An excerpt costs two microseconds, which only many steps gain: a few are run on all there is.
const few = 50;

/** What came of running steps. */
export interface Run {
  readonly after: Documents;
  /** Of each file: each step's own operations on its document, in order. */
  readonly operations: readonly (readonly TracedOperation[])[];
  /** What there is to say; after an error among it no further step is run. */
  readonly said: readonly Problem[];
}

/** Runs steps on documents, which stay as they are; changes of these files' documents are told apart by step. */
export function run(steps: readonly Step[], documents: Documents, files: readonly DocumentKey[]): Run {
  const said: Problem[] = [];
  const operations = files.map((): TracedOperation[] => []);
  const own = new Set<object>();
  let present = documents;
  let stopped = false;
  steps.forEach(({ transform: name, input }, step) => {
    const found = checkStep(name, input, present);
    said.push(...found);
    stopped ||= found.some(({ severity }) => severity === "error");
    if (stopped) return;
    const { transform, reads } = entryOf(name);
    const before = steps.length > few ? excerptOf(present, reads(input, present)) : present;
    const after = transform(input)(before);
    if (after === before) return;
    // Told at once: what an excerpt shows may be changed in place from here on.
    files.forEach((document, file) => {
      for (const operation of diffDocuments(documentOf(before, document), documentOf(after, document)))
        operations[file]?.push({ step, operation });
    });
    present = before === present ? after : putBack(present, before, after, own);
  });
  if (!stopped) said.push(...effects(documents, present));
  return { after: present, operations, said };
}

/** A transform by its name; a plan checks that there is one before anything is run. */
export function entryOf(transform: string): NonNullable<ReturnType<typeof registry.get>> {
  const entry = registry.get(transform);
  if (!entry) throw new Error(`no transform named ${transform}`);
  return entry;
}
