/** Speech, images and video beside chat: which model serves them, and where the key is looked for (OpenClaw 2026.5.6; runtime.md 8). */

import { slotModels } from "../core/model-slot.js";
import { isObject } from "../json.js";
import type { OpenClawConfig } from "../types.js";
import { credentialVariables } from "./credential-variables.js";
import type { MediaExplanation, Note } from "./nouns.js";
import { resolveReference } from "./references.js";

interface MediaFact {
  readonly kind: MediaExplanation["kind"];
  readonly provider: string;
  readonly note: Note;
}

const page = "page: openrouter";
const facts: readonly MediaFact[] = [
  {
    kind: "image",
    provider: "openrouter",
    note: {
      code: "image-limits",
      message:
        "1 to 4 images a call, up to 5 to edit; a tool call's own time limit beats timeoutMs, which is 90 s by default",
      source: page,
    },
  },
  {
    kind: "video",
    provider: "openrouter",
    note: {
      code: "video-limits",
      message: "4, 6 or 8 seconds, 720P or 1080P, 16:9 or 9:16, from text and images, not from video",
      source: page,
    },
  },
  {
    kind: "tts",
    provider: "openrouter",
    note: { code: "tts-formats", message: "mp3 (the default) or pcm, by POST /audio/speech", source: page },
  },
];

/** What serves speech, images and video, of those that are configured. */
export function mediaOf(config: OpenClawConfig): MediaExplanation[] {
  const defaults = config.agents?.defaults;
  return [
    ...speech(config),
    ...generated("image", defaults?.imageGenerationModel, config),
    ...generated("video", defaults?.videoGenerationModel, config),
  ];
}

function speech(config: OpenClawConfig): MediaExplanation[] {
  const tts = config.messages?.tts;
  const provider = tts?.["provider"];
  if (typeof provider !== "string") return [];
  const own = isObject(tts?.providers?.[provider]) ? tts.providers[provider] : {};
  const model = typeof own["model"] === "string" ? own["model"] : "(its own default)";
  const keyOrder = [
    `messages.tts.providers.${provider}.apiKey`,
    `models.providers.${provider}.apiKey`,
    ...credentialVariables(provider),
  ];
  return [{ kind: "tts", model: `${provider}/${model}`, keyOrder, notes: notesOf("tts", provider) }];
}

function generated(kind: "image" | "video", slot: unknown, config: OpenClawConfig): MediaExplanation[] {
  const { primary } = slotModels(slot);
  if (primary === undefined) return [];
  const { provider } = resolveReference(primary, config);
  const keyOrder = ["stored profiles", ...credentialVariables(provider), `models.providers.${provider}.apiKey`];
  return [{ kind, model: primary, keyOrder, notes: notesOf(kind, provider) }];
}

function notesOf(kind: MediaFact["kind"], provider: string): Note[] {
  return facts.filter((fact) => fact.kind === kind && fact.provider === provider).map(({ note }) => note);
}
