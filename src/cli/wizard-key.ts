/** Where the key comes from when somebody can be asked. */

import { keyForm } from "../core/credential-steps.js";
import { cleanKey, previewKey } from "../core/key.js";
import type { CardChoice } from "../types.js";
import { askKey, choose, confirmUse, type Terminal } from "./ask.js";

/** What there is to choose from. */
export interface KeyOffer {
  readonly choice: CardChoice;
  /** The provider's label: some choices are called `Global`. */
  readonly provider: string;
  /** A server of the user's own may want none. */
  readonly optional: boolean;
  /** A stored profile that serves; null: there is none, or the command line has settled it. */
  readonly profile: string | null;
  /** Variables that hold a key, first preferred. */
  readonly variables: readonly string[];
  readonly env: { readonly [name: string]: string | undefined };
  /** The command line wants a variable's key itself stored; undefined: ask. */
  readonly mode: "plaintext" | undefined;
}

/** What was chosen. */
export type KeyAnswer =
  | { readonly from: "profile" | "nowhere" }
  | { readonly from: "variable"; readonly name: string; readonly mode: "plaintext" | "ref" }
  | { readonly from: "prompt"; readonly key: string };

/**
 * Asks where the key comes from: one variable is confirmed, several sources are listed, and without any the key itself is
 * asked for, hidden. A variable's key is shown by its first and last four characters.
 */
export async function askForKey(terminal: Terminal, offer: KeyOffer): Promise<KeyAnswer> {
  const source = await askSource(terminal, offer);
  if (source === "profile") return { from: "profile" };
  if (source === "prompt") {
    const { choice, optional } = offer;
    const question = `Enter ${keyName(offer)}${optional ? ", or nothing if it wants none" : ""}`;
    const key = await askKey(terminal, question, (typed) => wrongKey(typed, choice, optional));
    return key.trim() === "" ? { from: "nowhere" } : { from: "prompt", key };
  }
  const mode = offer.mode ?? (await askMode(terminal, source.name));
  return { from: "variable", name: source.name, mode };
}

type Source = "profile" | "prompt" | { readonly name: string };

async function askSource(terminal: Terminal, { profile, variables, env }: KeyOffer): Promise<Source> {
  const preview = (name: string): string => previewKey(cleanKey(env[name] ?? "").key);
  const [only, ...others] = variables;
  if (profile === null && only === undefined) return "prompt";
  if (profile === null && only !== undefined && others.length === 0) {
    const use = await confirmUse(terminal, `Use the key in ${only} (${preview(only)})?`);
    return use ? { name: only } : "prompt";
  }
  const answer = await choose(terminal, "Which key?", [
    ...(profile === null ? [] : [{ value: "=profile", label: `Stored profile ${profile}`, hint: "stays as it is" }]),
    ...variables.map((name) => ({ value: name, label: `${name} (${preview(name)})`, hint: "environment variable" })),
    { value: "=prompt", label: "Enter another key" },
  ]);
  if (answer === "=profile") return "profile";
  return answer === "=prompt" ? "prompt" : { name: answer };
}

function askMode(terminal: Terminal, variable: string): Promise<"plaintext" | "ref"> {
  return choose(terminal, "How is it kept?", [
    { value: "plaintext", label: "Store the key", hint: "a copy in auth-profiles.json, as openclaw onboard does" },
    { value: "ref", label: `Store a reference to ${variable}`, hint: "OpenClaw reads the variable when it runs" },
  ]);
}

/** What is asked for: a choice's label may name the key itself, or only what it opens. */
function keyName({ choice: { label }, provider }: KeyOffer): string {
  if (/\b(?:key|token)\b/i.test(label)) return label;
  return `the key for ${label.includes(provider) ? label : `${provider} (${label})`}`;
}

/** What is left of a paste has to be a key, in the form the choice has for one. */
function wrongKey(typed: string, choice: CardChoice, optional: boolean): string | undefined {
  if (optional && typed.trim() === "") return undefined;
  const { key } = cleanKey(typed);
  if (key === "") return "Required";
  const wrong = keyForm(choice, { key });
  return wrong === null ? undefined : `It ${wrong}.`;
}
