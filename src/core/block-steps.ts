/** A provider's block -> steps. */

import type { Json, JsonObject, ModelDefinition, SecretInput, SetupProvider, Step } from "../types.js";
import type { ChosenCard } from "./card.js";
import { step } from "./step.js";

const setupOnly: ReadonlySet<string> = new Set(["catalog", "choice", "profile", "apiKey", "parameters", "models"]);

/**
 * The steps that write a provider's block: what the setup declares over what the card knows; none where neither says
 * anything. `inline` is a key that stands in the block itself. How blocks and catalogs combine (`models.mode`) is stated
 * only where `statesMode`: beside a block that is there it is what it was.
 */
export function blockSteps(
  id: string,
  declared: SetupProvider,
  facts: ChosenCard | null,
  { statesMode, inline }: { readonly statesMode: boolean; readonly inline: SecretInput | undefined },
): Step[] {
  const title = `provider ${id}`;
  const own = Object.fromEntries(Object.entries(declared).filter(([field]) => !setupOnly.has(field)));
  const url = facts?.baseUrl?.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(declared.parameters?.[name]?.trim() ?? ""),
  );
  const address = {
    ...(url === undefined ? {} : { baseUrl: url }),
    ...(facts?.api === undefined ? {} : { api: facts.api }),
  };
  const keep = (name: string): boolean =>
    facts?.choice?.keep?.some((field) => field === name) === true && !Object.hasOwn(own, name);
  const pick = (kept: boolean): [string, unknown][] => Object.entries(address).filter(([name]) => keep(name) === kept);
  const header = facts?.authHeader === undefined ? {} : { authHeader: facts.authHeader };
  const fields = {
    ...Object.fromEntries(pick(false)),
    ...header,
    ...facts?.block,
    ...own,
    ...(inline === undefined ? {} : { apiKey: inline }),
  } as JsonObject;
  const defaults = Object.fromEntries(pick(true)) as JsonObject;
  const models = declared.models ?? [];
  if (Object.keys(fields).length + Object.keys(defaults).length + models.length === 0) return [];
  const fill = [
    ...(facts?.models ?? []).map((model) => ({ ...model })),
    ...models.filter((model) => !facts?.models?.some((one) => one.id === model.id)).map(named),
  ];
  const defaultRef = facts?.defaultModel;
  const defaultId = facts?.models?.some((model) => model.id === defaultRef)
    ? defaultRef
    : defaultRef?.slice(defaultRef.indexOf("/") + 1);
  const unless =
    facts?.fill === "default" && models.length === 0 && defaultId !== undefined ? { unlessModel: defaultId } : {};
  return [
    ...(statesMode ? [step("models-mode", title, { mode: "merge" })] : []),
    step("provider-block", title, {
      provider: id,
      fields,
      ...(Object.keys(defaults).length > 0 ? { defaults } : {}),
      ...(facts?.keyMarker === undefined ? {} : { keyMarker: facts.keyMarker }),
      models: fill as unknown as Json,
      ...unless,
    }),
    ...models.map(({ id: model, ...settings }) =>
      step("model-settings", title, { provider: id, model, settings: settings as JsonObject }),
    ),
  ];
}

/** OpenClaw wants every model to have a name; the id serves where the setup gives none. */
function named({ id, name, ...rest }: ModelDefinition): ModelDefinition {
  return { id, name: name ?? id, ...rest };
}
