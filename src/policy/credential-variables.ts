/** Which variables OpenClaw 2026.5.6 takes a provider's key from, first wins (measured; credentials.md 6d). */

import { credentialProviderId, normalizeProviderId } from "../ids.js";

const table = `
anthropic ANTHROPIC_OAUTH_TOKEN ANTHROPIC_API_KEY
anthropic-openai ANTHROPIC_API_KEY
arcee ARCEEAI_API_KEY
byteplus BYTEPLUS_API_KEY
cerebras CEREBRAS_API_KEY
chutes CHUTES_API_KEY CHUTES_OAUTH_TOKEN
cloudflare-ai-gateway CLOUDFLARE_AI_GATEWAY_API_KEY
comfy COMFY_API_KEY COMFY_CLOUD_API_KEY
deepgram DEEPGRAM_API_KEY
deepinfra DEEPINFRA_API_KEY
deepseek DEEPSEEK_API_KEY
elevenlabs ELEVENLABS_API_KEY XI_API_KEY
exa EXA_API_KEY
fal FAL_KEY FAL_API_KEY
firecrawl FIRECRAWL_API_KEY
fireworks FIREWORKS_API_KEY
github-copilot COPILOT_GITHUB_TOKEN GH_TOKEN GITHUB_TOKEN
google GEMINI_API_KEY GOOGLE_API_KEY
google-vertex GOOGLE_CLOUD_API_KEY
gradium GRADIUM_API_KEY
groq GROQ_API_KEY
huggingface HUGGINGFACE_HUB_TOKEN HF_TOKEN
inworld INWORLD_API_KEY
kilocode KILOCODE_API_KEY
kimi KIMI_API_KEY KIMICODE_API_KEY
litellm LITELLM_API_KEY
lmstudio LM_API_TOKEN
microsoft-foundry AZURE_OPENAI_API_KEY
minimax MINIMAX_CODE_PLAN_KEY MINIMAX_CODING_API_KEY MINIMAX_API_KEY
minimax-portal MINIMAX_OAUTH_TOKEN MINIMAX_API_KEY
mistral MISTRAL_API_KEY
moonshot MOONSHOT_API_KEY KIMI_API_KEY
nvidia NVIDIA_API_KEY
ollama OLLAMA_API_KEY
openai OPENAI_API_KEY
opencode OPENCODE_API_KEY OPENCODE_ZEN_API_KEY
opencode-go OPENCODE_API_KEY OPENCODE_ZEN_API_KEY
openrouter OPENROUTER_API_KEY
perplexity PERPLEXITY_API_KEY OPENROUTER_API_KEY
qianfan QIANFAN_API_KEY
qwen QWEN_API_KEY MODELSTUDIO_API_KEY DASHSCOPE_API_KEY
qwen-dashscope DASHSCOPE_API_KEY
runway RUNWAYML_API_SECRET RUNWAY_API_KEY
senseaudio SENSEAUDIO_API_KEY
sglang SGLANG_API_KEY
stepfun STEPFUN_API_KEY
stepfun-plan STEPFUN_API_KEY
synthetic SYNTHETIC_API_KEY
tencent-tokenhub TOKENHUB_API_KEY
together TOGETHER_API_KEY
venice VENICE_API_KEY
vercel-ai-gateway AI_GATEWAY_API_KEY
vllm VLLM_API_KEY
volcengine VOLCANO_ENGINE_API_KEY
voyage VOYAGE_API_KEY
vydra VYDRA_API_KEY
xai XAI_API_KEY
xiaomi XIAOMI_API_KEY
zai ZAI_API_KEY Z_AI_API_KEY`;

const variables: ReadonlyMap<string, readonly string[]> = new Map(
  table
    .trim()
    .split("\n")
    .map((line): [string, string[]] => {
      const [id = "", ...names] = line.split(" ");
      return [id, names];
    }),
);
const names: ReadonlySet<string> = new Set([...variables.values()].flat());

/** The variables of a provider, first preferred. */
export function credentialVariables(provider: string): readonly string[] {
  return variables.get(credentialProviderId(provider)) ?? variables.get(normalizeProviderId(provider)) ?? [];
}

/** True for a text that, standing as a provider's `apiKey`, names a variable instead of being a key. */
export function isKeyVariable(text: string): boolean {
  return names.has(text);
}
