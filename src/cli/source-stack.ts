/** An internal error's stack with places in the sources. Loaded when one is printed, with the maps of the files it names. */

import { SourceMap, type SourceOrigin } from "node:module";
import { basename, join } from "node:path";
import { readGivenText } from "../store/input.js";

/** `at name (cli-plan.cjs:1:2345)` of a bundled file, with or without its folder; frames of Node's own are no such lines. */
const frame = /^(?<before>\s+at )(?:(?<name>[^(]*) \()?(?<file>[^()]*\.cjs):(?<line>\d+):(?<column>\d+)\)?$/;

/** The stack with every place in a bundled file, as far as a map of it lies here, told as the place in its source. */
export function sourceStack(stack: string): string {
  const lines = stack.split("\n");
  const origins = originsOf(lines);
  return lines
    .map((line, index) => {
      const origin = origins[index];
      if (!origin) return line;
      const { before = "", name } = frame.exec(line)?.groups ?? {};
      const place = `${origin.fileName.replace(/^(?:\.\.\/)+/, "")}:${origin.lineNumber}:${origin.columnNumber}`;
      // Whoever calls a function names it in full.
      const called = origins[index + 1]?.name ?? name;
      return called ? `${before}${called} (${place})` : `${before}${place}`;
    })
    .join("\n");
}

function originsOf(lines: readonly string[]): (SourceOrigin | undefined)[] {
  const maps = new Map<string, SourceMap | null>();
  return lines.map((text) => {
    const { file, line, column } = frame.exec(text)?.groups ?? {};
    if (file === undefined) return undefined;
    if (!maps.has(file)) maps.set(file, mapOf(file));
    const origin = maps.get(file)?.findOrigin(Number(line), Number(column));
    return origin && "fileName" in origin ? origin : undefined;
  });
}

function mapOf(file: string): SourceMap | null {
  try {
    return new SourceMap(
      JSON.parse(readGivenText(join(import.meta.dirname, `${basename(file)}.map`))) as ConstructorParameters<
        typeof SourceMap
      >[0],
    );
  } catch {
    // The stack as it is says more than why this failed.
    return null;
  }
}
