/** What the rules of endpoints take and give. */

import type { Card, JsonObject, ModelDefinition, Problem, SecretInput, SetupProvider } from "../types.js";

/** What a request says about a server of the user's own; text as it was typed. */
export interface EndpointRequest {
  readonly baseUrl?: string | undefined;
  readonly modelId?: string | undefined;
  readonly providerId?: string | undefined;
  readonly compatibility?: string | undefined;
  /** The model sees images, or does not; undefined: judged by its id. */
  readonly image?: boolean | undefined;
  /** Tokens. */
  readonly contextWindow?: number | undefined;
  /** The key where it is known; rule `custom` writes it into the block. */
  readonly key?: SecretInput | undefined;
  /** A key is given or stored. */
  readonly keyed: boolean;
  /** What the server answered; null: nothing, or it was not asked. */
  readonly found?: readonly ModelDefinition[] | null;
  /** It was asked, whatever came of it. */
  readonly asked?: boolean;
}

/** A card made for one request, and what goes beside it. */
export interface EndpointCard {
  readonly card: Card;
  readonly provider: SetupProvider;
  /** The key as it stands in the block. */
  readonly inline?: SecretInput;
  /** Request parameters that the default model's entry gets where it has none. */
  readonly params?: JsonObject;
  readonly problems: readonly Problem[];
}
