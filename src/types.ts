/**
 * Every noun of clawform on one page. Floor 0: imports nothing, runs nothing.
 *
 * Units: token limits in tokens, cost in USD per million tokens, durations in milliseconds.
 */

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
/** A JSON object. */
export interface JsonObject {
  [key: string]: Json;
}
/** RFC 6901 JSON Pointer, for example `/models/providers/kilocode/baseUrl`. `""` is the whole document. */
export type Pointer = string;
/** Lower-case hex SHA-256 of a file's bytes. */
export type Sha256 = string;

// --- OpenClaw's documents (only the parts clawform touches are named; everything else survives) ---

/** A reference to a secret kept elsewhere; OpenClaw resolves it at run time, clawform never reads it. */
export interface SecretRef {
  source: "env" | "file" | "exec";
  provider: string;
  id: string;
}
/** A secret as OpenClaw's config takes it: the text itself, `${VAR}`, or a reference. */
export type SecretInput = string | SecretRef;

/** One model of a provider block (`models.providers.<id>.models[]`). Cost in USD per million tokens. */
export interface ModelDefinition {
  id: string;
  name?: string;
  reasoning?: boolean;
  input?: string[];
  cost?: { [part: string]: Json };
  /** Tokens. */
  contextWindow?: number;
  /** Tokens. */
  maxTokens?: number;
  headers?: { [name: string]: string };
  compat?: JsonObject;
  params?: JsonObject;
  [key: string]: Json | undefined;
}

/** `models.providers.<id>`. */
export interface ProviderBlock {
  baseUrl?: string;
  api?: string;
  apiKey?: SecretInput;
  headers?: { [name: string]: SecretInput };
  models?: ModelDefinition[];
  [key: string]: unknown;
}

/** A model slot such as `agents.defaults.model`: one reference, or an object with fallbacks. */
export interface ModelSlot {
  primary?: string;
  fallbacks?: string[];
  /** Milliseconds. */
  timeoutMs?: number;
  [key: string]: unknown;
}

/** `agents.defaults.models[ref]`. */
export interface ModelEntry {
  alias?: string;
  params?: JsonObject;
  streaming?: boolean;
  [key: string]: unknown;
}

/** `agents.defaults`. */
export interface AgentDefaults {
  model?: string | ModelSlot;
  imageGenerationModel?: string | ModelSlot;
  videoGenerationModel?: string | ModelSlot;
  models?: { [ref: string]: ModelEntry };
  thinkingDefault?: string;
  [key: string]: unknown;
}

/** How a credential authenticates. */
export type CredentialType = "api_key" | "oauth" | "token";

/** `auth.profiles.<id>` of openclaw.json: names a credential, never holds it. */
export interface ConfigProfile {
  provider: string;
  mode: CredentialType;
  [key: string]: unknown;
}

/** openclaw.json. */
export interface OpenClawConfig {
  models?: { mode?: string; providers?: { [id: string]: ProviderBlock }; [key: string]: unknown };
  agents?: {
    defaults?: AgentDefaults;
    list?: { id?: string; agentDir?: string; [key: string]: unknown }[];
    [key: string]: unknown;
  };
  auth?: {
    profiles?: { [id: string]: ConfigProfile };
    order?: { [provider: string]: string[] };
    [key: string]: unknown;
  };
  plugins?: {
    enabled?: boolean;
    allow?: string[];
    deny?: string[];
    entries?: { [id: string]: { enabled?: boolean; [key: string]: unknown } };
    [key: string]: unknown;
  };
  env?: { vars?: { [name: string]: string }; [key: string]: unknown };
  messages?: { tts?: { providers?: { [id: string]: JsonObject }; [key: string]: unknown }; [key: string]: unknown };
  [key: string]: unknown;
}

/** One credential of auth-profiles.json. Exactly one of `key` and `keyRef` stands in what clawform writes. */
export interface Credential {
  type: CredentialType;
  provider: string;
  key?: string;
  keyRef?: SecretRef;
  token?: string;
  tokenRef?: SecretRef;
  metadata?: { [key: string]: string };
  [key: string]: unknown;
}

/** auth-profiles.json of one agent. */
export interface AuthStore {
  version?: number;
  profiles?: { [id: string]: Credential };
  [key: string]: unknown;
}

/** The documents a plan is made over: the configuration and one credential store per agent id. */
export interface Documents {
  readonly config: OpenClawConfig;
  readonly auth: { readonly [agent: string]: AuthStore };
}

// --- Transforms and steps ---

/** Pure: the same documents in, the same documents out. */
export type Edit = (docs: Documents) => Documents;
/** Input has passed `schemas/transforms/<name>.json`. */
export type Transform<Input> = (input: Input) => Edit;
/** A step is data: which transform, with what. `title` names it in diffs, e.g. `provider kilocode`. */
export interface Step {
  readonly transform: string;
  readonly title: string;
  readonly input: JsonObject;
}

// --- Patches (RFC 6902) ---

/** One RFC 6902 operation. */
export type Operation =
  | { readonly op: "add" | "replace" | "test"; readonly path: Pointer; readonly value: Json }
  | { readonly op: "remove"; readonly path: Pointer }
  | { readonly op: "move" | "copy"; readonly from: Pointer; readonly path: Pointer };

/** An operation that knows the step (index into `Plan.steps`) that caused it. */
export interface TracedOperation {
  readonly step: number;
  readonly operation: Operation;
}

/** Where a text starts: both 1-based, column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

// --- Problems and plans ---

/** How bad a problem is: an error stops a plan, a warning and an info are shown. */
export type Severity = "error" | "warning" | "info";

/** Something to tell the user. Never holds a secret's value. */
export interface Problem {
  /** Stable, kebab-case, for example `plugin-disabled`. */
  readonly code: string;
  readonly severity: Severity;
  /** A file's label (`openclaw.json`, `auth-profiles.json`, `clawform.json5`), `""` when no file is meant. */
  readonly file: string;
  readonly pointer: Pointer;
  readonly message: string;
  /** What to do next; `""` when nothing needs doing. */
  readonly hint: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * Which document of `Documents` a file holds. A file that the configuration includes holds a part of it: what stands
 * at `at` (of several places the first, list items counted as in the including file).
 */
export type DocumentKey =
  | { readonly kind: "config" }
  | { readonly kind: "auth"; readonly agent: string }
  | { readonly kind: "include"; readonly at: Pointer };

/** A file as it was read: `before` null when it does not exist. */
export interface SourceFile {
  /** Label in output: `openclaw.json`, `auth-profiles.json`, `agents/work/agent/auth-profiles.json`. */
  readonly file: string;
  /** Absolute path as configured (a symlink is not resolved). */
  readonly path: string;
  readonly document: DocumentKey;
  readonly before: { readonly sha256: Sha256; readonly text: string } | null;
}

/** A file that the configuration names by `$include`, or that such a file names. */
export interface IncludedFile extends SourceFile {
  /** Where it really lies, symbolic links followed: two paths may lead to one file. */
  readonly target: string;
  /** Every `$include` that names it: the including file's `path`, and the name as it is spelled there. */
  readonly by: readonly { readonly path: string; readonly name: string }[];
}

/**
 * What a transaction does to one file: a `before` of null creates it, an `after` of null removes it, as when an undo takes
 * back the apply that made it. Holds secrets.
 */
export interface FileChange extends SourceFile {
  readonly after: { readonly sha256: Sha256; readonly text: string } | null;
}

/** Everything that will be done to one file. Holds secrets: only `core/redact` output may be shown. */
export interface Change extends FileChange {
  readonly patch: readonly TracedOperation[];
  /** Takes the after back to the before, exactly. */
  readonly inverse: readonly Operation[];
}

/** What would be done, as a value. Rendering or saving it needs no disk, applying it no thinking. */
export interface Plan {
  readonly format: 1;
  /** OpenClaw's state directory, absolute; left out for a plan on documents in memory. */
  readonly stateDir?: string;
  readonly steps: readonly Step[];
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
}

/** One apply as the history keeps it: what was done, and all that is needed to take it back. Holds secrets. */
export interface HistoryEntry {
  readonly format: 1;
  /** Counts on from 1 within a state directory; what `undo N` means. */
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** clawform's. */
  readonly version: string;
  /** The command that did it, such as `apply`. */
  readonly command: string;
  /** Of the setup's text; null when there was none, or it is not known. */
  readonly setup: Sha256 | null;
  /** The entry that this one took back. */
  readonly undoes: number | null;
  readonly steps: readonly Step[];
  readonly changes: readonly Change[];
}

// --- Cards: one provider of the catalog, data only ---

/** A credential profile an auth choice writes. */
export interface CardProfile {
  readonly id: string;
  readonly provider: string;
}

/** One auth choice of `openclaw onboard`. Facts given here win over the card's own. */
export interface CardChoice {
  readonly id: string;
  /** Command-line flag that carries the key, with its dashes. */
  readonly flag: string;
  readonly label: string;
  readonly hint?: string;
  /** First is the one a setup's `profile` renames. */
  readonly profiles: readonly CardProfile[];
  /** Environment variables for this choice, first preferred, when they differ from the card's. */
  readonly env?: readonly string[];
  /** Variable that `ref` mode names when a key is given as a flag; the first of the variables by default. */
  readonly refVariable?: string;
  /** May hold `{name}` for each of `parameters`. */
  readonly baseUrl?: string;
  readonly api?: string;
  /** Fields of an existing block that are filled when absent or blank instead of overwritten. */
  readonly keep?: readonly ("baseUrl" | "api")[];
  readonly models?: readonly ModelDefinition[];
  readonly aliases?: { readonly [ref: string]: string };
  readonly register?: readonly string[];
  readonly defaultModel?: string;
  /** Further values the choice asks for: flag, and the key of the credential's metadata that keeps it. */
  readonly parameters?: readonly CardParameter[];
}

/** A value beside the key that an auth choice asks for, such as an account id. */
export interface CardParameter {
  readonly name: string;
  readonly flag: string;
  readonly label: string;
  readonly env?: string;
}

/** One provider. Its id is its file name. */
export interface Card {
  readonly id: string;
  readonly label: string;
  readonly group: { readonly id: string; readonly label: string; readonly hint?: string };
  /** OpenClaw's plugin that has to be enabled. */
  readonly plugin?: string;
  /** Environment variables that hold the key, first preferred. */
  readonly env: readonly string[];
  readonly baseUrl?: string;
  readonly api?: string;
  /** Written into the block: the key goes as `Authorization: Bearer` whatever the API's own header is. */
  readonly authHeader?: boolean;
  /** Which of the card's models go into a block that already has models: the missing ones, or none when the default is there. */
  readonly fill?: "missing" | "default";
  readonly models?: readonly ModelDefinition[];
  /** Default aliases; they only fill a gap. */
  readonly aliases?: { readonly [ref: string]: string };
  /** Model references to register in `agents.defaults.models` without an alias. */
  readonly register?: readonly string[];
  /** Full reference, `provider/model`. */
  readonly defaultModel?: string;
  /** Written as `agents.defaults.imageGenerationModel.primary` by onboarding. */
  readonly imageModel?: string;
  /** Fills `agents.defaults.thinkingDefault` when it is absent. */
  readonly thinkingDefault?: string;
  readonly choices: readonly CardChoice[];
}

// --- Setup: what the user declares ---

/** Where a key comes from. `string` is the key itself (discouraged). */
export type KeySource = string | { env: string } | { file: string } | { stdin: true } | SecretRef;

/** One provider of a setup file: how to authenticate, and any field of a provider block. */
export interface SetupProvider {
  choice?: string;
  profile?: string;
  apiKey?: KeySource;
  parameters?: { [name: string]: string };
  baseUrl?: string;
  api?: string;
  models?: ModelDefinition[];
  [key: string]: unknown;
}

/** Edits of the fallback list, or the list itself. */
export type FallbackEdits = string[] | { set?: string[]; append?: string[]; prepend?: string[]; remove?: string[] };

/** A model slot of a setup file. */
export interface SetupModelSlot {
  primary?: string;
  fallbacks?: FallbackEdits;
  /** Milliseconds. */
  timeoutMs?: number;
}

/** Text to speech. Other keys go to the provider's own entry. */
export interface SetupTts {
  provider: string;
  auto?: string;
  model?: string;
  voice?: string;
  responseFormat?: string;
  [key: string]: Json | undefined;
}

/** A setup file after validation. */
export interface Setup {
  $schema?: string;
  agents?: string[];
  providers?: { [id: string]: SetupProvider };
  model?: SetupModelSlot;
  aliases?: { [ref: string]: string };
  imageModel?: SetupModelSlot;
  videoModel?: SetupModelSlot;
  tts?: SetupTts;
  thinkingDefault?: string;
  env?: { vars?: { [name: string]: string } };
}
