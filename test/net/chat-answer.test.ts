import fc from "fast-check";
import { expect, test } from "vitest";
import { readChat } from "../../src/net/chat-answer.js";

const stream = (...values: unknown[]): string =>
  [...values.map((value) => `event: x\ndata: ${JSON.stringify(value)}\n\n`), "data: [DONE]\n\n"].join("");

test.each([
  [
    "chat: a document",
    JSON.stringify({ choices: [{ message: { content: "OK", reasoning_content: "hm" }, finish_reason: "stop" }] }),
    { form: "openai-completions", content: "OK", reasoning: "hm", cut: false },
  ],
  [
    "chat: a stream",
    stream(
      { choices: [{ delta: { reasoning: "h" } }] },
      { choices: [{ delta: { content: "O" } }] },
      { choices: [{ delta: { content: "K" }, finish_reason: "length" }] },
      { choices: [] },
    ),
    { form: "openai-completions", content: "OK", reasoning: "h", cut: true },
  ],
  [
    "messages: a document",
    JSON.stringify({
      type: "message",
      content: [
        { type: "thinking", thinking: "hm" },
        { type: "text", text: "OK" },
      ],
      stop_reason: "max_tokens",
    }),
    { form: "anthropic-messages", content: "OK", reasoning: "hm", cut: true },
  ],
  [
    "messages: a stream",
    stream(
      { type: "message_start", message: {} },
      { type: "content_block_delta", delta: { type: "thinking_delta", thinking: "hm" } },
      { type: "content_block_delta", delta: { type: "text_delta", text: "OK" } },
      { type: "message_delta", delta: { stop_reason: "max_tokens" } },
    ),
    { form: "anthropic-messages", content: "OK", reasoning: "hm", cut: true, error: "" },
  ],
  [
    "responses: a document",
    JSON.stringify({
      object: "response",
      output: [
        { type: "reasoning", summary: [{ text: "hm" }] },
        { type: "message", content: [{ type: "output_text", text: "OK" }] },
      ],
    }),
    { form: "openai-responses", content: "OK", reasoning: "hm" },
  ],
  [
    "responses: a stream",
    stream(
      { type: "response.created", response: {} },
      { type: "response.reasoning_summary_text.delta", delta: "hm" },
      { type: "response.output_text.delta", delta: "OK" },
      { type: "response.incomplete", response: { incomplete_details: { reason: "max_output_tokens" } } },
    ),
    { form: "openai-responses", content: "OK", reasoning: "hm", cut: true, error: "" },
  ],
  [
    "responses: failed",
    stream({ type: "response.failed", response: { error: { code: "x", message: "no" } } }),
    { form: "openai-responses", error: "no" },
  ],
  [
    "google",
    stream({
      candidates: [{ content: { parts: [{ text: "hm", thought: true }, { text: "OK" }] }, finishReason: "MAX_TOKENS" }],
    }),
    { form: "google-generative-ai", content: "OK", reasoning: "hm", cut: true },
  ],
  [
    "ollama: lines",
    `${JSON.stringify({ message: { thinking: "hm" }, done: false })}\n${JSON.stringify({ message: { content: "OK" }, done: true, done_reason: "length" })}\n`,
    { form: "ollama", content: "OK", reasoning: "hm", cut: true },
  ],
  ["an error", JSON.stringify({ error: { message: "no" } }), { form: null, error: "no" }],
  ["an error as text", JSON.stringify({ error: "no" }), { error: "no" }],
  ["an error of another kind", JSON.stringify({ detail: [{ text: "no" }] }), { error: "no" }],
  ["an error in a list, as Google has it", JSON.stringify({ error: { status: "X", code: 5 } }), { error: "error" }],
  [
    "an error in a stream",
    stream({ choices: [{ delta: { content: "O" } }] }, { error: { message: "broke" } }),
    { content: "O", error: "broke" },
  ],
])("%s", (_, text, expected) => {
  expect(readChat(text)).toMatchObject(expected);
});

test.each(["", "hello", "<html>", "{", '{"choices":[{"mess', "data: [DONE]", "data: nothing"])(
  "%j holds no answer",
  (text) => {
    expect(readChat(text)).toBeNull();
  },
);

test("no answer makes it fail", () => {
  const odd = fc.jsonValue();
  const shaped = fc.record(
    {
      choices: odd,
      candidates: odd,
      content: odd,
      type: fc.oneof(odd, fc.constantFrom("message", "content_block_delta", "response.x")),
      delta: odd,
      output: odd,
      message: odd,
      done: odd,
      error: odd,
      response: odd,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(odd, shaped)), fc.string(), (values, text) => {
      readChat(text);
      const found = readChat(stream(...values));
      for (const part of [found?.content, found?.reasoning, found?.error]) expect(typeof (part ?? "")).toBe("string");
    }),
  );
});
