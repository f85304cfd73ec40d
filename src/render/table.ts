/** Tables for people: columns, no boxes. */

import { styleFor } from "./style.js";
import { visible } from "./visible.js";
import { columnsOf, cut, padTo, wrapWords } from "./wrap.js";

const gap = "  ";
/** A last column narrower than this is no help: then each row becomes a block of its own. */
const narrowest = 16;

/**
 * Rows under the names of their columns; wide characters keep their columns straight. On a narrow terminal the last
 * column is wrapped between words; on a very narrow one each row is a block of `name  value` lines. Ends with a line break.
 */
export function renderTable(
  rows: readonly (readonly string[])[],
  columns: readonly string[],
  { color, width }: { readonly color: boolean; readonly width: number },
): string {
  const style = styleFor(color);
  const cells = rows.map((row) => columns.map((_, index) => visible(row[index] ?? "")));
  const widths = columns.map((name, index) =>
    Math.max(columnsOf(name), ...cells.map((row) => columnsOf(row[index] as string))),
  );
  const last = columns.length - 1;
  const before = widths.slice(0, last).reduce((sum, one) => sum + one + gap.length, 0);
  const room = width - before;
  if (room < Math.min(narrowest, widths[last] ?? 0)) return blocks(cells, columns, width, style.heading);
  const line = (row: readonly string[]): string[] => {
    const start = row
      .slice(0, last)
      .map((cell, index) => padTo(cell, widths[index] as number) + gap)
      .join("");
    return wrapWords(row[last] ?? "", width, start, " ".repeat(before)).map((part) => cut(part, width).trimEnd());
  };
  const [heading = "", ...more] = line(columns);
  return [style.heading(heading), ...more, ...cells.flatMap(line)].map((text) => `${text}\n`).join("");
}

function blocks(
  rows: readonly (readonly string[])[],
  columns: readonly string[],
  width: number,
  heading: (text: string) => string,
): string {
  const nameWidth = Math.max(...columns.map(columnsOf)) + gap.length;
  const block = (row: readonly string[]): string =>
    row
      .flatMap((cell, index) => {
        const name = columns[index] as string;
        const [first = "", ...more] = wrapWords(cell, width, padTo(name, nameWidth), gap);
        return [heading(name) + first.slice(name.length), ...more];
      })
      .map((text) => `${text.trimEnd()}\n`)
      .join("");
  return rows.map(block).join("\n");
}
