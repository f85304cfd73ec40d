/** `clawform models list`: the models at hand, and with `--provider` those the provider offers. */

import { listModels, type ModelRow } from "../core/model-list.js";
import type { Discovery } from "../discovery.js";
import { renderProblems } from "../render/problems.js";
import { renderTable } from "../render/table.js";
import type { Problem } from "../types.js";
import { openWorkspace } from "../workspace.js";
import type { Console } from "./console.js";
import { type AskOptions, type PlaceOptions, type PrintOptions, wantsColor } from "./options.js";
import { askedProvider } from "./models-discover.js";
import { printJson } from "./print.js";

/** What `models list` takes. */
export type ListOptions = PlaceOptions & PrintOptions & AskOptions & { provider?: string; offline?: boolean };

/** Lists models; only `--provider` asks the network. */
export async function showModels(options: ListOptions, io: Console): Promise<void> {
  const workspace = openWorkspace(options, io);
  const { provider } = options;
  const asks = provider !== undefined && !options.offline;
  const discovery = asks ? await askedProvider(provider, options, workspace, io) : null;
  const discovered = discovery?.discovered ? { provider: discovery.provider, models: discovery.discovered } : undefined;
  const rows = listModels(workspace.value, workspace.catalog.all(), provider, discovered);
  const problems = discovery?.problems ?? [];
  if (options.json) return printJson(listJson(rows, discovery, problems), io);
  if (!options.quiet && problems.length > 0)
    io.err(renderProblems(problems, { color: wantsColor(options.color, io.errIsTerminal, io), width: io.width }));
  if (rows.length === 0) return io.out("No models.\n");
  const isPriced = rows.some(({ cost }) => cost !== null && cost.input + cost.output > 0);
  const cells = rows.map(({ ref, name, input, contextWindow, maxTokens, cost, tags }) => [
    ref,
    name,
    input.join("+") || "-",
    tokens(contextWindow),
    tokens(maxTokens),
    ...(isPriced ? [cost ? `${cost.input}/${cost.output}` : "-"] : []),
    tags.join(", "),
  ]);
  const columns = ["model", "name", "input", "context", "output", ...(isPriced ? ["$/M in/out"] : []), "tags"];
  io.out(renderTable(cells, columns, { color: wantsColor(options.color, io.outIsTerminal, io), width: io.width }));
}

function listJson(rows: readonly ModelRow[], discovery: Discovery | null, problems: readonly Problem[]): object {
  return {
    format: 1,
    count: rows.length,
    models: rows,
    ...(discovery
      ? {
          discovery: {
            provider: discovery.provider,
            url: discovery.url,
            source: discovery.discovered ? "endpoint" : "catalog",
            key: discovery.key,
          },
          problems,
        }
      : {}),
  };
}

/** Tokens in thousands, as OpenClaw's own list shows them; fewer as they are. */
function tokens(count: number | null): string {
  if (count === null) return "-";
  return count < 1024 ? String(count) : `${Math.round(count / 1024)}k`;
}
