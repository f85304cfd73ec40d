/**
 * What `npm run test:openclaw` prints: one line per case, the counts at the end, and in the long form a table by choice.
 * Each test says by `meta.comparison` how its comparison went; a case that failed is unexplained.
 */

/** @typedef {{ choice: string, before: string, outcome: string, differences: readonly string[] }} Comparison */

/** A vitest reporter. */
export default class Lines {
  /** @type {Comparison[]} */
  compared = [];
  counts = { passed: 0, failed: 0, skipped: 0 };

  /** @param {import("vitest/node").TestCase} test */
  onTestCaseResult(test) {
    const { state } = test.result();
    if (state !== "pending") this.counts[state]++;
    const meta = /** @type {{ comparison?: Comparison }} */ (test.meta()).comparison;
    const comparison = meta && state === "failed" ? { ...meta, outcome: "UNEXPLAINED" } : meta;
    if (comparison && state !== "skipped") this.compared.push(comparison);
    const said = comparison && state !== "skipped" ? said1(comparison) : state;
    const seconds = ((test.diagnostic()?.duration ?? 0) / 1000).toFixed(1);
    console.log(`${said.padEnd(28)} ${test.name}  ${seconds} s`);
  }

  onTestRunEnd() {
    const { compared } = this;
    const count = (/** @type {(one: Comparison) => boolean} */ of) => compared.filter(of).length;
    const isEqual = (/** @type {Comparison} */ { outcome }) => outcome === "equal" || outcome === "refused";
    const isUnexplained = (/** @type {Comparison} */ { outcome }) => outcome === "UNEXPLAINED";
    const onPurpose = count((one) => !isEqual(one) && !isUnexplained(one));
    if (process.env.CLAWFORM_OPENCLAW) console.log(`\n${table(compared, isEqual, isUnexplained)}\n`);
    console.log(
      `${compared.length} compared, ${count(isEqual)} equal, ${onPurpose} different on purpose, ${count(isUnexplained)} unexplained` +
        (this.counts.skipped > 0 ? `; ${this.counts.skipped} skipped` : ""),
    );
  }
}

/** @param {Comparison} comparison */
function said1({ outcome, differences }) {
  if (outcome === "equal" || outcome === "UNEXPLAINED") return outcome;
  return outcome === "refused" ? "refused by both" : `on purpose ${differences.join(" ")}`;
}

/**
 * @param {readonly Comparison[]} compared
 * @param {(one: Comparison) => boolean} isEqual
 * @param {(one: Comparison) => boolean} isUnexplained
 */
function table(compared, isEqual, isUnexplained) {
  const choices = [...new Set(compared.map(({ choice }) => choice))].sort();
  const rows = choices.map((choice) => {
    const of = compared.filter((one) => one.choice === choice);
    const purposes = [...new Set(of.flatMap(({ differences }) => differences))].sort(
      (a, b) => Number(a.slice(1)) - Number(b.slice(1)),
    );
    const different = of.filter((one) => !isEqual(one) && !isUnexplained(one)).length;
    const purpose = different === 0 ? "" : `${different}: ${purposes.join(", ")}`;
    return `| \`${choice}\` | ${of.length} | ${of.filter(isEqual).length} | ${purpose} | ${of.filter(isUnexplained).length} |`;
  });
  return ["| choice | compared | equal | different on purpose | unexplained |", "|---|---|---|---|---|", ...rows].join(
    "\n",
  );
}
