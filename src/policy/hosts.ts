/** What OpenClaw 2026.5.6 takes a base URL's host for (runtime.md 4). Only with a plugin registry does it know any. */

import type { HostClass } from "./nouns.js";

interface HostRule {
  readonly hostClass: HostClass;
  readonly hosts?: readonly string[];
  /** Ends of host names; without the leading dot the name itself counts too. */
  readonly ends?: readonly string[];
  readonly bases?: readonly string[];
}

const rules: readonly HostRule[] = [
  { hostClass: "anthropic-public", hosts: ["api.anthropic.com"] },
  { hostClass: "cerebras-native", hosts: ["api.cerebras.ai"] },
  { hostClass: "chutes-native", hosts: ["llm.chutes.ai"] },
  { hostClass: "deepseek-native", hosts: ["api.deepseek.com"] },
  { hostClass: "github-copilot-native", ends: [".githubcopilot.com"] },
  { hostClass: "google-generative-ai", hosts: ["generativelanguage.googleapis.com"] },
  { hostClass: "google-vertex", hosts: ["aiplatform.googleapis.com"], ends: ["-aiplatform.googleapis.com"] },
  { hostClass: "groq-native", hosts: ["api.groq.com"] },
  { hostClass: "mistral-public", hosts: ["api.mistral.ai"] },
  { hostClass: "moonshot-native", bases: ["https://api.moonshot.ai/v1", "https://api.moonshot.cn/v1"] },
  {
    hostClass: "modelstudio-native",
    bases: [
      "https://coding-intl.dashscope.aliyuncs.com/v1",
      "https://coding.dashscope.aliyuncs.com/v1",
      "https://dashscope.aliyuncs.com/compatible-mode/v1",
      "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
    ],
  },
  { hostClass: "openai-public", hosts: ["api.openai.com"] },
  { hostClass: "openai-codex", hosts: ["chatgpt.com"] },
  { hostClass: "azure-openai", ends: [".openai.azure.com"] },
  { hostClass: "opencode-native", ends: ["opencode.ai"] },
  { hostClass: "openrouter", ends: ["openrouter.ai"] },
  { hostClass: "xai-native", hosts: ["api.x.ai", "api.grok.x.ai"] },
  { hostClass: "zai-native", hosts: ["api.z.ai"] },
];

const openAIHosts: ReadonlySet<HostClass> = new Set(["openai-public", "openai-codex", "azure-openai"]);

/** The class of a base URL: `default` without one, `local`, `invalid`, one of the table, else `custom`. */
export function hostClass(baseUrl: string, registry: boolean): HostClass {
  if (baseUrl.trim() === "") return "default";
  const url = parsed(baseUrl);
  if (!url) return "invalid";
  const host = url.hostname.toLowerCase();
  if (registry) {
    const base = `${url.origin}${url.pathname}`.toLowerCase().replace(/\/+$/, "");
    const rule = rules.find(
      ({ hosts = [], ends = [], bases = [] }) =>
        hosts.includes(host) || bases.includes(base) || ends.some((end) => endsWith(host, end)),
    );
    if (rule) return rule.hostClass;
  }
  return isLocal(host) ? "local" : "custom";
}

/** True for a configured host that is none of OpenAI's: OpenClaw then leaves out what only OpenAI understands. */
export function isProxyLike(host: HostClass): boolean {
  return host !== "default" && !openAIHosts.has(host);
}

/** True for a host of OpenAI's own, Azure's included. */
export function isOpenAIHost(host: HostClass): boolean {
  return openAIHosts.has(host);
}

/** True for a machine's own or a private network's address: a server there needs no key. */
export function isPrivateBase(baseUrl: string): boolean {
  const host = parsed(baseUrl)?.hostname.toLowerCase() ?? "";
  return (
    isLocal(host) || /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|127\.)/.test(host) || host === "0.0.0.0"
  );
}

function endsWith(host: string, end: string): boolean {
  return end.startsWith(".") || end.startsWith("-") ? host.endsWith(end) : host === end || host.endsWith(`.${end}`);
}

function isLocal(host: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]", "::1"].includes(host) || /\.(localhost|local|internal)$/.test(host);
}

function parsed(baseUrl: string): URL | null {
  try {
    return new URL(baseUrl);
  } catch {
    return null;
  }
}
