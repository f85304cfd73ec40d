import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeOperation } from "../../src/core/describe.js";
import { formatPointer } from "../../src/pointer.js";
import type { Json, Operation, Step } from "../../src/types.js";

const kilo: Step = { transform: "provider-block", title: "provider kilocode", input: { provider: "kilocode" } };
const other: Step = { transform: "x", title: "some step", input: {} };
const add = (path: string, value: Json = "x"): Operation => ({ op: "add", path, value });

describe("describeOperation", () => {
  it.each<[string, Json, string]>([
    ["/models/providers/kilocode/baseUrl", "https://h/", "base URL"],
    ["/models/providers/kilocode/api", "openai-completions", "API"],
    ["/models/providers/kilocode/apiKey", "x", "API key"],
    ["/models/providers/kilocode/headers", {}, "headers"],
    ["/models/providers/kilocode/headers/User-Agent", "x", "header User-Agent"],
    ["/models/providers/kilocode/timeoutSeconds", 3, "timeout seconds"],
    ["/models/providers/kilocode/models/0", { id: "kilo/auto" }, "model kilo/auto"],
    ["/models/providers/kilocode/models", [{ id: "a" }, { id: "b" }], "model a, model b"],
    ["/models/providers/kilocode/models", [{ id: "a" }, { id: "b" }, { id: "c" }, { id: "d" }], "4 models"],
    ["/models/providers/kilocode/models", [], "models"],
    ["/models/providers/kilocode", {}, "provider block"],
    [
      "/models/providers/kilocode",
      { baseUrl: "x", api: "y", models: [{ id: "kilo/auto" }] },
      "base URL, API, model kilo/auto",
    ],
    ["/models", { mode: "merge", providers: { kilocode: { api: "y" } } }, "models mode, API"],
    ["/models/mode", "merge", "models mode"],
    ["/agents/defaults/model", "x", "default model"],
    ["/agents/defaults/model", { primary: "x", fallbacks: [] }, "default model, fallbacks"],
    ["/agents/defaults/model/fallbacks/0", "x", "fallbacks"],
    ["/agents/defaults/model/timeoutMs", 3, "timeout of default model"],
    ["/agents/defaults/imageGenerationModel/primary", "x", "image generation model"],
    ["/agents/defaults/imageGenerationModel/timeoutMs", 3, "timeout of image generation model"],
    ["/agents/defaults/videoGenerationModel/fallbacks/0", 3, "fallbacks of video generation model"],
    ["/agents/defaults/models/kilocode~1kilo~1auto", { alias: "Kilo Gateway" }, "alias Kilo Gateway"],
    ["/agents/defaults/models/kilocode~1kilo~1auto/alias", "Kilo Gateway", "alias Kilo Gateway"],
    ["/agents/defaults/models/a~1b", {}, "model entry a/b"],
    ["/agents/defaults/models/a~1b/params", {}, "parameters of a/b"],
    ["/agents/defaults/models", { a: {}, b: {}, c: {}, d: {} }, "4 model entries"],
    ["/agents/defaults/thinkingDefault", "low", "thinking default"],
    ["/auth/profiles/kilocode:default", { provider: "kilocode", mode: "api_key" }, "profile kilocode:default"],
    ["/auth/profiles/kilocode:default/mode", "api_key", "profile kilocode:default"],
    ["/auth/order/kilocode", ["kilocode:default"], "order of profiles"],
    ["/auth/order/kilocode/0", "kilocode:default", "order of profiles"],
    ["/profiles/kilocode:default", { type: "api_key" }, "profile kilocode:default"],
    ["/profiles/kilocode:default/key", "x", "key of profile kilocode:default"],
    ["/profiles/kilocode:default/keyRef", {}, "key reference of profile kilocode:default"],
    ["/version", 1, "store version"],
    ["/plugins/entries/kilocode/enabled", true, "plugin kilocode"],
    ["/plugins", { entries: { kilocode: { enabled: true } } }, "plugin kilocode"],
    ["/plugins/allow/0", "kilocode", "allowed plugins"],
    ["/plugins/slots/memory", "x", "plugins slots"],
    ["/env/vars/TEAM", "blue", "variable TEAM"],
    ["/env/TEAM", "blue", "variable TEAM"],
    ["/env", { vars: { A: "1", B: "2", C: "3", D: "4" } }, "4 variables"],
    ["/env/shellEnv/enabled", true, "env shell env enabled"],
    [
      "/messages/tts",
      { auto: "always", provider: "x", providers: { x: { voice: "y" } } },
      "automatic speech, speech provider, speech voice",
    ],
    ["/gateway/auth/token", "x", "gateway auth token"],
    ["", {}, "the document"],
  ])("add %s %j: %s", (path, value, words) =>
    expect(describeOperation(add(path, value), kilo)).toBe(`provider kilocode: ${words}`),
  );

  it("names the provider when the step's title does not", () => {
    expect(describeOperation(add("/models/providers/x/baseUrl"), other)).toBe("some step: base URL of x");
    expect(describeOperation(add("/models/providers/x/models/0", { id: "m" }), other)).toBe("some step: model m of x");
  });

  it("names the model a setting is of", () => {
    const step: Step = { transform: "model-settings", title: "provider x", input: { provider: "x", model: "m" } };
    expect(describeOperation(add("/models/providers/x/models/3/contextWindow", 1), step)).toBe(
      "provider x: context window of m",
    );
    expect(describeOperation(add("/models/providers/x/models/3/headers/User-Agent"), step)).toBe(
      "provider x: header User-Agent of m",
    );
  });

  it("says what goes and what is renamed", () => {
    expect(describeOperation({ op: "remove", path: "/models/providers/kilocode/apiKey" }, kilo)).toBe(
      "provider kilocode: API key removed",
    );
    expect(describeOperation({ op: "remove", path: "/agents/defaults/models/a~1b" }, other)).toBe(
      "some step: model entry a/b removed",
    );
    expect(
      describeOperation({ op: "move", from: "/models/providers/Kilocode", path: "/models/providers/kilocode" }, kilo),
    ).toBe("provider kilocode: provider block renamed from Kilocode");
    expect(describeOperation({ op: "copy", from: "/env/A", path: "/env/B" }, other)).toBe(
      "some step: variable B copied from A",
    );
  });

  it("says nothing of a guard, and nothing the title says already", () => {
    expect(describeOperation({ op: "test", path: "/x", value: 1 }, other)).toBe("some step");
    expect(describeOperation(add("/agents/defaults/model"), { ...other, title: "default model a/b" })).toBe(
      "default model a/b",
    );
    expect(
      describeOperation(add("/agents/defaults/models/a~1b", { alias: "Big" }), { ...other, title: "alias Big" }),
    ).toBe("alias Big");
  });

  it("has words for any place", () => {
    const token = fc.oneof(
      fc.constantFrom(
        "models",
        "providers",
        "agents",
        "defaults",
        "model",
        "auth",
        "order",
        "profiles",
        "env",
        "vars",
        "messages",
        "tts",
        "plugins",
        "0",
      ),
      fc.string(),
    );
    const value = fc.oneof(
      fc.constant(null),
      fc.array(fc.constantFrom<Json>(null, 1, { id: "m" })),
      fc.dictionary(fc.string(), fc.constant({ alias: 1 })),
    ) as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(fc.array(token, { maxLength: 6 }), value, (tokens, given) => {
        for (const operation of [
          add(formatPointer(tokens), given),
          { op: "remove", path: formatPointer(tokens) } as Operation,
        ]) {
          expect(describeOperation(operation, other)).toMatch(/^some step: [^]/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
