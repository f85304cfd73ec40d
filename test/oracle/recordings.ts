/** What the real OpenClaw 2026.5.6 wrote; test/fixtures/oracle/README.md explains the fields. */

import { readFileSync } from "node:fs";

/** One recording; `configBefore` is a file's text, null when there was none. */
export interface Recording {
  readonly name?: string;
  readonly before: string;
  readonly choice: string;
  readonly args: readonly string[];
  /** `--auth-choice` was left out. */
  readonly implied?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly configBefore: string | null;
  readonly authBefore: object | null;
  readonly configAfter: object | null;
  readonly authAfter: object | null;
  /** Further files before, by path in the state directory: text or value. */
  readonly files?: Readonly<Record<string, unknown>>;
  /** `auth-state.json` of agent main, after. */
  readonly stateAfter?: object;
  /** Credential files of other agents, or of main in a directory of its own, after. */
  readonly filesAfter?: Readonly<Record<string, object>>;
  /** Exit code other than 0. */
  readonly exit?: number;
}

const load = (file: string): Recording[] =>
  JSON.parse(readFileSync(new URL(`../fixtures/oracle/${file}`, import.meta.url), "utf8")) as Recording[];

/** All recordings. `before choice` names one: where two bear the same name, the first. */
export const recordings: readonly Recording[] = ["onboard", "recorded", "own"].flatMap((name) =>
  load(`${name}-2026.5.6.json`),
);

/** Recordings with a server that answers: what it answers, by method, path and, of `/api/show`, the model's name. */
export const serverRecordings: readonly (Recording & { readonly server: { readonly [question: string]: object } })[] =
  load("servers-2026.5.6.json") as never;

/** `busy kilocode-api-key`. */
export const nameOf = ({ before, choice }: Recording): string => `${before} ${choice}`;

/** The recording of that name. */
export function recordingOf(name: string): Recording {
  const found = recordings.find((recording) => nameOf(recording) === name);
  if (!found) throw new Error(`no recording ${name}`);
  return found;
}

/** `@STATE@` in a recording's texts and paths stands for the state directory. */
export function inState(recording: Recording, state: string): Recording {
  return JSON.parse(JSON.stringify(recording).replaceAll("@STATE@", JSON.stringify(state).slice(1, -1))) as Recording;
}
