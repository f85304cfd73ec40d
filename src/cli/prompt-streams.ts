/** The streams one question is asked on: a paste taken as one line, colours only where they are wanted. */

import { type Readable, Transform, Writable } from "node:stream";
import type { Terminal } from "./ask.js";

/** What a question reads from and writes to; the signal tells that nobody is there any more. */
export interface Streams {
  readonly input: Readable;
  readonly output: Writable;
  readonly signal: AbortSignal;
}

interface MaybeRaw {
  isTTY?: boolean;
  setRawMode?: (on: boolean) => unknown;
}

const deadly = ["SIGTERM", "SIGHUP"] as const;
const showCursor = "\u001b[?25h";
const pasteOn = "\u001b[?2004h";
const pasteOff = "\u001b[?2004l";

/**
 * Runs one question. What was typed ahead and not asked for is dropped with it: the rest of a paste answers no later
 * question. Whatever way the process ends, the terminal has its cursor and its way to paste back.
 */
export async function onStreams<Value>(
  { input: given, output: written, color, plain }: Terminal,
  { paste }: { readonly paste: boolean },
  ask: (streams: Streams) => Promise<Value>,
): Promise<Value> {
  const source: Readable & MaybeRaw = given ?? process.stdin;
  const terminal: Writable = written ?? process.stderr;
  const input = joiningPastes(source, plain ? endOfInput : stop);
  const output = color ? terminal : colourless(terminal);
  const resized = (): void => void output.emit("resize");
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  const restore = (): void => void terminal.write(`${showCursor}${paste ? pasteOff : ""}`);
  // A drawn question reads Ctrl-C as a character; a signal comes from outside. At `exit` locks are given back, too.
  const fatal = plain ? deadly : [...deadly, "SIGINT" as const];
  const killed = (_signal: NodeJS.Signals, number: number): void => process.exit(128 + number);
  process.once("exit", restore);
  for (const signal of fatal) process.once(signal, killed);
  source.once("end", leave);
  if (!color) terminal.on("resize", resized);
  if (paste) terminal.write(pasteOn);
  source.pipe(input);
  try {
    return await ask({ input, output, signal: gone.signal });
  } finally {
    if (!color) terminal.off("resize", resized);
    source.off("end", leave);
    source.unpipe(input);
    source.pause();
    process.off("exit", restore);
    for (const signal of fatal) process.off(signal, killed);
    if (paste) terminal.write(pasteOff);
  }
}

const stop = "\u0003";
const endOfInput = "\u0004";
const pasteStart = "\u001b[200~";
const pasteEnd = "\u001b[201~";

/**
 * The terminal's input with line breaks left out of what is pasted (terminals bracket it when asked to): a key copied
 * over two lines is one key, and its second half no answer to the next question. Ctrl-D comes out as `end`.
 */
function joiningPastes(source: MaybeRaw, end: string): Transform {
  let pasting = false;
  let held = "";
  const transform = new Transform({
    decodeStrings: false,
    transform(chunk: Buffer | string, _encoding, done) {
      let rest = held + chunk.toString();
      let through = "";
      held = "";
      while (rest !== "") {
        const mark = pasting ? pasteEnd : pasteStart;
        const at = rest.indexOf(mark);
        // The closing mark may come in two pieces; the opening one is not waited for, or Escape would be.
        const keep = pasting && at < 0 ? partOf(mark, rest) : 0;
        const piece = rest.slice(0, at < 0 ? rest.length - keep : at);
        through += pasting ? piece.replaceAll(/[\r\n]+/g, "") : piece.replaceAll(endOfInput, end);
        held = keep > 0 ? rest.slice(-keep) : "";
        rest = at < 0 ? "" : rest.slice(at + mark.length);
        if (at >= 0) pasting = !pasting;
      }
      done(null, through);
    },
  });
  return Object.assign(transform, {
    isTTY: source.isTTY === true,
    setRawMode: (on: boolean) => source.setRawMode?.(on),
  });
}

/** How many characters at the end of a text may be the start of a mark. */
function partOf(mark: string, text: string): number {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(mark.slice(0, length))) return length;
  }
  return 0;
}

/** The same terminal without colours and weights; its size shows through. */
function colourless(terminal: Writable): Writable {
  const plain = new Writable({
    decodeStrings: false,
    write(chunk: Buffer | string, _encoding, done) {
      terminal.write(chunk.toString().replaceAll(/\u001b\[[\d;]*m/g, ""));
      done();
    },
  });
  const sized = (name: "columns" | "rows"): PropertyDescriptor => ({
    get: () => Reflect.get(terminal, name) as unknown,
  });
  Object.defineProperties(plain, { columns: sized("columns"), rows: sized("rows") });
  return plain;
}
