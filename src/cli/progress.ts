/** What is going on while an answer is awaited, on a terminal's standard error. */

import type { HttpOptions } from "../net/http.js";
import { thisProcess, untilInterrupted } from "../host.js";
import type { Console } from "./console.js";
import { statusLine } from "./status-line.js";

/** What a question needs of the process: the clock, the time limit, a way to stop it. */
export type Patience = Pick<HttpOptions, "clock" | "timeoutMs" | "signal">;

/**
 * Runs what asks the network; on a terminal a line says whom it waits for, and for how long. Ctrl-C ends it: throws an
 * `interrupted` error (exit 130).
 */
export async function asking<Value>(
  what: string,
  { timeout, quiet }: { timeout: number; quiet?: boolean },
  io: Console,
  ask: (patience: Patience) => Promise<Value>,
): Promise<Value> {
  const start = thisProcess.now();
  const line = statusLine(
    () => `${what.slice(0, Math.max(io.width - 12, 20))} … ${Math.round((thisProcess.now() - start) / 1000)} s`,
    !quiet,
    io,
  );
  try {
    return await untilInterrupted(async (signal) => ask({ clock: thisProcess, timeoutMs: timeout * 1000, signal }));
  } finally {
    line.end();
  }
}
