/** What a model answered, whatever the API: a document, a stream of events, or a line each. Pure. */

import { isObject } from "../json.js";
import type { Json, JsonObject } from "../types.js";

/** What was found in an answer. */
export interface ChatAnswer {
  /** What it says. */
  readonly content: string;
  /** What it thought aloud (`reasoning_content`, `thinking`, …). */
  readonly reasoning: string;
  /** The provider's own words where it tells of an error, in an answer of status 200 too; `""`: none. */
  readonly error: string;
  /** The API whose form the answer has; null: none of those known. */
  readonly form:
    | "openai-completions"
    | "openai-responses"
    | "anthropic-messages"
    | "google-generative-ai"
    | "ollama"
    | null;
  /** It stopped because of the output limit. */
  readonly cut: boolean;
}

/** Reads an answer; null when there is no JSON in it. */
export function readChat(text: string): ChatAnswer | null {
  const values = documents(text);
  if (values.length === 0) return null;
  const parts = values.filter(isObject).map(partOf);
  return {
    content: parts.map(({ content }) => content).join(""),
    reasoning: parts.map(({ reasoning }) => reasoning).join(""),
    error: parts.find(({ error }) => error !== "")?.error ?? "",
    form: parts.find(({ form }) => form !== null)?.form ?? null,
    cut: parts.some(({ cut }) => cut),
  };
}

/** One document, or those of an event stream (`data:` lines) or of newline-delimited JSON. */
function documents(text: string): Json[] {
  const whole = parsed(text);
  if (whole !== undefined) return [whole];
  return text.split(/\r?\n/).flatMap((line) => {
    const value = parsed(line.replace(/^data:/, ""));
    return value === undefined ? [] : [value];
  });
}

function parsed(text: string): Json | undefined {
  const plain = text.trim();
  if (!plain.startsWith("{") && !plain.startsWith("[")) return undefined;
  try {
    return JSON.parse(plain) as Json;
  } catch {
    return undefined;
  }
}

const none: ChatAnswer = { content: "", reasoning: "", error: "", form: null, cut: false };

function partOf(value: JsonObject): ChatAnswer {
  const found = forms.map((form) => form(value)).find((one) => one !== null);
  return { ...none, ...found, error: errorOf(value) };
}

type Form = (value: JsonObject) => Partial<ChatAnswer> | null;

const forms: readonly Form[] = [
  ({ choices }) => {
    if (!Array.isArray(choices)) return null;
    const messages = choices.map((choice) => objectOf(objectOf(choice)["delta"] ?? objectOf(choice)["message"]));
    return {
      form: "openai-completions",
      content: messages.map(({ content }) => textOf(content)).join(""),
      reasoning: messages.map((one) => textOf(one["reasoning_content"] ?? one["reasoning"])).join(""),
      cut: choices.some((choice) => objectOf(choice)["finish_reason"] === "length"),
    };
  },
  ({ candidates }) => {
    if (!Array.isArray(candidates)) return null;
    const all = candidates.flatMap((one) => listOf(objectOf(objectOf(one)["content"])["parts"])).map(objectOf);
    const said = (thought: boolean): string =>
      all.map((part) => ((part["thought"] === true) === thought ? textOf(part["text"]) : "")).join("");
    return {
      form: "google-generative-ai",
      content: said(false),
      reasoning: said(true),
      cut: candidates.some((one) => objectOf(one)["finishReason"] === "MAX_TOKENS"),
    };
  },
  ({ type, content, delta, stop_reason: stop }) => {
    if (type === "message" && Array.isArray(content)) {
      const blocks = content.map(objectOf);
      return {
        form: "anthropic-messages",
        content: blocks.map((block) => textOf(block["text"])).join(""),
        reasoning: blocks.map((block) => textOf(block["thinking"])).join(""),
        cut: stop === "max_tokens",
      };
    }
    if (typeof type !== "string" || !/^(?:message|content_block)_/.test(type)) return null;
    const change = objectOf(delta);
    return {
      form: "anthropic-messages",
      content: textOf(change["text"]),
      reasoning: textOf(change["thinking"]),
      cut: change["stop_reason"] === "max_tokens",
    };
  },
  ({ object, output, type, delta, response }) => {
    if (object === "response" || Array.isArray(output)) {
      const items = listOf(output).map(objectOf);
      const said = (item: JsonObject): string =>
        listOf(item["content"])
          .map((part) => textOf(objectOf(part)["text"]))
          .join("");
      return {
        form: "openai-responses",
        content: items.map(said).join(""),
        reasoning: items
          .flatMap((item) => listOf(item["summary"]))
          .map((part) => textOf(objectOf(part)["text"]))
          .join(""),
      };
    }
    if (typeof type !== "string" || !type.startsWith("response.")) return null;
    return {
      form: "openai-responses",
      content: type === "response.output_text.delta" ? textOf(delta) : "",
      reasoning: type.startsWith("response.reasoning") && type.endsWith(".delta") ? textOf(delta) : "",
      cut: objectOf(objectOf(response)["incomplete_details"])["reason"] === "max_output_tokens",
    };
  },
  ({ message, done, done_reason: reason }) =>
    isObject(message) && typeof done === "boolean"
      ? {
          form: "ollama",
          content: textOf(message["content"]),
          reasoning: textOf(message["thinking"]),
          cut: reason === "length",
        }
      : null,
];

/** `{error: {message}}`, `{error: "…"}`, and `{type: "error", …}` as every one of them spells it. */
function errorOf(value: JsonObject): string {
  const { error, response, message, detail } = value;
  const inner = error ?? objectOf(response)["error"];
  if (isObject(inner)) return textOf(inner["message"]) || textOf(inner["code"]) || textOf(inner["type"]) || "error";
  if (typeof inner === "string") return inner;
  return textOf(detail) || (typeof message === "string" ? message : "");
}

const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return listOf(value)
    .map((part) => (typeof part === "string" ? part : textOf(objectOf(part)["text"])))
    .join("");
}
