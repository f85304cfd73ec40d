/** What every auth choice writes on an empty home, as a patch. `vitest run -u` accepts a change; look at it first. */

import { expect, it } from "vitest";
import { openCatalog } from "../../src/catalog.js";
import { makeHome } from "../cli/harness.js";

const choices = openCatalog()
  .all()
  .flatMap(({ choices: all }) => all);
const tokenOf = ({ keyFormat }: (typeof choices)[number]): string =>
  keyFormat ? keyFormat.prefix.padEnd(keyFormat.minLength, "0") : "test-key-1";

it.each(choices.map((choice) => [choice.id, choice] as const))("%s", async (id, choice) => {
  const home = makeHome();
  const argv = [
    "onboard",
    "--auth-choice",
    id,
    choice.flag,
    tokenOf(choice),
    ...(choice.parameters ?? []).flatMap(({ name, flag }) => [flag, name]),
    ...(choice.endpoint ? ["--custom-base-url", "http://10.0.0.5:8000/v1", "--custom-model-id", "a-model"] : []),
    "--dry-run",
    "--format",
    "json-patch",
    "--file",
    "openclaw.json",
  ];
  const { code, out } = await home.run(argv);
  expect(code).toBe(0);
  expect(out).not.toContain(tokenOf(choice));
  await expect(out).toMatchFileSnapshot(`expected/onboard/${id}.json`);
});
