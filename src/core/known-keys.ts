/**
 * Keys of OpenClaw 2026.5.6 where clawform writes nothing and its schema is open (measured: `openclaw config schema`).
 * OpenClaw refuses a file with any other, so `validate` tells of it; a plan leaves such parts alone and says nothing.
 */

import { isObject } from "../json.js";
import { formatPointer } from "../pointer.js";
import { closest } from "./nearest.js";
import type { Finding } from "./validate.js";

const root =
  "$schema meta env wizard diagnostics logging cli crestodian update browser ui secrets auth accessGroups acp models nodeHost agents tools bindings broadcast audio media messages commands approvals session cron commitments hooks web channels discovery canvasHost talk gateway memory mcp skills plugins surfaces proxy";
const agents = "defaults list";
const agentDefaults =
  "params agentRuntime embeddedHarness model imageModel imageGenerationModel videoGenerationModel musicGenerationModel mediaGenerationAutoProviderFallback pdfModel pdfMaxBytesMb pdfMaxPages models workspace skills silentReply silentReplyRewrite repoRoot systemPromptOverride promptOverlays skipBootstrap skipOptionalBootstrapFiles contextInjection bootstrapMaxChars bootstrapTotalMaxChars experimental bootstrapPromptTruncationWarning userTimezone startupContext contextLimits timeFormat envelopeTimezone envelopeTimestamp envelopeElapsed contextTokens cliBackends memorySearch contextPruning compaction embeddedPi thinkingDefault verboseDefault toolProgressDetail reasoningDefault elevatedDefault blockStreamingDefault blockStreamingBreak blockStreamingChunk blockStreamingCoalesce humanDelay timeoutSeconds mediaMaxMb imageMaxDimensionPx typingIntervalSeconds typingMode heartbeat maxConcurrent subagents sandbox";
// OpenClaw does not know `models` here; the schema tells of it, and why.
const agent =
  "id default name workspace agentDir systemPromptOverride agentRuntime embeddedHarness model models thinkingDefault verboseDefault toolProgressDetail reasoningDefault fastModeDefault skills memorySearch humanDelay tts skillsLimits contextLimits contextTokens heartbeat identity groupChat subagents embeddedPi sandbox params tools runtime";
const messages =
  "messagePrefix visibleReplies responsePrefix groupChat queue inbound ackReaction ackReactionScope removeAckAfterReply statusReactions suppressToolErrors tts";

/** Keys of a configuration that OpenClaw does not know at its root, in `agents` and in `messages`. */
export function unknownKeys(config: unknown): Finding[] {
  const at = (value: unknown, key: string): unknown => (isObject(value) ? value[key] : undefined);
  const held = at(config, "agents");
  const list = at(held, "list");
  return [
    ...unknownIn(config, root, []),
    ...unknownIn(held, agents, ["agents"]),
    ...unknownIn(at(held, "defaults"), agentDefaults, ["agents", "defaults"]),
    ...(Array.isArray(list) ? list : []).flatMap((item, index) =>
      unknownIn(item, agent, ["agents", "list", String(index)]),
    ),
    ...unknownIn(at(config, "messages"), messages, ["messages"]),
  ];
}

function unknownIn(value: unknown, words: string, place: readonly string[]): Finding[] {
  const known = ["$include", ...words.split(" ")];
  const keys = isObject(value) ? Object.keys(value) : [];
  return keys
    .filter((key) => !known.includes(key))
    .map((key) => {
      const near = closest(key, known);
      return {
        code: "unknown-key",
        pointer: formatPointer([...place, key]),
        message: `unknown key "${key}"`,
        hint:
          near.length > 0
            ? `Did you mean ${near.map((name) => `"${name}"`).join(" or ")}?`
            : "OpenClaw 2026.5.6 refuses a file with a key it does not know.",
      };
    });
}
