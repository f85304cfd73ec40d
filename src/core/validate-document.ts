/** One file against its schema, and both files against each other. */

import { credentialProviderId } from "../ids.js";
import { hasMember } from "../json.js";
import { formatPointer } from "../pointer.js";
import type { AuthStore, Json, OpenClawConfig, Problem, SourceFile } from "../types.js";
import { documentFindings, duplicateProblems, openSource, placed, wholeOf } from "./documents.js";
import type { Composition } from "./include.js";
import { unknownKeys } from "./known-keys.js";
import { isNewerShape } from "./release.js";
import { toProblem } from "./validate.js";

/** Everything wrong with one file, with lines: unknown keys are warnings (newer releases and plugins add some), the rest errors. Throws when it cannot be parsed. */
export function validateDocument(source: SourceFile, composition: Composition | null = null): Problem[] {
  if (source.document.kind === "include") return duplicateProblems(source);
  const whole = composition && source.document.kind === "config" ? composition : null;
  const value: Json = whole ? wholeOf(whole, source) : openSource(source);
  // Of a newer release's keys nothing is known here.
  const unknown = source.document.kind === "config" && !isNewerShape(value) ? unknownKeys(value) : [];
  const found = [...documentFindings(source.document, value), ...unknown].map((finding) =>
    toProblem(finding, source.file, finding.code === "unknown-key" ? "warning" : "error"),
  );
  return [...placed(found, source, whole), ...duplicateProblems(source)];
}

/** What the configuration says of credentials against the store of agent main: names without a credential, kinds that differ. */
export function crossCheck(
  configSource: SourceFile,
  composition: Composition | null,
  authSource: SourceFile,
): Problem[] {
  const config: OpenClawConfig = composition ? wholeOf(composition, configSource) : openSource(configSource);
  const stored = (openSource(authSource) as AuthStore).profiles ?? {};
  const profiles = Object.entries(config.auth?.profiles ?? {});
  const problem = (code: string, tokens: string[], message: string, hint: string): Problem => ({
    code,
    severity: "warning",
    file: configSource.file,
    pointer: formatPointer(tokens),
    message,
    hint,
  });
  const found = profiles.flatMap(([id, { provider, mode }]): Problem[] => {
    const place = ["auth", "profiles", id];
    const credential = hasMember(stored, id) ? stored[id] : undefined;
    if (!credential)
      return [
        problem(
          "profile-not-stored",
          place,
          `the profile "${id}" has no credential in ${authSource.file}`,
          "Store its key, or remove the profile.",
        ),
      ];
    if (credentialProviderId(credential.provider) !== credentialProviderId(provider)) {
      return [
        problem(
          "profile-provider",
          place,
          `the profile "${id}" is of provider "${provider}" here and of "${credential.provider}" in ${authSource.file}`,
          "OpenClaw will not use it.",
        ),
      ];
    }
    if (credential.type !== mode && !(mode === "oauth" && credential.type === "token")) {
      return [
        problem(
          "profile-mode",
          place,
          `the profile "${id}" is of kind ${mode} here and ${credential.type} in ${authSource.file}`,
          "OpenClaw will not use it.",
        ),
      ];
    }
    return [];
  });
  const known = new Set([...profiles.map(([id]) => id), ...Object.keys(stored)]);
  const ordered = Object.entries(config.auth?.order ?? {}).flatMap(([provider, ids]) =>
    ids.flatMap((id, index) =>
      known.has(id)
        ? []
        : [
            problem(
              "order-unknown",
              ["auth", "order", provider, String(index)],
              `the order of ${provider} names the unknown profile "${id}"`,
              "Remove it from the order.",
            ),
          ],
    ),
  );
  return placed([...found, ...ordered], configSource, composition);
}
