/** `clawform onboard`: one provider, as `openclaw onboard` would set it up. */

import { Option } from "commander";
import { onboardSetup } from "../core/card.js";
import { thisProcess } from "../host.js";
import type { Problem, SetupProvider } from "../types.js";
import { planSetup } from "../planning.js";
import { catalogOf, openWorkspace } from "../workspace.js";
import { allChoices, chosen } from "./choice.js";
import {
  attribute,
  customVariables,
  duration,
  keyFlag,
  keysFor,
  onlyOne,
  profileFor,
  providerFlags,
  unused,
} from "./onboard-flags.js";
import { type EndpointOptions, endpointOptions, namesEndpoint, requestedCard } from "./onboard-endpoint.js";
import { onboardKey } from "./onboard-key.js";
import type { Register } from "./index.js";
import { type WriteOptions, writeOptions } from "./options.js";
import { writePlan } from "./write.js";

interface Options extends WriteOptions, EndpointOptions {
  authChoice?: string;
  token?: string;
  tokenExpiresIn?: number;
  tokenProvider?: string;
  tokenProfileId?: string;
  secretInputMode?: "plaintext" | "ref";
}

/** Adds the command. */
export const register: Register = (program, io, asked) => {
  const catalog = catalogOf(io);
  const cards = asked ? catalog.all() : [];
  const command = endpointOptions(writeOptions(program.command("onboard")))
    .summary("set up one provider, with the flags of openclaw onboard")
    .description(
      "Sets up one provider as openclaw onboard does: credential, plugin, provider block, alias, default model (fallbacks stay). Nothing else of the configuration is touched.",
    )
    .option(
      "--auth-choice <id>",
      "which provider and how to authenticate; a provider's key flag alone implies it",
      onlyOne,
    )
    .option("--token <key>", "the key, for use with --token-provider")
    .option("--token-provider <id>", "the provider --token is for")
    .option("--token-profile-id <id>", "profile id to store the credential under (default: <provider>:default)")
    .option("--token-expires-in <duration>", "when a token ends, such as 365d or 12h", duration)
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
    const used = flags.filter((flag) => given(flag) !== undefined);
    const shelf = chosen(
      { ...options, flags: used, endpoint: namesEndpoint(options) },
      allChoices(cards),
      catalog.elsewhere(),
    );
    const { choice } = shelf;
    const workspace = openWorkspace(options, io);
    const problems: Problem[] = unused(shelf, used, options.tokenExpiresIn);
    const flag = keyFlag(shelf, given);
    const key = await onboardKey(
      {
        ...shelf,
        flag,
        flagKey: given(flag) ?? options.token,
        ...(choice.endpoint?.rule === "custom" ? { variables: customVariables(shelf, options, workspace) } : {}),
        mode: options.secretInputMode,
        agents: options.agent,
      },
      workspace,
      io,
      problems,
    );
    const made = await requestedCard(shelf, key, options, workspace);
    problems.push(...made.problems);
    const { card } = made;
    const provider: SetupProvider = { ...made.provider, ...profileFor(options.tokenProfileId, choice) };
    const parameters = (choice.parameters ?? []).map(
      ({ name, flag, env }) =>
        [name, given(flag) ?? (env === undefined ? undefined : io.env[env]) ?? key?.metadata?.[name]] as const,
    );
    if (parameters.length > 0)
      provider.parameters = Object.fromEntries(
        parameters.filter((pair): pair is [string, string] => pair[1] !== undefined),
      );
    const own = card.choices.find(({ id }) => id === choice.id) ?? choice;
    const setup = made.problems.some(({ severity }) => severity === "error")
      ? {}
      : onboardSetup(card, own, provider, workspace.value);
    const expires = options.tokenExpiresIn === undefined ? undefined : thisProcess.now() + options.tokenExpiresIn;
    const request = {
      setup,
      file: "",
      keys: keysFor(card.id, made.inline === undefined ? key : { inline: made.inline }, choice, expires),
      problems,
      cards: [card],
      entry: { listed: choice.unlisted !== true, params: made.params },
      agents: options.agent,
      enablePlugin: options.enablePlugin ?? false,
      reformat: options.reformat ?? false,
    };
    await writePlan(planSetup({ ...request, onboarding: true }, workspace), options, io);
  });
};
