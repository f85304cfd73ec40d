/**
 * Every failure of clawform on one page. An error says what is wrong, where, and what to do next;
 * it never holds a secret's value.
 */

import type { Pointer, Position, Problem } from "./types.js";

/** Exit codes of the command line (sysexits.h where it has one). */
export const exitCodes = {
  done: 0,
  failed: 1,
  changes: 2,
  usage: 64,
  invalid: 65,
  cannotWrite: 73,
  busy: 75,
  interrupted: 130,
} as const;

/** What kind of failure: decides the exit code. */
export type FailureKind = "failed" | "usage" | "invalid" | "cannotWrite" | "busy" | "interrupted";

/** Where a failure is. */
export interface ErrorPlace {
  /** Label or path of the file. */
  readonly file?: string;
  readonly pointer?: Pointer;
  readonly position?: Position;
  /** What to do next. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** The one error class: a code, a place, a next step. */
export class ClawformError extends Error {
  override readonly name = "ClawformError";
  /** Stable, kebab-case. */
  readonly code: string;
  readonly kind: FailureKind;
  readonly file: string;
  readonly pointer: Pointer;
  readonly position: Position | undefined;
  readonly hint: string;
  /** More than one thing may be wrong: all of them, this error's own message first. */
  readonly problems: readonly Problem[];

  constructor(
    kind: FailureKind,
    code: string,
    message: string,
    place: ErrorPlace = {},
    problems: readonly Problem[] = [],
  ) {
    super(message, place.cause === undefined ? undefined : { cause: place.cause });
    this.kind = kind;
    this.code = code;
    this.file = place.file ?? "";
    this.pointer = place.pointer ?? "";
    this.position = place.position;
    this.hint = place.hint ?? "";
    this.problems = problems;
  }

  /** Each file of the built package has this class for itself; they count as one. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "ClawformError";
  }

  /** Exit code for the command line. */
  get exitCode(): number {
    return exitCodes[this.kind];
  }

  /** The failure as something to tell beside other problems. */
  asProblem(): Problem {
    const { code, file, pointer, message, hint, position } = this;
    return { code, severity: "error", file, pointer, message, hint, ...position };
  }

  /** The same failure with its place filled in where it was not known yet. */
  at(place: ErrorPlace): ClawformError {
    const position = this.position ?? place.position;
    return new ClawformError(
      this.kind,
      this.code,
      this.message,
      {
        file: this.file || (place.file ?? ""),
        pointer: this.pointer || (place.pointer ?? ""),
        ...(position ? { position } : {}),
        hint: this.hint || (place.hint ?? ""),
        cause: this.cause,
      },
      this.problems,
    );
  }

  /** The same failure with something else to do next. */
  advising(hint: string): ClawformError {
    const { kind, code, message, file, pointer, position, cause, problems } = this;
    return new ClawformError(
      kind,
      code,
      message,
      { file, pointer, ...(position ? { position } : {}), hint, cause },
      problems,
    );
  }
}

/** The command line was wrong (exit 64). */
export function usageError(code: string, message: string, place?: ErrorPlace): ClawformError {
  return new ClawformError("usage", code, message, place);
}

/** Input or configuration is invalid (exit 65). */
export function invalidError(
  code: string,
  message: string,
  place?: ErrorPlace,
  problems?: readonly Problem[],
): ClawformError {
  return new ClawformError("invalid", code, message, place, problems);
}

/** A file cannot be written (exit 73). */
export function writeError(code: string, message: string, place?: ErrorPlace): ClawformError {
  return new ClawformError("cannotWrite", code, message, place);
}

/** Busy or stale: trying again may help (exit 75). */
export function busyError(code: string, message: string, place?: ErrorPlace): ClawformError {
  return new ClawformError("busy", code, message, place);
}

/** Anything else that failed; nothing was written (exit 1). */
export function failedError(code: string, message: string, place?: ErrorPlace): ClawformError {
  return new ClawformError("failed", code, message, place);
}
