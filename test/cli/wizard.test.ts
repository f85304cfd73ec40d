/** Onboarding as somebody at a terminal does it: on a real pseudo-terminal where there is one, and in this process. */

import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { config, type Home, makeHome, store } from "./harness.js";
import { inProcess, keys, noTerminal, onTerminal, type Opener, restored, type Session } from "./terminal.js";

const env = { KILOCODE_API_KEY: "sk-test-environment-1234" };
const typed = "sk-test-typed-at-the-prompt-9876";
const present = `{
  // mine
  agents: { defaults: { model: { primary: "anthropic/claude-opus-4-6", fallbacks: ["openai/gpt-5.2"] } } },
}
`;

interface Written {
  agents: { defaults: { model: { primary: string; fallbacks?: string[] } } };
}
const profiles = (home: Home): Record<string, unknown> =>
  (JSON.parse(home.read(store)) as { profiles: Record<string, unknown> }).profiles;
const primary = (home: Home): string => (JSON.parse(home.read(config)) as Written).agents.defaults.model.primary;

/** The way to the question for Kilo's key. */
async function pickKilo({ until, type }: Session): Promise<void> {
  await until("Which provider?");
  type("kilo gate");
  await until("1 match");
  type(keys.enter);
}

const ways: [string, Opener][] = [
  ["in process", inProcess],
  ...(noTerminal === null ? ([["on a terminal", onTerminal]] as [string, Opener][]) : []),
];
if (noTerminal !== null)
  console.warn(`Skipped: onboarding on a pseudo-terminal (${noTerminal}); in process it is tested.`);

describe.each(ways)("onboard %s", (way, open) => {
  const real = way !== "in process";

  it("finds a provider, takes a key nobody sees, shows the diff, writes when told to", async () => {
    const home = makeHome();
    const session = open(home, ["onboard"]);
    await session.until("Anthropic");
    session.type("zzz");
    await session.until("No matches found");
    session.type(keys.enter);
    await session.until("Nothing matches.");
    session.type("\u007F\u007F\u007F");
    await session.until("type a part of the name");
    session.type("KILOCODE_API");
    await session.until("1 match");
    session.type(keys.enter);
    await session.until("Enter Kilo Gateway API key");
    session.type(keys.enter);
    await session.until("Required");
    session.type(typed);
    await session.until("▪▪▪▪");
    session.type(keys.enter);
    await session.until("Write these 2 files?");
    expect(home.exists(config)).toBe(false);
    session.type("y");
    const { code, sent, text } = await session.ended;
    expect(text).toContain('"key": "***"');
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining("Applied: wrote") as string });
    expect(sent).not.toContain(typed);
    expect(sent).not.toContain("at-the-prompt");
    expect(profiles(home)).toEqual({ "kilocode:default": { type: "api_key", provider: "kilocode", key: typed } });
    expect(primary(home)).toBe("kilocode/kilo/auto");
    if (real) expect(text).toContain(restored);
  });

  it("shows a variable's key by its ends, stores a reference, keeps the default model", async () => {
    const home = makeHome({ [config]: present });
    const session = open(home, ["onboard"], { env });
    await pickKilo(session);
    await session.until("Use the key in KILOCODE_API_KEY (sk-t…1234)?");
    session.type(keys.enter);
    await session.until("How is it kept?");
    session.type(keys.down);
    await session.until(/● Store a reference to KILOCODE_API_KEY/);
    session.type(keys.enter);
    await session.until(/Which default model\?[^]*fallbacks stay: openai\/gpt-5.2/);
    session.type(keys.down);
    await session.until("● Keep anthropic/claude-opus-4-6");
    session.type(keys.enter);
    await session.until("Write these 2 files?");
    session.type("y");
    const { code, sent } = await session.ended;
    expect(code).toBe(0);
    expect(sent).not.toContain("environment-1234");
    const keyRef = { source: "env", provider: "default", id: "KILOCODE_API_KEY" };
    expect(profiles(home)).toEqual({ "kilocode:default": { type: "api_key", provider: "kilocode", keyRef } });
    expect(home.read(config)).toContain(
      'model: { primary: "anthropic/claude-opus-4-6", fallbacks: ["openai/gpt-5.2"] }',
    );
    expect(home.read(config)).toContain("// mine");
  });

  it("makes the provider's model the default and copies the variable when Enter is all that is pressed", async () => {
    const home = makeHome({ [config]: present });
    const session = open(home, ["onboard", "--auth-choice", "kilocode-api-key"], { env });
    for (const question of ["Use the key in", "How is it kept?", "Which default model?"]) {
      await session.until(question);
      session.type(keys.enter);
    }
    await session.until("Write these 2 files?");
    session.type("y");
    expect((await session.ended).code).toBe(0);
    expect(profiles(home)).toMatchObject({ "kilocode:default": { key: env.KILOCODE_API_KEY } });
    expect(home.read(config)).toContain('model: { primary: "kilocode/kilo/auto", fallbacks: ["openai/gpt-5.2"] }');
  });

  it("leaves things as they are when the last answer is no", async () => {
    const home = makeHome({ [config]: present });
    const session = open(home, ["onboard", "--kilocode-api-key", typed]);
    await session.until("Which default model?");
    session.type(keys.enter);
    await session.until("Write these 2 files?");
    session.type(keys.enter);
    const { code, text, sent } = await session.ended;
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining("Nothing was written.") as string });
    expect([home.read(config), home.exists(store), sent.includes(typed)]).toEqual([present, false, false]);
  });

  it("takes a paste as one answer, whatever came along with it", async () => {
    const home = makeHome();
    const session = open(home, ["onboard", "--auth-choice", "kilocode-api-key"]);
    await session.until("Enter Kilo Gateway API key");
    session.type(`\u001b[200~  export KILOCODE_API_KEY="sk-test-pasted-\r\nover-two-lines";\r\n\u001b[201~`);
    await session.until("▪▪▪▪");
    session.type(keys.enter);
    await session.until("Write these 2 files?");
    expect(home.exists(store)).toBe(false);
    session.type("y");
    const { code, sent } = await session.ended;
    expect(code).toBe(0);
    expect(sent).not.toContain("over-two");
    expect(profiles(home)).toMatchObject({ "kilocode:default": { key: "sk-test-pasted-over-two-lines" } });
  });

  it("drops what follows a key that was pasted without brackets: no later question is answered by it", async () => {
    const home = makeHome();
    const session = open(home, ["onboard", "--auth-choice", "kilocode-api-key"]);
    await session.until("Enter Kilo Gateway API key");
    session.type("sk-test-first-line\ry\ry\r");
    await session.until("Write these 2 files?");
    session.type(keys.enter);
    expect(await session.ended).toMatchObject({ code: 0 });
    expect(home.exists(store)).toBe(false);
  });

  it("asks which of a group's choices, and for what a choice needs beside the key", async () => {
    const home = makeHome();
    const session = open(home, ["onboard"]);
    await session.until("Which provider?");
    session.type("stepfun");
    await session.until("1 match");
    session.type(keys.enter);
    await session.until(/Which way in\?[^]*StepFun Step Plan API key \(China\)/);
    session.type(keys.stop);
    expect((await session.ended).code).toBe(130);

    const gateway = open(home, ["onboard", "--cloudflare-ai-gateway-api-key", typed]);
    await gateway.until("Cloudflare Account ID");
    gateway.type(`acct1${keys.enter}`);
    await gateway.until("Cloudflare AI Gateway ID");
    gateway.type(keys.enter);
    await gateway.until("Required");
    gateway.type(`gate2${keys.enter}`);
    await gateway.until("Write these 2 files?");
    gateway.type("y");
    expect((await gateway.ended).code).toBe(0);
    expect(home.read(store)).toContain('"accountId": "acct1"');
    expect(home.read(config)).toContain("/acct1/gate2/anthropic");
  });

  it("asks a server of one's own where it is, what it serves and how it speaks; its key may be left out", async () => {
    const home = makeHome();
    const session = open(home, ["onboard"]);
    await session.until("Which provider?");
    session.type("custom");
    await session.until("1 match");
    session.type(keys.enter);
    await session.until("Address of the server");
    session.type(`10.0.0.5:8000${keys.enter}`);
    await session.until("begins with http");
    session.type(`${"\u007F".repeat(13)}http://10.0.0.5:8000/v1${keys.enter}`);
    await session.until("Model it serves");
    session.type(`qwen3${keys.enter}`);
    await session.until("Which protocol?");
    session.type(keys.enter);
    await session.until("Enter Custom Provider API key, or nothing if it wants none");
    session.type(keys.enter);
    await session.until("Write this file?");
    session.type("y");
    expect((await session.ended).code).toBe(0);
    expect(primary(home)).toMatch(/^custom-.*\/qwen3$/);
    expect(home.read(config)).toContain('"baseUrl": "http://10.0.0.5:8000/v1"');
    expect(home.exists(store)).toBe(false);

    const local = open(makeHome(), ["onboard", "--auth-choice", "vllm"]);
    await local.until("Model it serves");
    local.type(keys.stop);
    expect((await local.ended).code).toBe(130);
  });

  it("offers a stored profile among the keys when the provider was picked, and else takes it", async () => {
    const stored = JSON.stringify({
      version: 1,
      profiles: { "kilocode:mine": { type: "api_key", provider: "kilocode", key: "sk-test-stored" } },
    });
    const home = makeHome({ [store]: stored });
    const session = open(home, ["onboard"], { env });
    await pickKilo(session);
    await session.until("Which key?");
    for (const source of ["Stored profile kilocode:mine", "KILOCODE_API_KEY (sk-t…1234)", "Enter another key"])
      await session.until(source);
    session.type(keys.enter);
    await session.until("Write this file?");
    session.type("y");
    expect((await session.ended).code).toBe(0);
    expect([home.read(store), home.read(config).includes('"kilocode:mine"')]).toEqual([stored, true]);

    const again = open(home, ["onboard", "--auth-choice", "kilocode-api-key"], { env });
    const { code, text } = await again.ended;
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining("No changes.") as string });
  });

  it("asks nothing that has a default with --yes", async () => {
    const home = makeHome({ [config]: present });
    const session = open(home, ["onboard", "--auth-choice", "kilocode-api-key", "--yes"], { env });
    expect(await session.ended).toMatchObject({ code: 0 });
    expect(home.read(config)).toContain('primary: "kilocode/kilo/auto"');
    const keyless = open(home, ["onboard", "--auth-choice", "xai-api-key", "--yes"]);
    await keyless.until("Enter xAI API key");
    keyless.type(keys.stop);
    expect((await keyless.ended).code).toBe(130);
  });

  const questions = [
    "Which provider?",
    "Use the key in",
    "How is it kept?",
    "Which default model?",
    "Write these 2 files?",
  ];
  const leave: [string, string, string][] = questions.flatMap((question): [string, string, string][] => [
    [question, "Ctrl-C", keys.stop],
    [question, "Ctrl-D", keys.end],
  ]);
  it.each([...leave, ["Enter Kilo", "Ctrl-C", keys.stop], ["Enter Kilo", "Escape", keys.escape]])(
    "leaves everything as it was when %s is answered by %s",
    async (last, _name, key) => {
      const home = makeHome({ [config]: present });
      const session = open(home, ["onboard"], { env });
      const route = last === "Enter Kilo" ? ["Which provider?", "Use the key in", "Enter Kilo"] : questions;
      for (const question of route.slice(0, route.indexOf(last) + 1)) {
        if (question === "Use the key in") await pickedKilo(session);
        await session.until(question);
        if (question === last) session.type(key);
        else if (question !== "Which provider?") session.type(last === "Enter Kilo" ? "n" : keys.enter);
      }
      const { code, text, sent } = await session.ended;
      expect({ code, text }).toMatchObject({
        code: 130,
        text: expect.stringContaining("Stopped; nothing was written.") as string,
      });
      expect([home.read(config), readdirSync(home.path(".openclaw"))]).toEqual([present, ["openclaw.json"]]);
      expect(sent.lastIndexOf("\u001b[?25h")).toBeGreaterThan(sent.lastIndexOf("\u001b[?25l"));
      expect(sent.lastIndexOf("\u001b[?2004l")).toBeGreaterThanOrEqual(sent.lastIndexOf("\u001b[?2004h"));
      if (real) expect(text).toContain(restored);
    },
  );

  it.runIf(real).each(["Enter xAI API key", "Write these 2 files?"])(
    "gives the terminal back when it is ended from outside at %s",
    async (question) => {
      const home = makeHome({ [config]: present });
      const session = open(home, ["onboard", "--auth-choice", "xai-api-key"]);
      await session.until("Enter xAI API key");
      if (question !== "Enter xAI API key") {
        session.type(`${typed}\r`);
        await session.until("Which default model?");
        session.type(keys.enter);
        await session.until(question);
      }
      session.terminate?.();
      const { code, sent, text } = await session.ended;
      expect({ code, text }).toMatchObject({ code: 143, text: expect.stringContaining(restored) as string });
      expect(sent.lastIndexOf("\u001b[?25h")).toBeGreaterThan(sent.lastIndexOf("\u001b[?25l"));
      expect([home.read(config), home.exists(store)]).toEqual([present, false]);
    },
  );

  it("fits a narrow terminal, and one that becomes narrow", async () => {
    const home = makeHome();
    const session = open(home, ["onboard"], { columns: 70, rows: 16 });
    await session.until("Which provider?");
    session.resize(34, 14);
    await session.until(/confirm\n• Type: to search/);
    session.type("cloudfl");
    const narrow = await session.until("1 match");
    expect(narrow).toContain("Cloudflare AI Gateway");
    for (const line of narrow.split("\n")) expect(line.length).toBeLessThanOrEqual(34);
    session.type(keys.enter);
    await session.until("Enter the key for Cloudflare");
    session.type(keys.stop);
    expect((await session.ended).code).toBe(130);
  });

  it.each([
    ["NO_COLOR", [], { NO_COLOR: "1" }],
    ["--color never", ["--color", "never"], {}],
  ])("uses no colours with %s", async (_name, flags, surroundings) => {
    const session = open(makeHome(), ["onboard", ...flags], { env: surroundings });
    await session.until("Which provider?");
    session.type("kilo");
    await session.until("1 match");
    session.type(keys.stop);
    const { sent } = await session.ended;
    expect(sent).not.toMatch(/\u001b\[[\d;]*[1-9]\d*m/);
  });

  it.each([
    ["TERM=dumb", { TERM: "dumb" }],
    ["ACCESSIBLE=1", { ACCESSIBLE: "1" }],
  ])("asks line by line with %s: nothing is drawn twice", async (_name, surroundings) => {
    const home = makeHome({ [config]: present });
    const session = open(home, ["onboard", "--color", "never"], { env: surroundings, rows: 80 });
    await session.until(/\d+\. Z\.AI/);
    await session.until("Number or name [1]:");
    session.type("stepf\r");
    await session.until("4. StepFun Step Plan API key (Global/Intl)");
    session.type("step plan\r");
    await session.until("That may be StepFun Step Plan API key (China), StepFun Step Plan");
    session.type("999\r");
    await session.until("Nothing matches.");
    session.type("4\r");
    await session.until("Enter StepFun");
    session.type("\r");
    await session.until("Required");
    session.type(`${typed}\r`);
    await session.until("Which default model?");
    session.type("keep\r");
    await session.until("Write these 2 files? [y/N]");
    session.type("maybe\r");
    await session.until("Answer y or n.");
    session.type("yes\r");
    const { code, sent } = await session.ended;
    expect({ code, sent }).toMatchObject({ code: 0, sent: expect.not.stringContaining(typed) as string });
    expect(sent.replaceAll("\u001b[?25h", "").replaceAll(/\u001b\[\?2004[hl]/g, "")).not.toContain("\u001b");
    expect(Object.keys(profiles(home))).toContain("stepfun-plan:intl");
    expect(home.read(config)).toContain('primary: "anthropic/claude-opus-4-6"');
  });

  it.runIf(real).each(["Number or name", "Enter xAI API key"])("stops line by line too, at %s", async (question) => {
    const home = makeHome();
    const argv = question.startsWith("Enter") ? ["--auth-choice", "xai-api-key"] : [];
    const session = open(home, ["onboard", ...argv], { env: { TERM: "dumb" }, rows: 80 });
    await session.until(question);
    session.type(keys.stop);
    const { code, text } = await session.ended;
    expect({ code, text }).toMatchObject({ code: 130, text: expect.stringContaining("Stopped; nothing") as string });
    expect(text).toContain(restored);
    expect(home.exists(".openclaw")).toBe(false);
  });

  async function pickedKilo({ until, type }: Session): Promise<void> {
    type("kilo gate");
    await until("1 match");
    type(keys.enter);
  }
});

describe("nobody to ask", () => {
  it.each([
    ["--json", ["--json"], {}],
    ["a piped standard input", [], { inIsTerminal: false }],
    ["a piped standard output", [], { outIsTerminal: false }],
  ])("with %s a missing choice or key is an error", async (_name, flags, over) => {
    const terminal = { inIsTerminal: true, outIsTerminal: true, errIsTerminal: true, ...over };
    const home = makeHome();
    const choice = await home.run(["onboard", ...flags], { console: terminal });
    expect(choice).toMatchObject({ code: 64, err: expect.stringContaining("--auth-choice is missing") as string });
    const key = await home.run(["onboard", "--auth-choice", "kilocode-api-key", ...flags], { console: terminal });
    expect(key).toMatchObject({ code: 64, err: expect.stringContaining("--kilocode-api-key") as string });
  });

  it("a reference cannot be typed: without the variable ref mode is an error on a terminal too", async () => {
    const terminal = { inIsTerminal: true, outIsTerminal: true, errIsTerminal: true };
    const argv = ["onboard", "--auth-choice", "kilocode-api-key", "--secret-input-mode", "ref"];
    expect(await makeHome().run(argv, { console: terminal })).toMatchObject({
      code: 64,
      err: expect.stringContaining("KILOCODE_API_KEY") as string,
    });
  });
});
