/** Setup + cards -> steps. Steps are data; nothing is read and nothing is run here. */

import { normalizeProviderId, splitModelRef } from "../ids.js";
import { formatPointer } from "../pointer.js";
import type { Card, FallbackEdits, JsonObject, Problem, Setup, SetupModelSlot, Step } from "../types.js";
import { type ProviderContext, providerSteps } from "./provider-steps.js";
import { step } from "./step.js";

/** What turns a setup into steps, beside the setup itself. */
export interface StepContext extends ProviderContext {
  /** Cards of the setup's providers, by id. */
  readonly cards: ReadonlyMap<string, Card>;
  /** The default model's entry in `agents.defaults.models`; left out: it gets one without parameters. */
  readonly entry?: DefaultEntry | undefined;
}

/** Whether the default model gets an entry of its own, and which parameters it gets where it has none. */
export interface DefaultEntry {
  readonly listed: boolean;
  readonly params?: JsonObject | undefined;
}

/** The steps of a setup in the order they run, and what is wrong with it. With an error among the problems the steps are incomplete. */
export function toSteps(setup: Setup, context: StepContext): { steps: Step[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const steps: Step[] = [];
  const written = new Map<string, string>();
  const blocks: string[] = [];
  for (const [id, provider] of Object.entries(setup.providers ?? {})) {
    const known = context.cards.get(id) ?? context.cards.get(normalizeProviderId(id));
    const card = provider.catalog === false ? undefined : known;
    const meant = known?.id ?? normalizeProviderId(id);
    const other = written.get(meant);
    written.set(meant, id);
    if (other !== undefined) {
      problems.push(sameProvider(id, other, meant, context.file));
      continue;
    }
    const block = card?.id ?? id;
    blocks.push(block);
    const made = providerSteps(block, provider, card, setup, context);
    steps.push(...made.steps);
    problems.push(...made.problems);
  }
  // A block under another spelling of a provider that is set up gets its name, so that nothing may go by the old one.
  const stays = context.configured.filter((id) => !written.has(normalizeProviderId(id)));
  const known = new Set([...stays, ...blocks].map((id) => id.toLowerCase()));
  const canonical = (ref: string): string => canonicalRef(ref, known);
  for (const [ref, alias] of Object.entries(setup.aliases ?? {})) {
    steps.push(step("model-alias", `alias ${alias}`, { ref: canonical(ref), alias, declared: true }));
  }
  steps.push(...modelSteps(setup.model, canonical, context.entry));
  steps.push(...mediaSteps("imageGenerationModel", "image model", setup.imageModel, canonical));
  steps.push(...mediaSteps("videoGenerationModel", "video model", setup.videoModel, canonical));
  if (setup.tts) {
    const { provider, auto, ...settings } = setup.tts;
    steps.push(
      step("text-to-speech", "text to speech", {
        provider,
        ...(auto === undefined ? {} : { auto }),
        settings: settings as JsonObject,
      }),
    );
  }
  if (setup.thinkingDefault !== undefined)
    steps.push(step("thinking-default", "thinking default", { level: setup.thinkingDefault }));
  const vars = setup.env?.vars ?? {};
  if (Object.keys(vars).length > 0) steps.push(step("env-vars", "environment variables", { vars }));
  return { steps, problems };
}

function sameProvider(id: string, other: string, meant: string, file: string): Problem {
  return {
    code: "provider-twice",
    severity: "error",
    file,
    pointer: formatPointer(["providers", id]),
    message: `"${other}" and "${id}" are two spellings of the provider "${meant}"`,
    hint: "Make them one.",
  };
}

/** A model reference as OpenClaw's `models set` would write it, save that a configured provider keeps its own spelling. */
function canonicalRef(ref: string, known: ReadonlySet<string>): string {
  const parts = splitModelRef(ref);
  if (!parts) return ref;
  const plain = parts.provider.toLowerCase();
  return `${known.has(plain) ? plain : normalizeProviderId(plain)}/${parts.model}`;
}

function modelSteps(
  slot: SetupModelSlot | undefined,
  canonical: (ref: string) => string,
  entry: DefaultEntry | undefined,
): Step[] {
  if (!slot) return [];
  const { listed, params } = entry ?? { listed: true };
  const steps: Step[] = [];
  if (slot.primary !== undefined) {
    // Onboarding names it as the block does.
    const model = entry ? slot.primary : canonical(slot.primary);
    const title = `default model ${model}`;
    if (listed && slot.register !== false)
      steps.push(step("model-alias", title, { ref: model, ...(params ? { params } : {}) }));
    steps.push(step("primary-model", title, { model }));
  }
  if (slot.fallbacks !== undefined)
    steps.push(step("fallbacks", "fallbacks", fallbackEdits(slot.fallbacks, canonical)));
  return steps;
}

function fallbackEdits(fallbacks: FallbackEdits, canonical: (ref: string) => string): JsonObject {
  if (Array.isArray(fallbacks)) return { set: fallbacks.map(canonical) };
  return Object.fromEntries(Object.entries(fallbacks).map(([edit, refs]) => [edit, refs.map(canonical)]));
}

function mediaSteps(
  slot: string,
  title: string,
  setup: SetupModelSlot | undefined,
  canonical: (ref: string) => string,
): Step[] {
  if (!setup) return [];
  const input: JsonObject = { slot };
  if (setup.primary !== undefined) input["primary"] = canonical(setup.primary);
  if (setup.timeoutMs !== undefined) input["timeoutMs"] = setup.timeoutMs;
  const named = setup.primary === undefined ? title : `${title} ${canonical(setup.primary)}`;
  return [
    ...(Object.keys(input).length > 1 ? [step("media-model", named, input)] : []),
    ...(setup.fallbacks === undefined
      ? []
      : [step("fallbacks", named, { slot, ...fallbackEdits(setup.fallbacks, canonical) })]),
  ];
}
