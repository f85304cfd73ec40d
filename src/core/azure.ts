/** Azure's addresses: Azure OpenAI and AI Foundry, as OpenClaw's custom setup tells them apart (measured on 2026.5.6). */

/** What is different about an address on Azure. */
export interface AzurePlace {
  /** As the block has it: the resource's address with `/openai/v1`. */
  readonly baseUrl: string;
  /** True for Azure OpenAI, which speaks its own protocol; false for AI Foundry. */
  readonly openai: boolean;
}

const deployments = "/openai/deployments/";
const versioned = "/openai/v1";

/** The place on Azure that an address means; null for any other. */
export function azurePlace(baseUrl: string): AzurePlace | null {
  const host = hostOf(baseUrl);
  const openai = host?.endsWith(".openai.azure.com") === true;
  if (!openai && host?.endsWith(".services.ai.azure.com") !== true) return null;
  const plain = baseUrl.replace(/\/$/, "");
  if (plain.endsWith(versioned)) return { baseUrl: plain, openai };
  const [resource = plain] = plain.split(deployments);
  return { baseUrl: resource + versioned, openai };
}

/** True when both are addresses of one host. */
export function sameHost(a: string, b: string): boolean {
  const host = hostOf(a);
  return host !== null && host === hostOf(b);
}

/** True for the ids of OpenAI's reasoning models, by which Azure deployments are usually called. */
export function reasonsOnAzure(modelId: string): boolean {
  return /\b(?:o[134]|gpt-(?:[5-9]|\d{2,}))\b/i.test(modelId);
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname.toLowerCase() : null;
}
