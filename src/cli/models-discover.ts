/** `clawform models discover`: what a provider offers, planned into its block. */

import { fitsGlob } from "../core/glob.js";
import type { Discovery } from "../discovery.js";
import { failedError, invalidError } from "../errors.js";
import { planSetup } from "../planning.js";
import { renderProblems } from "../render/problems.js";
import type { ModelDefinition, Plan, SetupProvider } from "../types.js";
import { openWorkspace, type Workspace } from "../workspace.js";
import type { Console } from "./console.js";
import { type AskOptions, wantsColor, type WriteOptions } from "./options.js";
import { asking } from "./progress.js";
import { setupAtHand } from "./setup-at-hand.js";
import { recoverFirst, writePlan } from "./write.js";

/** What `models discover` takes. */
export type DiscoverOptions = WriteOptions & AskOptions & { provider: string; filter?: string; write?: boolean };

/**
 * Asks the provider and shows what its models change in its block; `--write` writes it. Models that are there stay as they
 * are. Throws a `failed` error (exit 1) when the provider gives no list, `invalid` when nothing fits the filter.
 */
export async function discoverModelsInto(options: DiscoverOptions, io: Console): Promise<void> {
  if (options.write) await recoverFirst(options, io, "models discover");
  const workspace = openWorkspace(options, io);
  const discovery = await askedProvider(options.provider, options, workspace, io);
  const { discovered, problems } = discovery;
  if (!discovered) {
    const why = problems.find(({ code }) => code.startsWith("discovery-") || code === "no-endpoint");
    throw failedError(why?.code ?? "discovery-failed", why?.message ?? "the provider gave no models", {
      hint: why?.hint.replace("The catalog's models are listed instead. ", "") ?? "",
    });
  }
  if (!options.quiet && !options.json && problems.length > 0)
    io.err(renderProblems(problems, { color: wantsColor(options.color, io.errIsTerminal, io), width: io.width }));
  const wanted = discovered.filter(({ id }) => options.filter === undefined || fitsGlob(options.filter, id));
  if (wanted.length === 0) {
    throw invalidError(
      "nothing-fits",
      `none of ${discovered.length} models of ${options.provider} fits "${options.filter}"`,
      {
        hint: `clawform models list --provider ${options.provider} shows them; * stands for any text.`,
      },
    );
  }
  // The provider is asked once; the files are planned over as they are when it is written.
  const make = (): Plan => {
    const present = openWorkspace(options, io);
    const setup = { providers: { [discovery.provider]: blockFor(wanted, discovery, present) } };
    return planSetup({ setup, file: "", keys: new Map(), reformat: options.reformat ?? false }, present);
  };
  const dryRun = !options.write || (options.dryRun ?? false);
  return writePlan(make, { ...options, dryRun }, io, { command: "models discover" });
}

/** Asks a provider as the options say, with what the setup at hand says about it. */
export async function askedProvider(
  provider: string,
  options: AskOptions & { agent?: string[]; quiet?: boolean },
  workspace: Workspace,
  io: Console,
): Promise<Discovery> {
  const setup = setupAtHand(options.setup, io);
  const [agent] = options.agent ?? [];
  const { discoverProvider } = await import("./remote.js");
  return asking(`Asking ${provider} for its models`, options, io, async (patience) =>
    discoverProvider(
      {
        provider,
        noAuth: options.auth === false,
        ...(agent === undefined ? {} : { agent }),
        ...(setup ? { setup } : {}),
        ...patience,
      },
      workspace,
    ),
  );
}

/**
 * The block as the setup would declare it: its own address, so that nothing of it changes, and the models it does not have
 * yet. A block that is new also gets the catalog's models: with a model of its own OpenClaw looks for no others there.
 */
function blockFor(
  wanted: readonly ModelDefinition[],
  { provider, models, discovered, baseUrl, api }: Discovery,
  { value }: Workspace,
): SetupProvider {
  // Its id is as the configuration spells it.
  const block = value.models?.providers?.[provider];
  const present = new Set((Array.isArray(block?.models) ? block.models : []).map(({ id }) => id));
  const bundled = block ? [] : models.filter((model) => !discovered?.includes(model));
  const missing = [...wanted, ...bundled].filter(({ id }) => !present.has(id));
  return {
    catalog: false,
    baseUrl: block?.baseUrl ?? baseUrl ?? "",
    ...(block ? {} : { api }),
    models: missing,
  };
}
