/** What talks to providers, a file of its own in the built package: loaded only when one is asked. */

export { discoverProvider } from "../discovery.js";
export { verify } from "../verification.js";
