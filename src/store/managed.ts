/** Files that somebody else manages, as OpenClaw's own variables say: then clawform does not write them either. */

import { writeError } from "../errors.js";
import type { FileChange } from "../types.js";
import type { Environment } from "./env-file.js";

/**
 * Throws (exit 73) when the environment forbids what these changes would do. OpenClaw takes exactly `1` for yes; its
 * 2026.5.6 knows `OPENCLAW_NIX_MODE` and `OPENCLAW_AUTH_STORE_READONLY`, 2026.9.6 `OPENCLAW_CONFIG_READONLY` too
 * (measured). `force` goes past Nix mode, which is a statement about who manages the files, not about these very bytes.
 */
export function refuseManaged(
  changes: readonly Pick<FileChange, "file" | "path" | "document">[],
  env: Environment,
  force: boolean,
): void {
  const [first] = changes;
  if (first === undefined) return;
  const hint = "change them where they are managed";
  if (env["OPENCLAW_NIX_MODE"] === "1" && !force) {
    throw writeError("nix-mode", `OPENCLAW_NIX_MODE is 1: ${first.path} is managed by Nix`, {
      file: first.file,
      hint: `${hint}; --force writes all the same, until the next rebuild`,
    });
  }
  for (const [name, code, kinds] of rules) {
    const closed = env[name] === "1" ? changes.find(({ document }) => kinds.includes(document.kind)) : undefined;
    if (closed !== undefined) {
      throw writeError(code, `${name} is 1: ${closed.path} is not to be written`, {
        file: closed.file,
        hint: `${hint}, or unset the variable`,
      });
    }
  }
}

const rules: readonly (readonly [string, string, readonly FileChange["document"]["kind"][]])[] = [
  ["OPENCLAW_CONFIG_READONLY", "config-readonly", ["config", "include"]],
  ["OPENCLAW_AUTH_STORE_READONLY", "auth-store-readonly", ["auth"]],
];
