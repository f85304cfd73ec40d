import { describe, expect, it } from "vitest";
import { stopwatch, untimed } from "../src/timings.js";

/** A watch on a clock that a test moves on, milliseconds. */
function watched(load?: number) {
  let time = 1000;
  const pass = (milliseconds: number): void => void (time += milliseconds);
  return { pass, ...stopwatch(() => time, load) };
}

describe("a stopwatch", () => {
  it("counts what is done inside a phase for the inner one alone", () => {
    const { pass, timed, timings } = watched(20);
    const answer = timed("plan", () => {
      pass(1);
      timed("read", () => pass(2));
      timed("parse", () => timed("read", () => pass(4)));
      pass(8);
      return "done";
    });
    pass(16);
    expect(answer).toBe("done");
    expect(timings()).toEqual({ load: 20, read: 6, parse: 0, plan: 9, render: 0, commit: 0, total: 51 });
  });

  it("counts a promise's work until it is settled, and a question's wait for nothing", async () => {
    const { pass, timed, timings } = watched();
    await timed("commit", async () => {
      pass(1);
      await Promise.resolve();
      await timed(null, async () => {
        await Promise.resolve();
        pass(1000);
      });
      pass(2);
    });
    pass(4);
    expect(timings()).toMatchObject({ commit: 3, total: 1007 });
  });

  it("goes back to the phase around one that fails", async () => {
    const { pass, timed, timings } = watched();
    const fails = (): never => {
      pass(1);
      throw new Error("no");
    };
    await timed("commit", async () => {
      expect(() => timed("plan", fails)).toThrow("no");
      await expect(timed("render", async () => fails())).rejects.toThrow("no");
      pass(2);
    });
    expect(timings()).toMatchObject({ plan: 1, render: 1, commit: 2, total: 4 });
  });

  it("can be read in the middle, and takes over what other threads spent", () => {
    const { pass, timed, timings, add } = watched();
    timed("commit", () => {
      pass(5);
      expect(timings()).toMatchObject({ commit: 5, total: 5 });
      pass(1.2345);
    });
    add({ load: 0, read: 1, parse: 2, plan: 3, render: 4, commit: 5, total: 15 });
    expect(timings()).toEqual({ load: 0, read: 1, parse: 2, plan: 3, render: 4, commit: 11.235, total: 6.235 });
  });

  it("is not there by default", () => {
    expect(untimed("plan", () => 7)).toBe(7);
  });
});
