/** scripts/openclaw*.mjs, which have no types of their own, as the tests use them. */

// @ts-expect-error a build script, without types
import * as scripts from "../../scripts/openclaw.mjs";
// @ts-expect-error a build script, without types
import * as part from "../../scripts/openclaw-part.mjs";
import type { CardChoice, OpenClawConfig } from "../../src/types.js";

/** An installed release and the Node that runs it. */
export interface Program {
  readonly release: string;
  readonly node: string;
  readonly entry: string;
  readonly root: string;
}

/** What it said; `late` when it was ended at the time limit. */
export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly late: boolean;
}

/** Asks the real program in a home, without network. */
export const ask: (
  program: Program,
  home: string,
  args: readonly string[],
  options?: { env?: Readonly<Record<string, string>>; limitMs?: number },
) => Promise<Answer> = scripts.ask;

/** Arguments of the real `onboard` for the provider part of one choice. */
export const onboardArguments: (choice: string, args: readonly string[]) => string[] = scripts.onboardArguments;

/** A made-up key and the flags of a choice. */
export const choiceArguments: (choice: CardChoice) => { key: string; args: string[] } = scripts.choiceArguments;

/** A configuration without what the real wizard adds beside the provider. */
export const providerPart: (after: OpenClawConfig, before: OpenClawConfig) => OpenClawConfig = part.providerPart;
