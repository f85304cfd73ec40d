/** `clawform onboard`: one provider, as `openclaw onboard` would set it up. */

import { Option } from "commander";
import { onboardSetup } from "../core/card.js";
import { thisProcess } from "../host.js";
import type { Plan, Problem, SetupProvider } from "../types.js";
import { planSetup } from "../planning.js";
import { catalogOf } from "../catalog.js";
import { openWorkspace } from "../workspace.js";
import { terminalOf } from "./ask.js";
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
  twoKeys,
  unused,
} from "./onboard-flags.js";
import { type EndpointOptions, endpointOptions, namesEndpoint, requestedCard } from "./onboard-endpoint.js";
import { onboardKey } from "./onboard-key.js";
import type { Register } from "./index.js";
import { type WriteOptions, writeOptions } from "./options.js";
import { askDefaultModel, askEndpoint, askParameters, pickChoice } from "./wizard.js";
import { recoverFirst, writePlan } from "./write.js";

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
  command.action(async (typed: Options) => {
    const given = (flag: string): string | undefined => command.getOptionValue(attribute(flag)) as string | undefined;
    const terminal = terminalOf(typed, io);
    const used = flags.filter((flag) => given(flag) !== undefined);
    const endpoint = namesEndpoint(typed);
    const picked = terminal !== null && used.length === 0 && !endpoint && !typed.authChoice && !typed.tokenProvider;
    const shelf = picked
      ? await pickChoice(terminal, cards)
      : chosen({ ...typed, flags: used, endpoint }, allChoices(cards), catalog.elsewhere());
    const { choice } = shelf;
    const options = terminal ? await askEndpoint(terminal, shelf, typed, picked) : typed;
    await recoverFirst(options, io, "onboard");
    const workspace = openWorkspace(options, io);
    const problems: Problem[] = unused(shelf, used, options);
    const flag = keyFlag(shelf, given);
    if (given(flag) !== undefined && options.token !== undefined && flag !== "--token") problems.push(twoKeys(flag));
    const key = await onboardKey(
      {
        ...shelf,
        flag,
        flagKey: given(flag) ?? options.token,
        ...(choice.endpoint?.rule === "custom" ? { variables: customVariables(shelf, options, workspace) } : {}),
        mode: options.secretInputMode,
        agents: options.agent,
        terminal,
        picked,
        yes: options.yes ?? false,
      },
      workspace,
      problems,
    );
    const made = await requestedCard(shelf, key, options, { workspace, io, quiet: options.quiet });
    problems.push(...made.problems);
    const { card } = made;
    const provider: SetupProvider = { ...made.provider, ...profileFor(options.tokenProfileId, choice) };
    const parameters = await askParameters(
      terminal,
      choice.parameters ?? [],
      ({ name, flag, env }) => given(flag) ?? (env === undefined ? undefined : io.env[env]) ?? key?.metadata?.[name],
    );
    if (Object.keys(parameters).length > 0) provider.parameters = parameters;
    const own = card.choices.find(({ id }) => id === choice.id) ?? choice;
    const refused = made.problems.some(({ severity }) => severity === "error");
    const full = refused ? {} : onboardSetup(card, own, provider, workspace.value);
    const setup = terminal && !options.yes ? await askDefaultModel(terminal, full, workspace.value) : full;
    if (picked) io.err("\n");
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
    const make = (): Plan => planSetup({ ...request, onboarding: true }, openWorkspace(options, io));
    await writePlan(make, options, io, { command: "onboard" });
  });
};
