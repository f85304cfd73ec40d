import { describe, expect, it } from "vitest";
import { run } from "./harness.js";

const input = {
  provider: "openrouter",
  auto: "always",
  settings: { model: "hexgrad/kokoro-82m", voice: "af_alloy", responseFormat: "mp3" },
};

describe("text-to-speech", () => {
  it("writes what OpenRouter's page says", () => {
    expect(run("text-to-speech", input, {}).config).toEqual({
      messages: { tts: { auto: "always", provider: "openrouter", providers: { openrouter: input.settings } } },
    });
  });
  it("keeps other providers, other settings and a key", () => {
    const tts = {
      maxTextLength: 9,
      provider: "elevenlabs",
      providers: { elevenlabs: { voiceId: "v" }, openrouter: { apiKey: "${X}", model: "old" } },
    };
    expect(
      run("text-to-speech", { ...input, auto: undefined }, { config: { messages: { tts, other: 1 } } }).config.messages,
    ).toEqual({
      other: 1,
      tts: {
        ...tts,
        provider: "openrouter",
        providers: { ...tts.providers, openrouter: { apiKey: "${X}", ...input.settings } },
      },
    });
  });
});
