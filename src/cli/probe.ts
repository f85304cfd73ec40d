/** `--probe`: asks, and says in words what came of it. */

import { chooseFrom } from "../core/card.js";
import { requestProblem } from "../core/problem.js";
import { thisProcess } from "../host.js";
import type { Ask } from "../net/ask.js";
import { firstThatAnswers } from "../net/first.js";
import { request, shownUrl } from "../net/http.js";
import { type ServerQuestion, serverModels } from "../net/server-models.js";
import type { Card, CardChoice, CardProbe, ModelDefinition, Problem } from "../types.js";
import type { Workspace } from "../workspace.js";

type Candidates = Extract<CardProbe, { rule: "first" }>["candidates"];

/** The models of a server; null, with a warning, when it does not say. */
export async function askServer(
  question: ServerQuestion,
  workspace: Workspace,
): Promise<{ models: readonly ModelDefinition[] | null; problems: Problem[] }> {
  const answer = await serverModels(asking(workspace), question);
  if ("models" in answer) return { models: answer.models, problems: [] };
  const message = `the server at ${shownUrl(question.baseUrl)} does not say which models it has: ${answer.why}`;
  return {
    models: null,
    problems: [requestProblem("warning", "not-answering", message, "Start it, or check the address and the key.")],
  };
}

/** The choice with the address and the model that take the key; as it is, with a warning, when none does. */
export async function probedChoice(
  card: Card,
  choice: CardChoice,
  candidates: Candidates,
  key: string,
  workspace: Workspace,
): Promise<{ choice: CardChoice; problems: Problem[] }> {
  const found = await firstThatAnswers(asking(workspace), candidates, key);
  if (!found) {
    const message = `no address of ${card.label} takes this key`;
    return {
      choice,
      problems: [requestProblem("warning", "not-answering", message, "Check the key and the network.")],
    };
  }
  const { keep: _, ...rest } = choice;
  const { aliases = {}, defaultModel: former } = chooseFrom(card, choice);
  const defaultModel = `${card.id}/${found.model}`;
  // The alias is for whichever model is the default.
  const moved = Object.entries(aliases).map(([ref, alias]) => [ref === former ? defaultModel : ref, alias] as const);
  return {
    choice: { ...rest, baseUrl: found.baseUrl, defaultModel, aliases: Object.fromEntries(moved) },
    problems: [],
  };
}

function asking({ env }: Workspace): Ask {
  return async (asked) => request(asked, { env, clock: thisProcess, timeoutMs: 5000, maxBytes: 4 * 1024 * 1024 });
}
