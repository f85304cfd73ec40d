/**
 * How OpenClaw spells ids. Floor 0: pure text rules, measured on OpenClaw 2026.5.6.
 */

const providerAliases: ReadonlyMap<string, string> = new Map([
  ["modelstudio", "qwen"],
  ["qwencloud", "qwen"],
  ["z.ai", "zai"],
  ["z-ai", "zai"],
  ["opencode-zen", "opencode"],
  ["opencode-go-auth", "opencode-go"],
  ["kimi-code", "kimi"],
  ["kimi-coding", "kimi"],
  ["bedrock", "amazon-bedrock"],
  ["aws-bedrock", "amazon-bedrock"],
  ["bytedance", "volcengine"],
  ["doubao", "volcengine"],
]);

const credentialAliases: ReadonlyMap<string, string> = new Map([
  ["byteplus-plan", "byteplus"],
  ["volcengine-plan", "volcengine"],
  ["claude-cli", "anthropic"],
  ["codex-cli", "openai-codex"],
  ["openai-codex-import", "openai-codex"],
  ["minimax-api", "minimax"],
  ["minimax-cloud", "minimax"],
  ["minimax-api-lightning", "minimax"],
  ["minimax-api-key-cn", "minimax"],
  ["modelstudio-api-key", "qwen"],
  ["modelstudio-api-key-cn", "qwen"],
  ["modelstudio-standard-api-key", "qwen"],
  ["modelstudio-standard-api-key-cn", "qwen"],
]);

/** The provider id OpenClaw means: trimmed, lower case, well-known spellings folded. */
export function normalizeProviderId(id: string): string {
  const plain = id.trim().toLowerCase();
  return providerAliases.get(plain) ?? plain;
}

/** The provider id that credentials are compared by: normalised, then shared-credential aliases folded. */
export function credentialProviderId(id: string): string {
  const normal = normalizeProviderId(id);
  return credentialAliases.get(normal) ?? normal;
}

/** Splits `provider/model` at the first slash; null when there is none or a side is blank. The model's case is kept. */
export function splitModelRef(ref: string): { provider: string; model: string } | null {
  const slash = ref.indexOf("/");
  if (slash < 0) return null;
  const provider = ref.slice(0, slash).trim();
  const model = ref.slice(slash + 1).trim();
  return provider === "" || model === "" ? null : { provider, model };
}

/** The agent ids clawform takes: OpenClaw coerces others, which would make two names mean one directory. */
export const agentIdPattern: RegExp = /^[a-z0-9][a-z0-9_-]{0,63}$/i;

/** Names that reach an object's prototype when used as a key. */
export const unsafeKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** What an agent's credential store is called in output. */
export function authStoreLabel(agent: string): string {
  return agent === "main" ? "auth-profiles.json" : `agents/${agent}/agent/auth-profiles.json`;
}
