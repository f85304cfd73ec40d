/** `clawform providers`: the catalog. */

import { closest } from "../core/nearest.js";
import { usageError } from "../errors.js";
import { renderTable } from "../render/table.js";
import { wrapWords } from "../render/wrap.js";
import type { Card, ElsewhereChoice } from "../types.js";
import { catalogOf } from "../workspace.js";
import type { Register } from "./index.js";
import { printOptions, type PrintOptions, wantsColor } from "./options.js";
import { printJson } from "./show.js";

/** Adds the command. */
export const register: Register = (program, io) => {
  printOptions(program.command("providers"))
    .summary("the catalog: auth choices, variables, base URL, default model")
    .description("Lists the providers clawform knows, or shows one of them.")
    .argument("[id]", "provider id")
    .addHelpText("after", "\nExamples:\n  $ clawform providers\n  $ clawform providers kilocode --json")
    .action((id: string | undefined, options: PrintOptions) => {
      const catalog = catalogOf(io);
      if (id === undefined) {
        const cards = catalog.all();
        if (options.json) return printJson({ format: 1, providers: cards, elsewhere: [...catalog.elsewhere()] }, io);
        io.out(
          renderTable(cards.map(summary), ["provider", "name", "default model", "variables"], {
            color: wantsColor(options.color, io.outIsTerminal, io),
            width: io.width,
          }),
        );
        return io.out(`\n${elsewhere(catalog.elsewhere(), io.width)}`);
      }
      const card = catalog.card(id);
      if (!card) {
        const near = closest(id, catalog.ids());
        throw usageError("unknown-provider", `"${id}" is not in the catalog`, {
          hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "clawform providers lists them.",
        });
      }
      if (options.json) return printJson({ format: 1, provider: card }, io);
      io.out(
        `${details(card)
          .map(([name, value]) => `${name.padEnd(15)}${value}`)
          .join("\n")}\n`,
      );
    });
};

/** Choices of OpenClaw's that need a login, or are gone; `onboard` says what to run instead. */
function elsewhere(choices: readonly ElsewhereChoice[], width: number): string {
  const names = (why: ElsewhereChoice["why"]): string =>
    choices.flatMap(({ id, why: own }) => (own === why ? [id] : [])).join(", ");
  const told = `Done by openclaw itself, since they need a login: ${names("login")}. Gone: ${names("gone")}. clawform onboard --auth-choice ID says what to do instead.`;
  return `${wrapWords(told, width).join("\n")}\n`;
}

function summary(card: Card): string[] {
  return [card.id, card.label, card.defaultModel ?? card.choices[0]?.defaultModel ?? "-", card.env.join(", ")];
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
