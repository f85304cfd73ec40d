/**
 * A command on a terminal: the built binary on a real pseudo-terminal (util-linux `script`, which every Debian has), and
 * the same command in this process on streams that stand for one. What comes out is drawn by a terminal emulator, so a
 * test reads the screen as a user does.
 */

import { spawn, spawnSync } from "node:child_process";
import { PassThrough, Writable } from "node:stream";
import headless from "@xterm/headless";
import { onTestFinished } from "vitest";
import { binaryPath, type Home } from "./harness.js";

/** How a session ended. */
export interface Ended {
  readonly code: number;
  /** Every byte the command sent to the terminal. */
  readonly sent: string;
  /** Scrollback and screen at the end. */
  readonly text: string;
}

/** Somebody at a terminal. */
export interface Session {
  /** Sends keys as they are typed. */
  readonly type: (keys: string) => void;
  /** Waits until the screen has this, and returns the screen. Fails with the screen after half a minute. */
  readonly until: (sight: string | RegExp) => Promise<string>;
  readonly screen: () => string;
  readonly resize: (columns: number, rows: number) => void;
  /** Ends the command from outside; null in this process. */
  readonly terminate: (() => void) | null;
  readonly ended: Promise<Ended>;
}

/** What surrounds a session. */
export interface SessionOptions {
  readonly env?: Record<string, string>;
  readonly columns?: number;
  readonly rows?: number;
}

/** Opens a session. */
export type Opener = (home: Home, argv: readonly string[], options?: SessionOptions) => Session;

/** Keys by name. */
export const keys = {
  enter: "\r",
  down: "\u001b[B",
  up: "\u001b[A",
  escape: "\u001b",
  stop: "\u0003",
  end: "\u0004",
} as const;

/** Why there is no pseudo-terminal here; null when there is one. */
export const noTerminal: string | null = (() => {
  const { stdout, error } = spawnSync("script", ["--version"], { encoding: "utf8" });
  return !error && stdout.includes("util-linux") ? null : "util-linux script is not installed";
})();

/** Stands after the command's output when the terminal's settings are what they were. */
export const restored = "[terminal as before]";

/** The built binary on a pseudo-terminal. */
export const onTerminal: Opener = (home, argv, { env = {}, columns = 90, rows = 30 } = {}) => {
  const quoted = [process.execPath, binaryPath, ...argv].map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`);
  const line = [
    // Ctrl-C is for the command: this shell goes on and looks at the terminal.
    `trap : INT`,
    `stty rows ${rows} cols ${columns}`,
    `echo "on $(tty)."`,
    `before=$(stty -g)`,
    // The command takes over from a shell whose process id is known.
    `sh -c 'echo "as $$."; exec "$@"' sh ${quoted.join(" ")}`,
    `code=$?`,
    `[ "$before" = "$(stty -g)" ] && echo '${restored}'`,
    `exit $code`,
  ].join("; ");
  const child = spawn("script", ["-qfec", line, "/dev/null"], {
    cwd: home.dir,
    env: {
      PATH: process.env["PATH"],
      HOME: home.dir,
      SHELL: "/bin/sh",
      TERM: "xterm-256color",
      LANG: "C.UTF-8",
      ...env,
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const emulator = makeEmulator(columns, rows);
  child.stdout.setEncoding("utf8").on("data", emulator.write);
  const code = new Promise<number>((resolve) => child.once("close", (status) => resolve(status ?? -1)));
  return {
    ...emulator.session(code),
    type: (typed) => void child.stdin.write(typed),
    terminate: () => void process.kill(Number(/as (\d+)\.\r?\n/.exec(emulator.sent())?.[1]), "SIGTERM"),
    resize: (wide, high) => {
      const device = /on (\S+)\.\r?\n/.exec(emulator.sent())?.[1] ?? "";
      emulator.resize(wide, high);
      spawnSync("stty", ["-F", device, "rows", `${high}`, "cols", `${wide}`]);
    },
  };
};

/** The command in this process. */
export const inProcess: Opener = (home, argv, { env = {}, columns = 90, rows = 30 } = {}) => {
  const emulator = makeEmulator(columns, rows);
  const input = new PassThrough();
  const write = (text: string): void => emulator.write(text.replaceAll(/\r?\n/g, "\r\n"));
  const output = Object.assign(
    new Writable({
      decodeStrings: false,
      write: (chunk: string, _encoding, done) => {
        write(chunk);
        done();
      },
    }),
    { columns, rows },
  );
  const code = home
    .run(argv, {
      env: { TERM: "xterm-256color", ...env },
      console: {
        inIsTerminal: true,
        outIsTerminal: true,
        errIsTerminal: true,
        width: columns,
        out: write,
        err: write,
        terminal: { input, output },
      },
    })
    .then((result) => result.code);
  return {
    ...emulator.session(code),
    type: (typed) => void input.write(typed),
    terminate: null,
    resize: (wide, high) => {
      Object.assign(output, { columns: wide, rows: high });
      emulator.resize(wide, high);
      output.emit("resize");
    },
  };
};

function makeEmulator(columns: number, rows: number) {
  const terminal = new headless.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true });
  const waiting = new Set<() => void>();
  let sent = "";
  let settled: Promise<void> = Promise.resolve();
  const lines = (from: number): string =>
    Array.from({ length: terminal.buffer.active.length - from }, (_, index) =>
      (terminal.buffer.active.getLine(from + index)?.translateToString(true) ?? "").trimEnd(),
    ).join("\n");
  const screen = (): string => lines(terminal.buffer.active.baseY).trimEnd();
  return {
    sent: () => sent,
    write: (chunk: string): void => {
      sent += chunk;
      settled = new Promise((resolve) => {
        terminal.write(chunk, () => {
          for (const look of waiting) look();
          resolve();
        });
      });
    },
    resize: (wide: number, high: number) => terminal.resize(wide, high),
    session: (code: Promise<number>) => ({
      screen,
      until: (sight: string | RegExp) =>
        new Promise<string>((resolve, reject) => {
          const late = setTimeout(() => {
            reject(new Error(`waited for ${String(sight)}; the screen is:\n${screen()}`));
          }, 30_000);
          const look = (): void => {
            if (typeof sight === "string" ? !screen().includes(sight) : !sight.test(screen())) return;
            clearTimeout(late);
            waiting.delete(look);
            resolve(screen());
          };
          waiting.add(look);
          look();
        }),
      ended: code.then(async (status): Promise<Ended> => {
        await settled;
        return { code: status, sent, text: lines(0) };
      }),
    }),
  };
}
