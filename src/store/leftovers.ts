/** What a clawform without a journal left when it was killed: temporary files nobody names. They may hold keys. */

import { dirname, join } from "node:path";
import { type Files, nodeFiles } from "./files.js";
import { removeQuietly } from "./write.js";

/** As those versions named them; what a journal names, and its record, have more to their names. */
const ownName = /^\.clawform-[0-9a-f]{16}\.tmp$/;
/** No file is written for as long as this, in milliseconds: whoever began it is gone. */
const abandonedMs = 3_600_000;

/** Where to look. */
export interface LeftoverPlace {
  readonly stateDir: string;
  readonly configPath: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Paths of temporary files beside openclaw.json and the credential stores that have been there for an hour. */
export function leftovers({ stateDir, configPath, now }: LeftoverPlace, files: Files = nodeFiles): string[] {
  const agents = join(stateDir, "agents");
  const directories = [
    dirname(configPath),
    stateDir,
    ...namesIn(agents, files).map((agent) => join(agents, agent, "agent")),
  ];
  return [...new Set(directories)]
    .flatMap((directory) => namesIn(directory, files).map((name) => ({ name, path: join(directory, name) })))
    .filter(({ name, path }) => ownName.test(name) && isAbandoned(path, now, files))
    .map(({ path }) => path);
}

/** Removes them; returns those that are gone. */
export function removeLeftovers(place: LeftoverPlace, files: Files = nodeFiles): string[] {
  return leftovers(place, files).filter((path) => removeQuietly(path, files));
}

function namesIn(directory: string, files: Files): string[] {
  try {
    return files.list(directory).sort();
  } catch {
    return [];
  }
}

function isAbandoned(path: string, now: number, files: Files): boolean {
  try {
    const status = files.lstat(path);
    return status?.kind === "file" && now - status.modified > abandonedMs;
  } catch {
    return false;
  }
}
