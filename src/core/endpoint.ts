/** A choice whose address and model come with the request -> the card it stands for: every rule by name. */

import type { Card, CardChoice, CardEndpoint, OpenClawConfig } from "../types.js";
import { customEndpoint } from "./custom-endpoint.js";
import type { EndpointCard, EndpointRequest } from "./endpoint-shapes.js";
import { serverEndpoint } from "./server-endpoint.js";

/** Lays what the request says over the card, by the endpoint's rule. A problem of severity error: it cannot be done. */
export function atEndpoint(
  card: Card,
  choice: CardChoice,
  endpoint: CardEndpoint,
  request: EndpointRequest,
  config: OpenClawConfig,
): EndpointCard {
  const made =
    endpoint.rule === "custom"
      ? customEndpoint(choice, endpoint, request, config)
      : serverEndpoint(card, choice, endpoint, request);
  // What is assumed does not matter where nothing comes of it.
  const errors = made.problems.filter(({ severity }) => severity === "error");
  return errors.length > 0 ? { ...made, problems: errors } : made;
}
