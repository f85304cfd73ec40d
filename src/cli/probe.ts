/** `--probe`: asks, and says in words what came of it. */

import { chooseFrom } from "../core/card.js";
import { requestProblem } from "../core/problem.js";
import type { Ask } from "../net/ask.js";
import { firstThatAnswers } from "../net/first.js";
import { eitherOf, request, shownUrl } from "../net/http.js";
import { type ServerQuestion, serverModels } from "../net/server-models.js";
import type { Card, CardChoice, CardProbe, ModelDefinition, Problem } from "../types.js";
import type { Workspace } from "../workspace.js";
import type { Console } from "./console.js";
import { asking } from "./progress.js";

/** How it is asked: the installation, whose variables lead to proxies, and who waits. */
export interface ProbePlace {
  readonly workspace: Workspace;
  readonly io: Console;
  readonly quiet?: boolean | undefined;
}

/** How long a request may take, and all that is asked about a list of models; seconds. */
const timeout = 5;

type Candidates = Extract<CardProbe, { rule: "first" }>["candidates"];

/** The models of a server; null, with a warning, when it does not say. Throws an `interrupted` error on Ctrl-C. */
export async function askServer(
  question: Omit<ServerQuestion, "timeoutMs">,
  place: ProbePlace,
): Promise<{ models: readonly ModelDefinition[] | null; problems: Problem[] }> {
  const answer = await probing(`Asking ${shownUrl(question.baseUrl)} for its models`, place, async (ask) =>
    serverModels(ask, { ...question, timeoutMs: timeout * 1000 }),
  );
  if ("models" in answer) {
    const { models, untold } = answer;
    const what = `the server said no more than the name of ${untold} of ${models.length} models in ${timeout} s; limits and abilities are assumed`;
    return { models, problems: untold > 0 ? [requestProblem("warning", "models-untold", what, "")] : [] };
  }
  const message = `the server at ${shownUrl(question.baseUrl)} does not say which models it has: ${answer.why}`;
  return {
    models: null,
    problems: [requestProblem("warning", "not-answering", message, "Start it, or check the address and the key.")],
  };
}

/**
 * The choice with the address and the model that take the key; as it is, with a warning, when none does. Throws an
 * `interrupted` error on Ctrl-C.
 */
export async function probedChoice(
  card: Card,
  choice: CardChoice,
  candidates: Candidates,
  key: string,
  place: ProbePlace,
): Promise<{ choice: CardChoice; problems: Problem[] }> {
  const found = await probing(`Asking which address of ${card.label} takes the key`, place, async (ask) =>
    firstThatAnswers(ask, candidates, key),
  );
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

async function probing<Value>(
  what: string,
  { workspace: { env }, io, quiet = false }: ProbePlace,
  use: (ask: Ask) => Promise<Value>,
): Promise<Value> {
  const maxBytes = 4 * 1024 * 1024;
  return asking(what, { timeout, quiet }, io, async (patience) =>
    use(async (asked, until) => {
      const signal = until ? eitherOf(patience.signal, until) : patience.signal;
      return request(asked, { ...patience, ...(signal ? { signal } : {}), env, maxBytes });
    }),
  );
}
