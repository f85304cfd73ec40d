/** Where the key comes from when somebody can be asked. */

import { cleanKey, previewKey } from "../core/key.js";
import { askKey, choose, confirmUse, type Terminal } from "./ask.js";

/** What there is to choose from. */
export interface KeyOffer {
  readonly label: string;
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
  | { readonly from: "profile" }
  | { readonly from: "variable"; readonly name: string; readonly mode: "plaintext" | "ref" }
  | { readonly from: "prompt"; readonly key: string };

/**
 * Asks where the key comes from: one variable is confirmed, several sources are listed, and without any the key itself is
 * asked for, hidden. A variable's key is shown by its first and last four characters.
 */
export async function askForKey(terminal: Terminal, offer: KeyOffer): Promise<KeyAnswer> {
  const source = await askSource(terminal, offer);
  if (source === "profile") return { from: "profile" };
  if (source === "prompt") return { from: "prompt", key: await askKey(terminal, `Enter ${offer.label}`, usable) };
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

/** What is left of a paste has to be a key. */
function usable(typed: string): string | undefined {
  return cleanKey(typed).key === "" ? "Required" : undefined;
}
