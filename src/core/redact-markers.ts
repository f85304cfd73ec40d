/** Texts that stand where a key may stand and are none: OpenClaw 2026.5.6's markers and names of variables. */

/** Lists as texts: to search one now and then costs less than to take it apart first. */
const words = " custom-local gcp-vertex-credentials lmstudio-local minimax-oauth ollama-local secretref-managed ";

/** The variables OpenClaw knows: one's name, written as an `apiKey`, means the variable. */
const variables =
  " AI_GATEWAY_API_KEY ANTHROPIC_API_KEY ANTHROPIC_OAUTH_TOKEN ARCEEAI_API_KEY AWS_ACCESS_KEY_ID AWS_BEARER_TOKEN_BEDROCK " +
  "AWS_PROFILE AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AZURE_API_KEY AZURE_OPENAI_API_KEY AZURE_SPEECH_API_KEY " +
  "AZURE_SPEECH_KEY AZURE_SPEECH_REGION BYTEPLUS_API_KEY BYTEPLUS_SEED_SPEECH_API_KEY CEREBRAS_API_KEY CHUTES_API_KEY " +
  "CHUTES_OAUTH_TOKEN CLOUDFLARE_AI_GATEWAY_API_KEY COMFY_API_KEY COMFY_CLOUD_API_KEY COPILOT_GITHUB_TOKEN CUSTOM_API_KEY " +
  "DASHSCOPE_API_KEY DEEPGRAM_API_KEY DEEPINFRA_API_KEY DEEPSEEK_API_KEY ELEVENLABS_API_KEY EXA_API_KEY FAL_API_KEY FAL_KEY " +
  "FIRECRAWL_API_KEY FIREWORKS_API_KEY GEMINI_API_KEY GH_TOKEN GITHUB_TOKEN GOOGLE_API_KEY GOOGLE_CLOUD_API_KEY " +
  "GRADIUM_API_KEY GROQ_API_KEY HF_TOKEN HUGGINGFACE_HUB_TOKEN INWORLD_API_KEY KILOCODE_API_KEY KIMICODE_API_KEY KIMI_API_KEY " +
  "LITELLM_API_KEY LM_API_TOKEN MINIMAX_API_KEY MINIMAX_CODE_PLAN_KEY MINIMAX_CODING_API_KEY MINIMAX_OAUTH_TOKEN " +
  "MISTRAL_API_KEY MODELSTUDIO_API_KEY MOONSHOT_API_KEY NOVITA_API_KEY NVIDIA_API_KEY OLLAMA_API_KEY OPENAI_API_KEY " +
  "OPENCODE_API_KEY OPENCODE_ZEN_API_KEY OPENROUTER_API_KEY PERPLEXITY_API_KEY QIANFAN_API_KEY QWEN_API_KEY RUNWAYML_API_SECRET " +
  "RUNWAY_API_KEY SENSEAUDIO_API_KEY SGLANG_API_KEY SPEECH_KEY SPEECH_REGION STEPFUN_API_KEY SYNTHETIC_API_KEY TAVILY_API_KEY " +
  "TOGETHER_API_KEY TOKENHUB_API_KEY VENICE_API_KEY VLLM_API_KEY VOLCANO_ENGINE_API_KEY VOLCENGINE_TTS_API_KEY " +
  "VOLCENGINE_TTS_APPID VOLCENGINE_TTS_TOKEN VOYAGE_API_KEY VYDRA_API_KEY XAI_API_KEY XIAOMI_API_KEY XI_API_KEY ZAI_API_KEY " +
  "Z_AI_API_KEY ";

const scheme = /^(?:bearer|basic|token)\s+/i;
const schemes = ["bearer", "basic", "token"];
const variable = /^(?:\$\{[A-Z_][A-Z0-9_]*\}[\s:;,@/.-]*)+$/;
const reference = /^secretref-env:[A-Z][A-Z0-9_]*$/;
/** An OAuth login by provider name; letters alone, for a Twitch token also begins with `oauth:`. */
const login = /^oauth:[a-z]+(?:-[a-z]+)*$/;

/** A credential as a header carries it, trimmed, without its scheme (`Bearer`). */
export function withoutScheme(value: string): string {
  const plain = value.trim();
  const start = plain.slice(0, 6).toLowerCase();
  return schemes.some((name) => start.startsWith(name)) ? plain.replace(scheme, "") : plain;
}

/**
 * True for a text that is no secret wherever it stands: blank, `${VAR}` alone (or after `Bearer`), a marker of OpenClaw's
 * (credentials of local servers, names of known variables), or a mask. `name` is the member that holds it.
 */
export function isMarker(value: string, name: string): boolean {
  const plain = value.trim();
  if (plain === "" || isListed(plain, words) || isListed(plain, variables)) return true;
  if (plain.startsWith("*") && /^\*+$/.test(plain)) return true;
  if (plain.includes("${") && variable.test(withoutScheme(plain))) return true;
  if (plain.startsWith("secretref-env:") && reference.test(plain)) return true;
  return name === "apiKey" && plain.startsWith("oauth:") && login.test(plain);
}

function isListed(text: string, list: string): boolean {
  return list.includes(` ${text} `) && !text.includes(" ");
}
