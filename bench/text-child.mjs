/**
 * Measures one library on one text in a process of its own: `text-child.mjs judge|time|heap LIBRARY BYTES SPELLING`.
 * Answers with one line of JSON; with `heap` V8's own trace of its collections comes along.
 */

import { isDeepStrictEqual } from "node:util";
import v8 from "node:v8";
import { configuration, edit } from "./configuration.mjs";
import { editors, read } from "./editors.mjs";
import { inTurn } from "./rows.mjs";

const [task = "", library = "", bytes = "", spelling = ""] = process.argv.slice(2);
const written = (/** @type {number} */ size) =>
  configuration(size, spelling === "JSON5" ? "JSON5" : "JSON with comments");
const text = written(Number(bytes));
const run = (library === "JSON5.parse" ? read : editors[library]) ?? unknown;

/** @returns {never} */
function unknown() {
  throw new Error(`no library ${library}`);
}

/** Milliseconds of one run. @param {(text: string) => unknown} work */
function time(work) {
  const began = performance.now();
  work(text);
  return performance.now() - began;
}

/** Every comment of a text; what stands in a string is none. @param {string} from */
function comments(from) {
  const tokens = from.match(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\/[^\n]*|\/\*[^]*?\*\//g) ?? [];
  return tokens.filter((token) => token.startsWith("/")).map((token) => token.trim());
}

/** How many of these are not among those. @param {readonly string[]} these @param {readonly string[]} those */
function missing(these, those) {
  /** @type {Map<string, number>} */
  const left = new Map();
  for (const one of those) left.set(one, (left.get(one) ?? 0) + 1);
  let gone = 0;
  for (const one of these) {
    const count = left.get(one) ?? 0;
    if (count === 0) gone += 1;
    else left.set(one, count - 1);
  }
  return gone;
}

/** What the library made of the text; null when it cannot read it. */
function judge() {
  let after = "";
  try {
    after = String(run(text));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  return {
    right: isDeepStrictEqual(read(after), edit(read(text))),
    comments: comments(text).length,
    commentsLost: missing(comments(text), comments(after)),
    linesChanged: missing(text.split("\n"), after.split("\n")),
  };
}

/** Ratios to JSON5.parse of alternating pairs, as many as fit into some seconds, at least three. */
async function ratios() {
  const warm = performance.now();
  let once = 0;
  do once = time(run) + time(read);
  while (performance.now() - warm < 1000);
  const pairs = Math.min(201, Math.max(3, Math.round(4000 / once)));
  const milliseconds = await inTurn(
    pairs,
    () => time(run),
    () => time(read),
  );
  return { ratios: milliseconds.map(([edited, parsed]) => edited / parsed) };
}

/** Bytes of heap in use before the run and after it, and of the text; the peak between is in the trace. */
function heap() {
  const small = written(1000);
  for (let round = 0; round < 3; round += 1) run(small);
  globalThis.gc?.();
  const before = v8.getHeapStatistics().used_heap_size;
  v8.setFlagsFromString("--trace-gc");
  run(text);
  const after = v8.getHeapStatistics().used_heap_size;
  v8.setFlagsFromString("--no-trace-gc");
  return { before, after, bytes: Buffer.byteLength(text) };
}

const tasks = { judge, time: ratios, heap };
if (task !== "judge" && task !== "time" && task !== "heap") throw new Error(`no task ${task}`);
console.log(JSON.stringify(await tasks[task]()));
