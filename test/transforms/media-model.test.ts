import { describe, expect, it } from "vitest";
import { run } from "./harness.js";

const input = { slot: "imageGenerationModel", primary: "openrouter/google/image", timeoutMs: 180000 };
const slot = (present: unknown, over: object = {}): unknown =>
  run(
    "media-model",
    { ...input, ...over },
    { config: { agents: { defaults: present === undefined ? {} : { imageGenerationModel: present as never } } } },
  ).config.agents?.defaults?.imageGenerationModel;

describe("media-model", () => {
  it("fills an empty slot", () => {
    expect(slot(undefined)).toEqual({ primary: input.primary, timeoutMs: 180000 });
  });
  it("keeps what the slot holds beyond the given fields", () => {
    expect(slot({ primary: "a/b", fallbacks: ["c/d"], invented: 1 })).toEqual({
      primary: input.primary,
      timeoutMs: 180000,
      fallbacks: ["c/d"],
      invented: 1,
    });
  });
  it("makes an object of a string form", () => {
    expect(slot("a/b")).toEqual({ primary: input.primary, timeoutMs: 180000 });
    expect(
      run(
        "media-model",
        { slot: "imageGenerationModel", timeoutMs: 5 },
        { config: { agents: { defaults: { imageGenerationModel: "a/b" } } } },
      ).config.agents?.defaults?.imageGenerationModel,
    ).toEqual({ primary: "a/b", timeoutMs: 5 });
  });
  it("as a card's suggestion only fills a gap", () => {
    expect(slot({ primary: "a/b" }, { declared: false })).toEqual({ primary: "a/b" });
    expect(slot(undefined, { declared: false })).toMatchObject({ primary: input.primary });
  });
  it("has a slot for video", () => {
    expect(run("media-model", { slot: "videoGenerationModel", primary: "a/b" }, {}).config).toEqual({
      agents: { defaults: { videoGenerationModel: { primary: "a/b" } } },
    });
  });
});
