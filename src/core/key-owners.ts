/** Whose key is it? Known by how it begins, where the provider says so in public. */

import { credentialProviderId } from "../ids.js";

/** A public prefix, and the providers that take such a key; the longest that fits counts. */
const prefixes: readonly { readonly prefix: string; readonly label: string; readonly providers: readonly string[] }[] =
  [
    { prefix: "sk-or-", label: "OpenRouter", providers: ["openrouter"] },
    { prefix: "sk-ant-", label: "Anthropic", providers: ["anthropic", "cloudflare-ai-gateway", "opencode"] },
    { prefix: "sk-proj-", label: "OpenAI", providers: ["openai"] },
    { prefix: "sk-svcacct-", label: "OpenAI", providers: ["openai"] },
    { prefix: "AIza", label: "Google", providers: ["google"] },
    { prefix: "gsk_", label: "Groq", providers: ["groq"] },
    { prefix: "xai-", label: "xAI", providers: ["xai"] },
    { prefix: "hf_", label: "Hugging Face", providers: ["huggingface"] },
    { prefix: "nvapi-", label: "NVIDIA", providers: ["nvidia"] },
    { prefix: "fw_", label: "Fireworks", providers: ["fireworks"] },
    { prefix: "pplx-", label: "Perplexity", providers: ["perplexity"] },
    { prefix: "csk-", label: "Cerebras", providers: ["cerebras"] },
    { prefix: "cpk_", label: "Chutes", providers: ["chutes"] },
    { prefix: "vck_", label: "Vercel AI Gateway", providers: ["vercel-ai-gateway"] },
    { prefix: "ghu_", label: "GitHub", providers: ["github-copilot"] },
    { prefix: "gho_", label: "GitHub", providers: ["github-copilot"] },
    { prefix: "ghp_", label: "GitHub", providers: ["github-copilot"] },
    { prefix: "github_pat_", label: "GitHub", providers: ["github-copilot"] },
  ];

/** The name of the provider that a key is visibly of when that is not this one; null when it may well be this one's. */
export function foreignOwner(key: string, provider: string): string | null {
  const [owner] = prefixes
    .filter(({ prefix }) => key.startsWith(prefix))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  return owner && !owner.providers.includes(credentialProviderId(provider)) ? owner.label : null;
}
