/** `clawform providers`: the catalog. */

import { closest } from "../core/nearest.js";
import { usageError } from "../errors.js";
import { renderTable } from "../render/table.js";
import { columnsOf, wrapWords } from "../render/wrap.js";
import type { Card, ElsewhereChoice } from "../types.js";
import { catalogOf } from "../catalog.js";
import type { Register } from "./index.js";
import { matches } from "./prompt-search.js";
import { printOptions, type PrintOptions, wantsColor } from "./options.js";
import { printJson } from "./print.js";

/** Adds the command. */
export const register: Register = (program, io) => {
  printOptions(program.command("providers"))
    .summary("the catalog: auth choices, variables, base URL, default model")
    .description("Lists the providers clawform knows, or shows one of them.")
    .argument("[id]", "provider id")
    .addHelpText("after", "\nExamples:\n  $ clawform providers\n  $ clawform providers kilocode --json")
    .option("--search <words>", "only those that have these words: of an id, name, group, choice, variable")
    .action((id: string | undefined, options: PrintOptions & { search?: string }) => {
      const catalog = catalogOf(io);
      if (id === undefined) {
        const cards = catalog.all().filter((card) => matches(options.search ?? "", wordsOf(card)));
        if (options.json) return printJson({ format: 1, providers: cards, elsewhere: [...catalog.elsewhere()] }, io);
        if (cards.length === 0) return io.out("No providers.\n");
        io.out(overview(cards, { color: wantsColor(options.color, io.outIsTerminal, io), width: io.width }));
        if (options.search === undefined) io.out(`\n${elsewhere(catalog.elsewhere(), io.width)}`);
        return;
      }
      const card = catalog.card(id);
      if (!card) {
        const near = closest(id, catalog.ids());
        throw usageError("unknown-provider", `"${id}" is not in the catalog`, {
          hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "clawform providers lists them.",
        });
      }
      if (options.json) return printJson({ format: 1, provider: card }, io);
      const lines = details(card).flatMap(([name, value]) =>
        wrapWords(value, io.width, name.padEnd(15), " ".repeat(15)),
      );
      io.out(`${lines.join("\n")}\n`);
    });
};

/** Choices of OpenClaw's that need a login, or are gone; `onboard` says what to run instead. */
function elsewhere(choices: readonly ElsewhereChoice[], width: number): string {
  const names = (why: ElsewhereChoice["why"]): string =>
    choices.flatMap(({ id, why: own }) => (own === why ? [id] : [])).join(", ");
  const told = `Done by openclaw itself, since they need a login: ${names("login")}. Gone: ${names("gone")}. clawform onboard --auth-choice ID says what to do instead.`;
  return `${wrapWords(told, width).join("\n")}\n`;
}

const columns: readonly (readonly [string, (card: Card) => string])[] = [
  ["provider", ({ id }) => id],
  ["default model", ({ defaultModel, choices: [first] }) => defaultModel ?? first?.defaultModel ?? "-"],
  ["name", ({ label }) => label],
  ["variables", ({ env }) => env.join(", ")],
];

/** One line for each provider, with as many columns as have room; `providers ID` tells the rest. */
function overview(cards: readonly Card[], options: { readonly color: boolean; readonly width: number }): string {
  const widths = columns.map(([name, of]) => Math.max(...[name, ...cards.map(of)].map(columnsOf)));
  const fitting = widths.filter((_, index) => sum(widths.slice(0, index + 1)) + 2 * index <= options.width).length;
  const shown = columns.slice(0, Math.max(2, fitting));
  return renderTable(
    cards.map((card) => shown.map(([, of]) => of(card))),
    shown.map(([name]) => name),
    options,
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** What a search looks through. */
function wordsOf({ id, label, group, env, choices }: Card): string {
  const choice = choices.flatMap((one) => [one.id, one.label]);
  return [id, label, group.label, group.hint, ...env, ...choice].join(" ").toLowerCase();
}

function details(card: Card): [string, string][] {
  return [
    ["provider", card.id],
    ["name", card.label],
    ["group", [card.group.label, card.group.hint].filter(Boolean).join(": ")],
    ["base URL", card.baseUrl ?? "(built into OpenClaw)"],
    ["API", card.api ?? "(built into OpenClaw)"],
    ["default model", card.defaultModel ?? "(none)"],
    ["variables", card.env.join(", ")],
    ["plugin", card.plugin ?? "(none)"],
    ["models", card.models?.map(({ id }) => id).join(", ") ?? "(listed by OpenClaw)"],
    ...card.choices.map((choice): [string, string] => ["auth choice", `${choice.id}  ${choice.flag}  ${choice.label}`]),
  ];
}
