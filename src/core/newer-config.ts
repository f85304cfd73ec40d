/** What clawform writes as 2026.5.6 wants it and OpenClaw 2026.8.1 and later refuse: such a step is refused here first. */

import type { JsonObject, OpenClawConfig, Problem, Step } from "../types.js";
import { formatPointer } from "../pointer.js";
import { isNewerShape } from "./release.js";

/** A place that the newer shape does not know, and where its value belongs there. */
interface Moved {
  readonly tokens: string[];
  readonly now: string;
}

/** Errors, in the file labelled `file`, of running these steps on a configuration of the newer shape; none on the older one. */
export function newerShapeProblems(config: OpenClawConfig, file: string, steps: readonly Step[]): Problem[] {
  if (!isNewerShape(config)) return [];
  return steps.flatMap(({ transform, title, input }) =>
    (moved.get(transform)?.(input) ?? []).map(({ tokens, now }) => ({
      code: "newer-config",
      severity: "error" as const,
      file,
      pointer: formatPointer(tokens),
      message: `${title}: this configuration is of OpenClaw 2026.8.1 or later, which refuses ${tokens.join(".")}`,
      hint: now,
    })),
  );
}

const mediaSlots = { imageGenerationModel: "image", videoGenerationModel: "video" } as const;
/** Members of a provider block that went to its models. */
const blockMembers = ["contextWindow", "contextTokens"];

const moved: ReadonlyMap<string, (input: JsonObject) => Moved[]> = new Map([
  [
    "media-model",
    ({ slot }: JsonObject): Moved[] => {
      const name = slot === "videoGenerationModel" ? slot : "imageGenerationModel";
      const now = `agents.defaults.mediaModels.${mediaSlots[name]}`;
      return [
        {
          tokens: ["agents", "defaults", name],
          now: `Take it out of the setup and set it with: openclaw config set ${now}.primary REF`,
        },
      ];
    },
  ],
  [
    "text-to-speech",
    (): Moved[] => [
      {
        tokens: ["messages", "tts"],
        now: "Take tts out of the setup and set it with: openclaw config set tts.provider ID (and tts.providers, tts.auto)",
      },
    ],
  ],
  [
    "provider-block",
    ({ provider, fields }: JsonObject): Moved[] =>
      blockMembers
        .filter((name) => typeof fields === "object" && fields !== null && name in fields)
        .map((name) => ({
          tokens: ["models", "providers", typeof provider === "string" ? provider : "", name],
          now: `Give ${name} to the provider's models instead.`,
        })),
  ],
]);
