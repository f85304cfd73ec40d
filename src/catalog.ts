/** The provider cards a run sees. Floor 4: where they lie, and what may stand beside them. */

import { resolve } from "node:path";
import { parseCard, parseElsewhere } from "./core/card.js";
import { catalogDirectory, listCardIds, readCardText, readElsewhereText } from "./store/catalog.js";
import type { Environment } from "./store/env-file.js";
import type { Card, ElsewhereChoice } from "./types.js";

/** The cards, each read when it is asked for. */
export interface Catalog {
  readonly ids: () => string[];
  readonly card: (id: string) => Card | null;
  readonly all: () => Card[];
  /** Choices that are done elsewhere. */
  readonly elsewhere: () => readonly ElsewhereChoice[];
}

// What came with clawform does not change while a program runs; a program may plan many times.
const builtIn = new Map<string, Card>();
let builtInIds: readonly string[] | undefined;

/**
 * The built-in catalog, or the one in a directory of one's own. Cards in a directory `beside` it come first: they add
 * providers, or take the place of a card of the same id.
 */
export function openCatalog(own?: string, beside?: string): Catalog {
  const directory = own ?? catalogDirectory();
  const read = (id: string, from: string, trusted: boolean): Card | null => {
    const found = readCardText(from, id);
    return found && parseCard(id, found.text, found.path, trusted);
  };
  const shelf = (id: string): Card | null => {
    if (own !== undefined) return read(id, directory, false);
    const known = builtIn.get(id);
    if (known || builtInIds?.includes(id) === false) return known ?? null;
    const found = read(id, directory, true);
    if (found) builtIn.set(id, found);
    return found;
  };
  const card = (id: string): Card | null => (beside === undefined ? null : read(id, beside, false)) ?? shelf(id);
  const ids = (): string[] => {
    const here = [...(own === undefined ? (builtInIds ??= listCardIds(directory)) : listCardIds(directory))];
    return beside === undefined ? here : [...new Set([...here, ...listCardIds(beside)])].sort();
  };
  return {
    ids,
    card,
    all: () => ids().map((id) => card(id) as Card),
    elsewhere: () => {
      const found = readElsewhereText(directory);
      return found ? parseElsewhere(found.text, found.path, own === undefined) : [];
    },
  };
}

/** Where a directory of further cards is named. */
const catalogVariable = "CLAWFORM_CATALOG";

/** The catalog that a run sees: the built-in one, with the cards of the directory in `CLAWFORM_CATALOG` before it. */
export function catalogOf({ env, cwd }: { readonly env: Environment; readonly cwd: string }, own?: string): Catalog {
  const beside = env[catalogVariable]?.trim();
  return openCatalog(own, beside ? resolve(cwd, beside) : undefined);
}
