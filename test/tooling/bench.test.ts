import { describe, expect, it } from "vitest";
// @ts-expect-error a bench script, without types
import * as page from "../../bench/page.mjs";
// @ts-expect-error a bench script, without types
import * as rows from "../../bench/rows.mjs";
// @ts-expect-error a bench script, without types
import { median, quantile } from "../../bench/statistics.mjs";

type Row = {
  group?: string;
  what: string;
  figure: string;
  goal: string | null;
  met: boolean | null;
  spread: string | null;
};
const ratioRow = rows.ratioRow as (figure: object) => Row;
const inTurn = rows.inTurn as (pairs: number, one: () => unknown, other: () => unknown) => Promise<unknown[][]>;
const times = rows.times as (ratio: number) => string;
const section = page.section as (title: string, circumstances: string, measured: object) => string;
const table = page.table as (rows: Row[]) => string;
const withPart = page.withPart as (page: string, order: string[], name: string, text: string) => string;

const row: Row = { what: "w", figure: "1.50x", goal: null, met: null, spread: null };

describe("statistics", () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
    [[7], 7],
    [[], NaN],
  ])("the median of %j is %d", (numbers, middle) => expect(median(numbers)).toBe(middle));

  it("takes quantiles between neighbours, and changes nothing", () => {
    const numbers = Object.freeze([5, 1, 3]);
    expect([0, 0.25, 0.9, 1].map((share) => quantile(numbers, share) as number)).toEqual([1, 2, 4.6, 5]);
  });
});

describe("rows", () => {
  it.each([
    [0.0123, "0.012x"],
    [1.234, "1.23x"],
    [12.34, "12.3x"],
  ])("prints %d as %s", (ratio, printed) => expect(times(ratio)).toBe(printed));

  it.each([
    ["at most, kept", { atMost: 2 }, "at most 2x", true],
    ["at most, not kept", { atMost: 1.9 }, "at most 1.9x", false],
    ["at least, kept", { atLeast: 2 }, "at least 2x", true],
    ["at least, not kept", { atLeast: 2.1 }, "at least 2.1x", false],
    ["none", {}, null, null],
  ])("knows whether a goal is met: %s", (_what, goals, goal, met) => {
    expect(ratioRow({ what: "w", ratios: [1, 2, 3], ...goals })).toMatchObject({ figure: "2.00x", goal, met });
  });

  it("spreads from the 10th to the 90th percentile", () => {
    const ratios = Array.from({ length: 11 }, (_, at) => at);
    expect(ratioRow({ what: "w", ratios })).toEqual({ ...row, figure: "5.00x", spread: "1.00x to 9.00x" });
  });

  it("takes two in turn, each first every other time, and tells them apart", async () => {
    const order: string[] = [];
    const say = (name: string) => () => name + String(order.push(name));
    expect(await inTurn(3, say("a"), say("b"))).toEqual([
      ["a1", "b2"],
      ["a4", "b3"],
      ["a5", "b6"],
    ]);
  });
});

describe("page", () => {
  it("leaves out columns nobody fills and escapes what would end a cell", () => {
    expect(table([{ ...row, what: "a | b" }])).toBe("| what | figure |\n|---|---|\n| a \\| b | 1.50x |");
  });

  it("makes a figure that misses its goal bold", () => {
    const goals = [true, false, null].map((met) => ({ ...row, goal: "at most 2x", met }));
    expect(
      table([...goals, row])
        .split("\n")
        .slice(2),
    ).toEqual([
      "| w | 1.50x | at most 2x |",
      "| w | **1.50x** | at most 2x |",
      "| w | 1.50x | at most 2x |",
      "| w | 1.50x |  |",
    ]);
  });

  it("puts columns side by side, their goal in the title, gaps left open", () => {
    const rows = [
      { ...row, column: "time", goal: "at most 1x", met: false, spread: "1.10x to 1.90x" },
      { ...row, column: "memory" },
      { ...row, column: "memory", what: "v", figure: "2.00x" },
    ];
    expect(table(rows).split("\n")).toEqual([
      "| what | time (at most 1x) | memory |",
      "|---|---|---|",
      "| w | **1.50x**, 1.10x to 1.90x | 1.50x |",
      "| v |  | 2.00x |",
    ]);
  });

  it("gives each group a table of its own, in the order they come", () => {
    const measured = { rows: ["a", "b", "a"].map((group) => ({ ...row, group })), notes: ["n"] };
    const body = "| what | figure |\n|---|---|\n| w | 1.50x |";
    expect(section("T", "today", measured)).toBe(
      `## T\n\n*today*\n\n### a\n\n${body}\n| w | 1.50x |\n\n### b\n\n${body}\n\n- n`,
    );
  });

  it("says in one line why a part could not be measured", () => {
    expect(section("T", "today", { rows: [], notes: ["jq is not installed."] })).toBe(
      "## T\n\n*today*\n\n- jq is not installed.",
    );
  });

  const order = ["one", "two", "three"];
  const all = ["three", "one", "two"].reduce((text, name) => withPart(text, order, name, `## ${name}`), "");

  it("keeps its order, whichever part is measured first", () => {
    expect(all.match(/^## .*/gm)).toEqual(["## one", "## two", "## three"]);
  });

  it("writes one part anew and leaves every other byte", () => {
    expect(withPart(all, order, "two", "## two\n\n$& $1")).toBe(all.replace("## two", () => "## two\n\n$& $1"));
    expect(withPart(all, order, "two", "## two")).toBe(all);
  });

  it("drops a part that is no more", () => {
    expect(withPart(all, ["one", "three"], "one", "## one")).not.toContain("two");
  });
});
