/** One file against its schema, and both files against each other. */

import type { AuthStore, Json, OpenClawConfig, Problem, SourceFile } from "../types.js";
import { contradictions } from "./diagnosis/profiles.js";
import { documentFindings, duplicateProblems, inFiles, openSource, placed, wholeOf } from "./documents.js";
import type { Composition } from "./include.js";
import { unknownKeys } from "./known-keys.js";
import { isNewerShape } from "./release.js";
import { storeProblems } from "./store-form.js";
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
  return [...placed(found, source, whole), ...duplicateProblems(source), ...storeProblems(source)];
}

/** What the configuration says of credentials against these agents' stores: names without a credential, kinds that differ. */
export function crossCheck(
  configSource: SourceFile,
  composition: Composition | null,
  authSources: readonly SourceFile[],
): Problem[] {
  const config: OpenClawConfig = composition ? wholeOf(composition, configSource) : openSource(configSource);
  const stores = new Map(
    authSources.flatMap((source) =>
      source.document.kind === "auth" ? [[source.document.agent, openSource(source) as AuthStore] as const] : [],
    ),
  );
  const found = contradictions.flatMap(({ look }) => look({ config, stores }));
  return inFiles(found, [configSource, ...authSources], composition);
}
