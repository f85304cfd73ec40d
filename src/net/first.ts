/** Which of several addresses takes a key: the first that answers a one-token request. */

import type { CardProbe } from "../types.js";
import type { Ask } from "./ask.js";

type Candidate = Extract<CardProbe, { rule: "first" }>["candidates"][number];

/** The first candidate whose chat endpoint takes the key for its model; null when none does. Never throws. */
export async function firstThatAnswers(
  ask: Ask,
  candidates: readonly Candidate[],
  key: string,
): Promise<Candidate | null> {
  for (const candidate of candidates) {
    const outcome = await ask({
      method: "POST",
      url: `${candidate.baseUrl}/chat/completions`,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({
        model: candidate.model,
        stream: false,
        max_tokens: 1,
        messages: [{ role: "user", content: "ping" }],
      }),
    });
    if (outcome.ok && outcome.answer.status >= 200 && outcome.answer.status <= 299) return candidate;
  }
  return null;
}
