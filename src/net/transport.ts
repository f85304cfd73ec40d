/**
 * The wire itself, a file of its own in the built package: loaded only when something is asked. Node 20's own `fetch` knows
 * no proxies; undici is the same code with them, and the same in every Node.
 */

export { EnvHttpProxyAgent, fetch } from "undici";
