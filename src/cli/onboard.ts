/** `clawform onboard`: one provider, as `openclaw onboard` would set it up. */

import { type Command, Option } from "commander";
import { onboardSetup } from "../core/card.js";
import type { Card, Plan, Problem, SetupProvider } from "../types.js";
import { planSetup } from "../planning.js";
import { openCatalog, openWorkspace } from "../workspace.js";
import { allChoices, chosen } from "./choice.js";
import { onboardKey } from "./onboard-key.js";
import type { Register } from "./index.js";
import { type WriteOptions, writeOptions } from "./options.js";
import { writePlan } from "./write.js";

interface Options extends WriteOptions {
  authChoice?: string;
  token?: string;
  tokenProvider?: string;
  tokenProfileId?: string;
  secretInputMode?: "plaintext" | "ref";
}

/** Adds the command. */
export const register: Register = (program, io, asked) => {
  const cards = asked ? openCatalog().all() : [];
  const command = writeOptions(program.command("onboard"))
    .summary("set up one provider, with the flags of openclaw onboard")
    .description(
      "Sets up one provider as openclaw onboard does: credential, plugin, provider block, alias, default model (fallbacks stay). Nothing else of the configuration is touched.",
    )
    .option("--auth-choice <id>", "which provider and how to authenticate; a provider's key flag alone implies it")
    .option("--token <key>", "the key, for use with --token-provider")
    .option("--token-provider <id>", "the provider --token is for")
    .option("--token-profile-id <id>", "profile id to store the credential under (default: <provider>:default)")
    .addOption(
      new Option("--secret-input-mode <mode>", "store the key itself or a reference to its variable").choices([
        "plaintext",
        "ref",
      ]),
    )
    .addHelpText(
      "after",
      '\nExamples:\n  $ clawform onboard --auth-choice kilocode-api-key --kilocode-api-key "$KEY" --yes\n  $ clawform onboard --openrouter-api-key "$KEY" --dry-run\n  $ KILOCODE_API_KEY=… clawform onboard --auth-choice kilocode-api-key --secret-input-mode ref',
    );
  const flags = providerFlags(command, cards);
  command.action(async (options: Options) => {
    const given = (flag: string): string | undefined => command.getOptionValue(attribute(flag)) as string | undefined;
    const { card, choice } = chosen(
      { ...options, flags: flags.filter((flag) => given(flag) !== undefined) },
      allChoices(cards),
    );
    const workspace = openWorkspace(options, io);
    const problems: Problem[] = [];
    const key = await onboardKey(
      {
        card,
        choice,
        flagKey: given(choice.flag) ?? options.token,
        mode: options.secretInputMode,
        agents: options.agent,
      },
      workspace,
      io,
      problems,
    );
    const provider: SetupProvider = {};
    if (options.tokenProfileId !== undefined) provider.profile = options.tokenProfileId;
    const parameters = (choice.parameters ?? []).map(
      ({ name, flag, env }) =>
        [name, given(flag) ?? (env === undefined ? undefined : io.env[env]) ?? key.metadata?.[name]] as const,
    );
    if (parameters.length > 0)
      provider.parameters = Object.fromEntries(
        parameters.filter((pair): pair is [string, string] => pair[1] !== undefined),
      );
    const setup = onboardSetup(card, choice, provider);
    const request = {
      setup,
      file: "",
      keys: new Map([[card.id, key]]),
      problems,
      agents: options.agent,
      enablePlugin: options.enablePlugin ?? false,
      reformat: options.reformat ?? false,
    };
    const make = (): Plan => planSetup({ ...request, onboarding: true }, openWorkspace(options, io));
    await writePlan(make, options, io, { command: "onboard" });
  });
};

/** Adds every provider's flags, each once, and returns those that carry a key. */
function providerFlags(command: Command, cards: readonly Card[]): string[] {
  const keys = new Map<string, string>();
  const parameters = new Map<string, string>();
  for (const { card, choice } of allChoices(cards)) {
    if (!keys.has(choice.flag)) keys.set(choice.flag, card.label);
    for (const { flag, label } of choice.parameters ?? []) parameters.set(flag, label);
  }
  for (const [flag, label] of keys) command.option(`${flag} <key>`, `key for ${label}`);
  for (const [flag, label] of parameters) command.option(`${flag} <value>`, label);
  return [...keys.keys()];
}

/** Commander's name for an option's value. */
function attribute(flag: string): string {
  return new Option(`${flag} <value>`).attributeName();
}
