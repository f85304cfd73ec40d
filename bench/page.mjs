/** BENCHMARKS.md: each part of it between markers of its own, so that one is written anew and the others stay. */

/** @typedef {import("./rows.mjs").Row} Row */

const head = `# Benchmarks

Written by \`npm run bench\`, each part with its own date and machine. Figures are ratios within one run, medians of alternating
pairs, with the spread from the 10th to the 90th percentile; a **bold** one misses its goal. How each is measured: \`bench/README.md\`.
`;

/**
 * A table of rows: of those that name a column, one with what was measured down and the columns across; of others, a line each.
 * @param {readonly Row[]} rows
 */
export function table(rows) {
  const across = [...new Set(rows.map(({ column }) => column ?? ""))];
  const [head, ...lines] = across.some((column) => column !== "") ? matrix(rows, across) : list(rows);
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head ?? []), `|${"---|".repeat(head?.length ?? 0)}`, ...lines.map(line)].join("\n");
}

/** Without columns that no row fills. @param {readonly Row[]} rows */
function list(rows) {
  /** @type {readonly [title: string, cell: (row: Row) => string][]} */
  const columns = [
    ["what", ({ what }) => what],
    ["figure", figureOf],
    ["spread", ({ spread }) => spread ?? ""],
    ["goal", ({ goal }) => goal ?? ""],
  ];
  const filled = columns.filter(([, cell]) => rows.some((row) => cell(row) !== ""));
  return [filled.map(([title]) => title), ...rows.map((row) => filled.map(([, cell]) => cell(row)))];
}

/** A column's goal stands in its title: it has one at most. @param {readonly Row[]} rows @param {readonly string[]} across */
function matrix(rows, across) {
  const titles = across.map((column) => {
    const goal = rows.find((row) => row.column === column && row.goal !== null)?.goal;
    return goal === undefined ? column : `${column} (${goal})`;
  });
  const cells = [...new Set(rows.map(({ what }) => what))].map((what) => [
    what,
    ...across.map((column) => {
      const row = rows.find((one) => one.what === what && one.column === column);
      if (row === undefined) return "";
      return row.spread === null ? figureOf(row) : `${figureOf(row)}, ${row.spread}`;
    }),
  ]);
  return [["what", ...titles], ...cells];
}

/** @param {Row} row */
const figureOf = ({ figure, met }) => (met === false ? `**${figure}**` : figure);

/**
 * A part as it stands in the page.
 * @param {string} title
 * @param {string} circumstances when and on what
 * @param {import("./rows.mjs").Measured} measured
 */
export function section(title, circumstances, { rows, notes }) {
  const groups = [...new Set(rows.map(({ group }) => group))];
  const tables = groups.map((group) => {
    const those = table(rows.filter((row) => row.group === group));
    return group === undefined ? those : `### ${group}\n\n${those}`;
  });
  const list = notes.map((note) => `- ${note}`).join("\n");
  return [`## ${title}`, `*${circumstances}*`, ...tables, list].filter((block) => block !== "").join("\n\n");
}

/**
 * The page with that part written anew or added; parts stand in the order of `order`, one that is not named there goes.
 * @param {string} page "" for none yet
 * @param {readonly string[]} order
 * @param {string} name
 * @param {string} text
 */
export function withPart(page, order, name, text) {
  const parts = new Map(
    [...page.matchAll(/<!-- (\S+): written by npm run bench -->\n\n([^]*?)\n\n<!-- end of \1 -->/g)].map(
      ([, part = "", body = ""]) => [part, body],
    ),
  );
  parts.set(name, text);
  const blocks = order
    .filter((part) => parts.has(part))
    .map((part) => `<!-- ${part}: written by npm run bench -->\n\n${parts.get(part)}\n\n<!-- end of ${part} -->\n`);
  return [head, ...blocks].join("\n");
}
