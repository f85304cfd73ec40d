/** A model as people name it -> its reference. */

import { invalidError } from "../errors.js";
import { splitModelRef } from "../ids.js";
import type { ModelEntry, OpenClawConfig } from "../types.js";
import { closest } from "./nearest.js";

/**
 * The reference an alias (in any case) or a reference stands for, as OpenClaw looks it up: aliases first. Unlike it, a bare
 * name that is no alias is refused: it would silently become `openai/<name>`. Throws `invalidError`.
 */
export function resolveRef(given: string, config: OpenClawConfig): string {
  const wanted = given.trim();
  const entries = Object.entries(config.agents?.defaults?.models ?? {});
  const aliasOf = (entry: ModelEntry | undefined): string | undefined =>
    typeof entry?.alias === "string" ? entry.alias : undefined;
  const aliased = entries.findLast(([, entry]) => aliasOf(entry)?.toLowerCase() === wanted.toLowerCase());
  if (aliased) return aliased[0];
  if (splitModelRef(wanted)) return wanted;
  const aliases = entries.flatMap(([, entry]) => aliasOf(entry) ?? []);
  const near = closest(wanted, [...aliases, ...entries.map(([ref]) => ref)]);
  throw invalidError(
    "model-ref",
    wanted === "" ? "the model reference is blank" : `"${wanted}" is neither an alias nor a model reference`,
    {
      hint: `A reference is provider/model, such as kilocode/kilo/auto.${near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : ""}`,
    },
  );
}
