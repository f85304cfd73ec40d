/** Where an agent's credentials are kept. */

import { isAbsolute, join } from "node:path";
import { invalidError, usageError } from "../errors.js";
import { agentIdPattern } from "../ids.js";
import { expandHome } from "./locate.js";

/**
 * `<agentDir>/auth-profiles.json`, by default `<stateDir>/agents/<agent in lower case>/agent/auth-profiles.json`.
 * `agentDir` is the agent's own directory from `agents.list`: trimmed, `~` means `home`, blank counts as none.
 * Throws a usage error for an agent id OpenClaw would rewrite, and refuses a relative `agentDir`: OpenClaw takes
 * it from the working directory of whichever process reads it, so no path written here would be the right one.
 */
export function authPath(stateDir: string, agent: string, agentDir?: string, home?: string): string {
  if (!agentIdPattern.test(agent)) {
    throw usageError("agent-id", `${JSON.stringify(agent)} is no agent id`, {
      hint: "an agent id has 1 to 64 letters, digits, dashes and underscores and starts with a letter or digit",
    });
  }
  const own = agentDir?.trim() ?? "";
  if (own === "") return join(stateDir, "agents", agent.toLowerCase(), "agent", "auth-profiles.json");
  const directory = home === undefined ? own : expandHome(own, home);
  if (isAbsolute(directory)) return join(directory, "auth-profiles.json");
  const tilde = home === undefined && directory.startsWith("~");
  const what = tilde ? `an agentDir in a home that is not known: ${own}` : `a relative agentDir: ${own}`;
  throw invalidError("relative-agent-dir", `agent ${agent} has ${what}`, {
    hint: "make its agentDir absolute in agents.list",
  });
}
