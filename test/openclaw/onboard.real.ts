/** The real `openclaw onboard` and clawform's, on copies of the same home: equal files, but for what deviations.ts explains. */

import { describe, expect, it } from "vitest";
import { expectedOf } from "../oracle/expected.js";
import { arrange, present } from "../oracle/home.js";
import { nameOf, type Recording } from "../oracle/recordings.js";
import { keysOf } from "../oracle/said.js";
import { allCases, sample } from "./cases.js";
import { isLong, isWanted, missing, program, seed, until } from "./conformance.js";
import type { Program } from "./program.js";
import { ahead, recordReal } from "./real.js";

/** In the sample; each takes about 4 s of one core. */
const count = 27;

const cases = isLong ? allCases.filter(({ recording }) => isWanted(nameOf(recording))) : sample(allCases, count, seed);
const runsOf = (real: Program): Promise<Recording | null>[] =>
  ahead(
    cases.map(
      ({ recording }) =>
        () =>
          recordReal(real, recording),
    ),
    until(150_000),
  );
const runs = program ? runsOf(program) : [];

/** What clawform does on a home like the recording's; throws where that is not what is expected. */
async function replay(original: Recording): Promise<void> {
  const { recording, home } = arrange(original);
  const expected = expectedOf(recording);
  const argv = ["onboard", "--auth-choice", recording.choice, ...recording.args, "--yes"];
  const { code, out, err } = await home.run(argv, { env: recording.env ?? {} });
  for (const key of keysOf(recording)) expect(out + err, "no key in any output").not.toContain(key);
  expect(present(home, recording)).toEqual(expected.written);
  if (expected.refused === undefined) expect([code, err]).toEqual([0, ""]);
  else {
    expect(code).toBeGreaterThanOrEqual(64);
    expect(err.replaceAll(/\s+/g, " ")).toContain(expected.refused);
  }
}

describe(`onboard, ${isLong ? "the long form" : `seed ${seed}`}`, () => {
  for (const [index, { recording: start }] of cases.entries()) {
    it(nameOf(start), async ({ task, skip }) => {
      const run = runs[index] ?? skip(missing);
      const recording = (await run) ?? skip("no time left");
      const { outcome, differences } = expectedOf(recording);
      task.meta.comparison = { choice: recording.choice, before: recording.before, outcome, differences };
      await replay(recording);
    });
  }
});
