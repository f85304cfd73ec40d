/** The laws of undo over plans as clawform makes them: random configurations, spelled as people do, and random steps. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { historyRecord, parseEntry } from "../../src/core/history-entry.js";
import { applyPatch } from "../../src/core/patch.js";
import { makePlan } from "../../src/core/plan.js";
import { fileStatus, stands } from "../../src/core/status.js";
import { planUndo } from "../../src/core/undo.js";
import { sha256 } from "../../src/hash.js";
import { deepEqual } from "../../src/json.js";
import { applyPatchToText, parseText } from "../../src/text/index.js";
import type { HistoryEntry, Json, Operation, Plan, SourceFile, Step } from "../../src/types.js";
import { respell } from "../text/support/respell.js";
import { runs } from "../text/support/runs.js";
import { documents, inputs } from "../transforms/arbitraries.js";

const steps = fc.array(
  fc.oneof(
    ...Object.entries(inputs).map(([transform, input]) =>
      input.map((given): Step => ({ transform, title: transform, input: given })),
    ),
  ),
  { minLength: 1, maxLength: 6 },
);
const layout = fc.record({ commented: fc.boolean(), mark: fc.constantFrom("", "\ufeff"), crlf: fc.boolean() });

/** A plan that writes, over files of which some do not exist yet. */
const plans = fc
  .tuple(documents, steps, layout, fc.boolean())
  .map(([{ config, auth }, given, { commented, mark, crlf }, fresh]) => {
    const spelled = (value: unknown): string => {
      const text = mark + respell(value as Json, commented);
      return crlf ? text.replaceAll("\n", "\r\n") : text;
    };
    const state = (value: unknown): SourceFile["before"] => {
      if (value === undefined) return null;
      const text = spelled(value);
      return { sha256: sha256(text), text };
    };
    const sources: SourceFile[] = [
      {
        file: "openclaw.json",
        path: "/s/openclaw.json",
        document: { kind: "config" },
        before: fresh ? null : state(config),
      },
      ...["main", "work", "ops"].map((agent): SourceFile => {
        const file = `agents/${agent}/agent/auth-profiles.json`;
        return { file, path: `/s/${file}`, document: { kind: "auth", agent }, before: state(auth[agent]) };
      }),
    ];
    return makePlan({ sources }, given);
  })
  .filter(({ changes }) => changes.length > 0);

function entryOf(plan: Plan): HistoryEntry {
  const meta = { number: 3, time: "2026-11-21T03:04:05.678Z", version: "0.1.0", command: "apply", setup: null };
  return parseEntry(historyRecord(plan, meta).text, 3, "entry").entry;
}

/** The files of a plan, each as `edit` makes it of what the plan leaves. */
function filesAfter(plan: Plan, edit: (text: string) => string): SourceFile[] {
  return plan.changes.map(({ file, path, document, after }) => {
    const text = edit(after?.text ?? "");
    return { file, path, document, before: after === null ? null : { sha256: sha256(text), text } };
  });
}

const undone = (plan: Plan, present: readonly SourceFile[]): ReturnType<typeof planUndo> =>
  planUndo({ entry: entryOf(plan), present, together: () => null });

describe("undo", () => {
  it("gives every file the bytes it had, and takes away those there were not", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const back = undone(
          plan,
          filesAfter(plan, (text) => text),
        );
        expect(back.conflicts).toEqual([]);
        expect(back.plan.changes.map(({ after }) => after)).toEqual(plan.changes.map(({ before }) => before));
        // The undo itself, undone.
        const again = undone(
          back.plan,
          back.plan.changes.map(({ file, path, document, after }) => ({ file, path, document, before: after })),
        );
        expect(again.plan.changes.map(({ after }) => after)).toEqual(plan.changes.map(({ after }) => after));
      }),
      runs(250),
    );
  });

  it("keeps what others wrote since, wherever the section was there before", () => {
    const theirs: Operation[] = [{ op: "add", path: "/meta", value: { lastTouchedVersion: "2026.5.6" } }];
    fc.assert(
      fc.property(plans, (plan) => {
        fc.pre(plan.changes.every(({ before }) => before !== null));
        const present = filesAfter(plan, (text) => applyPatchToText(text, theirs));
        const back = undone(plan, present);
        expect(back.conflicts).toEqual([]);
        for (const [index, { before, path }] of plan.changes.entries()) {
          const change = back.plan.changes.find((one) => one.path === path);
          const text = change?.after?.text ?? present[index]?.before?.text ?? "";
          expect(deepEqual(parseText(text), applyPatch(parseText(before?.text ?? "{}"), theirs))).toBe(true);
        }
      }),
      runs(200),
    );
  });

  it("its plan's patch leads from the one text's value to the other's, and its inverse back", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        for (const { before, after, patch, inverse } of undone(
          plan,
          filesAfter(plan, (text) => text),
        ).plan.changes) {
          const [from, to] = [before, after].map((state) => parseText(state?.text ?? "{}")) as [Json, Json];
          const there = applyPatch(
            from,
            patch.map(({ operation }) => operation),
          );
          expect(deepEqual(there, to)).toBe(true);
          expect(deepEqual(applyPatch(there, inverse), from)).toBe(true);
        }
      }),
      runs(150),
    );
  });

  it("agrees with status: what stands as it was left is all that is taken back", () => {
    fc.assert(
      fc.property(plans, fc.boolean(), (plan, written) => {
        const present = written
          ? filesAfter(plan, (text) => `${JSON.stringify(parseText(text), null, 2)}\n`)
          : plan.changes.map(({ file, path, document, before }) => ({ file, path, document, before }));
        const states = plan.changes.map((change, index) => fileStatus(change, present[index] as SourceFile));
        expect(states.every(stands)).toBe(written);
        if (!written) expect(undone(plan, present).plan.changes).toEqual([]);
      }),
      runs(150),
    );
  });
});
