/** Which commas of a container stay, go or are missing. */

import type { Row } from "./arrange.js";
import { type Layout, lineOfEntry } from "./layout.js";
import { addAfter, kill, type Sheet } from "./sheet.js";

/** How a container separates its items. */
export interface CommaStyle {
  /** Commas begin the lines: `, b`. */
  readonly leading: boolean;
  /** The last item has one too. */
  readonly trailing: boolean;
  /** A comma, with a space before it where all have one. */
  readonly comma: string;
}

/** The comma style of a container that has items. */
export function commaStyle(layout: Layout, fallback: boolean): CommaStyle {
  const { tokens, entries } = layout;
  const between = entries.slice(0, -1);
  const leading = between.every(({ comma }, index) => {
    const line = tokens[comma]?.line;
    return line !== lineOfEntry(layout, index) && line === lineOfEntry(layout, index + 1);
  });
  const last = entries.at(-1);
  const commas = entries.filter(({ comma }) => comma >= 0);
  const spaced =
    commas.length > 0 && commas.every(({ token, comma }) => comma === token + 2 && tokens[token + 1]?.kind === "space");
  return {
    leading: between.length > 0 && leading,
    trailing: last === undefined ? fallback : last.comma >= 0,
    comma: spaced ? " ," : ",",
  };
}

/** Marks the commas of the items that stay or left. Those of arriving items are part of their text. */
export function markCommas(sheet: Sheet, rows: readonly Row[], style: CommaStyle): void {
  const stays = new Map(rows.map((row, index) => [row.place, index]));
  const isLast = (index: number | undefined): boolean => index === rows.length - 1;
  sheet.entries.forEach((entry, place) => {
    if (style.leading) {
      const next = place + 1 < sheet.entries.length ? stays.get(place + 1) : undefined;
      const isEnd = place + 1 === sheet.entries.length && isLast(stays.get(place));
      if (!isEnd && (next === undefined || next === 0)) kill(sheet, entry.comma);
      return;
    }
    const index = stays.get(place);
    const needed = index !== undefined && rows[index]?.instead === false && (!isLast(index) || style.trailing);
    if (!needed) kill(sheet, entry.comma);
    else if (entry.comma < 0) addAfter(sheet, commaSeat(sheet, place), style.comma);
  });
}

/** A missing comma follows its item; on a line it follows the item's comment, which would else be the next one's. */
function commaSeat(sheet: Sheet, place: number): number {
  const entry = sheet.entries[place];
  if (entry === undefined) return 0;
  return sheet.lines === 0 ? entry.last : entry.token;
}
