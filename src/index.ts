/**
 * clawform as a library: the same functions the command line is made of.
 *
 * Everything that touches a disk says so; all else is pure. Failures are `ClawformError`s with a code, the file, a JSON
 * Pointer or a line, and what to do next, never with a secret in them.
 */

import { chooseFrom } from "./core/card.js";
import { diffDocuments } from "./core/compare.js";
import { isComposed } from "./core/documents.js";
import { compose } from "./core/include.js";
import { makePlan } from "./core/plan.js";
import { checkSetup, parseSetup } from "./core/setup.js";
import { toSteps } from "./core/steps.js";
import { validateDocument } from "./core/validate-document.js";
import { type Applied, applyLocked, type ApplyOptions } from "./applying.js";
import { openCatalog } from "./catalog.js";
import { usageError } from "./errors.js";
import { type Discovery, discoverProvider } from "./discovery.js";
import type { Cancellation } from "./net/http.js";
import { resolveKeys } from "./keys.js";
import { memoryGround, type MemoryDocuments, memorySource } from "./memory.js";
import { planSetup } from "./planning.js";
import { refuseErrors } from "./refuse.js";
import { surroundingsOf, thisProcess } from "./host.js";
import type {
  AuthStore,
  Card,
  Credential,
  Json,
  OpenClawConfig,
  Plan,
  Problem,
  Setup,
  SetupProvider,
  Step,
} from "./types.js";
import { undoPlan } from "./undoing.js";
import { findState, openWorkspace } from "./workspace.js";

export type * from "./types.js";
export type * from "./policy/nouns.js";
export type { CommitReport } from "./store/commit.js";
export type { RecordedReport } from "./store/recorded.js";
export { type Applied, apply, type ApplyOptions } from "./applying.js";
export type { Discovery } from "./discovery.js";
export type { MemoryDocuments } from "./memory.js";
export { ClawformError, exitCodes } from "./errors.js";
export { type ExplainOptions, explainModel } from "./explain-model.js";
export { applyPatch } from "./core/patch.js";
export { applyPatchToText } from "./text/index.js";
export { diffDocuments, parseSetup };

/** How to plan from a program. */
export interface PlanOptions {
  /** Plan on these documents instead of the files of this machine. */
  readonly on?: MemoryDocuments;
  /** Path of openclaw.json; by default found as OpenClaw finds it. */
  readonly config?: string;
  /** OpenClaw's state directory; by default found as OpenClaw finds it. */
  readonly stateDir?: string;
  /** Agents whose credentials are written; the setup's own, else `main`, by default. */
  readonly agents?: readonly string[];
  /** Where `{ env }` keys are looked up; the process's environment by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What relative paths start from; the working directory by default. */
  readonly cwd?: string;
  /** Switch on plugins the user has off, as `--enable-plugin` does. */
  readonly enablePlugin?: boolean;
  /** Write a file anew, without its comments, where its text cannot be edited, as `--reformat` does. */
  readonly reformat?: boolean;
  /** A directory of cards instead of the built-in catalog. */
  readonly catalog?: string;
  /** `file`: credentials go to auth-profiles.json even where OpenClaw looks newer than 2026.6.1, as `--store file` does. */
  readonly store?: "auto" | "file";
}

/**
 * What a setup (its value, or its JSON5 text) would change. Reads files unless `on` is given; writes nothing. A problem of
 * severity `error` in the result means it must not be applied; it then has no changes. Throws `ClawformError` for a setup,
 * key or file that cannot be read.
 */
export function plan(setup: Setup | string, options: PlanOptions = {}): Plan {
  const file = "clawform.json5";
  const checked = typeof setup === "string" ? parseSetup(setup, file) : checkSetup(setup as unknown as Json, file);
  const surroundings = surroundingsOf(options);
  const ground = options.on ? memoryGround(options.on, options.catalog) : openWorkspace(options, surroundings);
  const { keys, problems } = resolveKeys(checked, file, surroundings);
  return planSetup(
    {
      setup: checked,
      file,
      ...(typeof setup === "string" ? { text: setup } : {}),
      keys,
      problems,
      agents: options.agents ?? [],
      enablePlugin: options.enablePlugin ?? false,
      reformat: options.reformat ?? false,
    },
    ground,
  );
}

/** How to take an apply back from a program. */
export interface UndoOptions extends ApplyOptions, Pick<PlanOptions, "config" | "env" | "cwd" | "reformat"> {
  /** Which apply, as `clawform history` numbers them; the last one not undone by default. */
  readonly number?: number;
  /** Only plan: the report then names no files. */
  readonly dryRun?: boolean;
}

/**
 * Takes an apply back and enters that in the history. A file that is as the apply left it gets its old bytes; out of one that
 * others changed since, what the apply wrote is taken and the rest stays. Without anything to undo the plan has no changes.
 * Rejects as `apply`; with `failed` (code `undo-conflict`, all of them as `problems`) when others changed the same values, and
 * `usage` (code `no-entry`) for an unknown number: then nothing has been written.
 */
export async function undo(options: UndoOptions = {}): Promise<Applied> {
  const surroundings = surroundingsOf(options);
  const { stateDir, configPath } = findState(options, surroundings);
  const { number, reformat, dryRun } = options;
  const make = (): Plan => undoPlan({ stateDir, configPath, number, reformat }, surroundings);
  return dryRun ? { plan: make(), report: { files: [], problems: [] } } : applyLocked(stateDir, make, "undo", options);
}

/** How to ask a provider from a program. */
export interface DiscoverOptions extends Pick<PlanOptions, "config" | "stateDir" | "env" | "cwd" | "catalog"> {
  /** Whose credentials; `main` by default. */
  readonly agent?: string;
  /** Ask without a key. */
  readonly noAuth?: boolean;
  /** Time for the whole answer, milliseconds; 5000 by default. */
  readonly timeoutMs?: number;
  /** Ends it early. */
  readonly signal?: Cancellation;
}

/**
 * Asks a provider which models it has, with its address and key from this machine's configuration. Where it gives no list,
 * `discovered` is null, `models` are the catalog's, and a problem says why. Reads files; rejects with `ClawformError` for
 * those that cannot be read.
 */
export async function discoverModels(provider: string, options: DiscoverOptions = {}): Promise<Discovery> {
  const workspace = openWorkspace(options, surroundingsOf(options));
  return discoverProvider({ provider, clock: thisProcess, ...options }, workspace);
}

/** All cards of the catalog by provider id. */
export function loadCatalog(directory?: string): ReadonlyMap<string, Card> {
  return new Map(
    openCatalog(directory)
      .all()
      .map((card) => [card.id, card]),
  );
}

/** How to lay a card over a configuration. */
export interface ApplyProviderOptions {
  /** One of the card's auth choices; the first by default. */
  readonly choice?: string;
  /** Also make the card's default model the primary, as onboarding does. */
  readonly defaultModel?: boolean;
  /** What a setup file could say about the provider. */
  readonly provider?: SetupProvider;
}

/** A configuration with a card's provider block, plugin, alias and, if asked for, default model. Pure. Throws as `apply` for errors. */
export function applyProvider(config: OpenClawConfig, card: Card, options: ApplyProviderOptions = {}): OpenClawConfig {
  const wanted = options.choice ?? options.provider?.choice;
  const choice =
    wanted === undefined ? (card.choices[0] ?? null) : (card.choices.find(({ id }) => id === wanted) ?? null);
  if (wanted !== undefined && !choice) throw usageError("unknown-choice", `${card.id} has no auth choice "${wanted}"`);
  const { apiKey: _, ...provider } = { ...options.provider, ...(choice ? { choice: choice.id } : {}) };
  const { defaultModel } = chooseFrom(card, choice);
  const setup: Setup = {
    providers: { [card.id]: provider },
    ...(options.defaultModel && defaultModel !== undefined ? { model: { primary: defaultModel } } : {}),
  };
  return configAfter(config, setup, new Map([[card.id, card]]), options.defaultModel ?? false);
}

/** A configuration whose default model is `ref`, `provider/model`. Fallbacks stay. Pure. */
export function applyDefaultModel(config: OpenClawConfig, ref: string): OpenClawConfig {
  return configAfter(config, checkSetup({ model: { primary: ref } }), new Map(), false);
}

function configAfter(
  config: OpenClawConfig,
  setup: Setup,
  cards: ReadonlyMap<string, Card>,
  onboarding: boolean,
): OpenClawConfig {
  const configured = Object.keys(config.models?.providers ?? {});
  const context = { file: "", catalog: [...cards.keys()], keys: new Map(), agents: ["main"], enablePlugin: false };
  const { steps, problems } = toSteps(setup, { ...context, cards, configured, onboarding });
  return resultOf(config, { kind: "config" }, steps, problems) as OpenClawConfig;
}

/** A credential under its profile id. */
export type AuthProfile = Credential & { readonly id: string };

/** A credential store with a profile put in; everything else in it stays. Pure. Throws when the id belongs to another provider. */
export function upsertAuthProfile(store: AuthStore, profile: AuthProfile): AuthStore {
  const { id, ...credential } = profile;
  const input = {
    profile: id,
    provider: credential.provider,
    mode: credential.type,
    credential: credential as unknown as Json,
    agents: ["main"],
  };
  const steps: Step[] = [{ transform: "auth-profile", title: `profile ${id}`, input }];
  return resultOf(store, { kind: "auth", agent: "main" }, steps, []) as AuthStore;
}

function resultOf(
  before: object,
  document: { kind: "config" } | { kind: "auth"; agent: string },
  steps: readonly Step[],
  problems: readonly Problem[],
): object {
  const other = document.kind === "config" ? [] : [memorySource("openclaw.json", { kind: "config" }, {})];
  const source = memorySource(document.kind === "config" ? "openclaw.json" : "auth-profiles.json", document, before);
  const composition = document.kind === "config" && isComposed(source) ? compose(source, []) : null;
  const planned = makePlan({ sources: [...other, source], composition, problems }, steps);
  refuseErrors(planned);
  const change = planned.changes.find((one) => one.document.kind === document.kind);
  return change?.after ? (JSON.parse(change.after.text) as object) : before;
}

/** What is wrong with a configuration (a value, or a file's text: then with lines), by the parts of it clawform knows. Pure. */
export function validateConfig(config: OpenClawConfig | string): Problem[] {
  return validateDocument(memorySource("openclaw.json", { kind: "config" }, config));
}
