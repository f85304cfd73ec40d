/** Tab: what is offered, and that the shells themselves take it. */

import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { binaryPath, config, type Home, makeHome } from "./harness.js";

const mine = `{
  agents: { list: [{ id: "work" }], defaults: { model: "own/m:free", models: { "own/m:free": { alias: "mine" } } } },
  models: { providers: { own: { baseUrl: "http://127.0.0.1:1/v1", api: "openai-completions", models: [{ id: "m:free" }] } } },
}
`;

async function offered(words: readonly string[], home: Home = makeHome({ [config]: mine })): Promise<string[]> {
  const { code, out, err } = await home.run(["completion", "words", "--", ...words]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out.split("\n").flatMap((line) => (line === "" ? [] : [line.split("\t")[0] as string]));
}

describe("words", () => {
  it.each<[string[], string[]]>([
    [["pl"], ["plan"]],
    [
      ["models", ""],
      ["set", "list", "discover", "help"],
    ],
    [["plan", "--ref"], ["--reformat"]],
    [
      ["plan", "--color", "a"],
      ["auto", "always"],
    ],
    [["plan", "--color=n"], ["--color=never"]],
    [["plan", "--reformat", "--reform"], []],
    [["plan", "--agent", "work", "--age"], ["--agent"]],
    [
      ["plan", "--agent", ""],
      ["main", "work"],
    ],
    [["plan", ""], [":files"]],
    [["plan", "--out", "x"], [":files"]],
    [["models", "list", "--setup", ""], [":files"]],
    [["plan", "--", "--re"], [":files"]],
    [["plan", "setup.json5", ""], []],
    [
      ["onboard", "--auth-choice", "moonshot"],
      ["moonshot-api-key", "moonshot-api-key-cn"],
    ],
    [["onboard", "--auth-choice=kilo"], ["--auth-choice=kilocode-api-key"]],
    [["onboard", "--kilocode-api-key", ""], []],
    [
      ["onboard", "--secret-input-mode", ""],
      ["plaintext", "ref"],
    ],
    [["onboard", "--token-provider", "kilo"], ["kilocode"]],
    [["models", "set", "own/"], ["own/m:free"]],
    [["explain", "own/"], ["own/m:free"]],
    [["verify", "mine"], ["mine"]],
    [
      ["doctor", "--only", "base-url-s"],
      ["base-url-scheme", "base-url-slashes"],
    ],
    [["doctor", "--only", "stale"], ["stale-lock"]],
    [
      ["models", "set", "mi"],
      ["mistral/mistral-large-latest", "mine"],
    ],
    [["models", "list", "--provider", "ow"], ["own"]],
    [["models", "list", "--help"], ["--help"]],
    [["providers", "kil"], ["kilocode"]],
    [["schema", "set"], ["setup"]],
    [
      ["completion", ""],
      ["bash", "zsh", "fish"],
    ],
    [["nonsense", "x", ""], []],
    [["models", "set", "--state-dir", "/nonexistent/place", "own/"], []],
  ])("%j", async (words, expected) => {
    const found = await offered(words);
    if (words.includes("mi")) expect(found).toEqual(expect.arrayContaining(["mine"]));
    else expect(found).toEqual(expected);
  });

  it("offers every command and every option of every command", async () => {
    const home = makeHome();
    const commands = await offered([""], home);
    expect(commands).toEqual(expect.arrayContaining(["plan", "apply", "onboard", "models", "completion", "help"]));
    for (const command of commands.filter((name) => !["help", "models"].includes(name))) {
      const help = (await home.run([command, "--help"])).out;
      const listed = [...help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map((match) => match[1] as string);
      expect([command, (await offered([command, "-"], home)).sort()]).toEqual([command, listed.sort()]);
    }
  });

  it("is silent where the configuration cannot be read", async () => {
    expect(await offered(["models", "set", ""], makeHome({ [config]: "{ broken" }))).toEqual([]);
    expect(await offered(["plan", "--agent", ""], makeHome({ [config]: "{ broken" }))).toEqual(["main"]);
    expect(await offered(["plan", "--agent", ""], makeHome({ [config]: "{ agents: { list: 3 } }" }))).toEqual(["main"]);
  });

  it("refuses a shell it has no script for", async () => {
    expect(await makeHome().run(["completion", "bsh"])).toMatchObject({
      code: 64,
      err: expect.stringContaining("Did you mean bash or zsh?") as string,
    });
    expect(await makeHome().run(["completion", "powershell"])).toMatchObject({ code: 64 });
    expect(await makeHome().run(["completion", "constructor"])).toMatchObject({ code: 64 });
    expect(await makeHome().run(["completion"])).toMatchObject({ code: 64 });
  });
});

/** A home where `clawform` is a command, and a shell in it. */
function shellIn(shell: string): (script: string) => string {
  const home = makeHome({
    [config]: mine,
    "plans/one.plan": "",
    "bin/clawform": `#!/bin/sh\nexec '${process.execPath}' '${binaryPath}' "$@"\n`,
  });
  chmodSync(home.path("bin/clawform"), 0o755);
  const script = home.binary(["completion", shell]);
  expect(script).toMatchObject({ code: 0, err: "" });
  home.write("completion", script.out);
  return (text) => {
    const flags = shell === "zsh" ? ["-f"] : shell === "bash" ? ["--norc"] : [];
    const { stdout, stderr, status } = spawnSync(shell, [...flags, "-c", text], {
      cwd: home.dir,
      encoding: "utf8",
      env: { HOME: home.dir, PATH: `${home.path("bin")}:${process.env["PATH"]}`, LANG: "C.UTF-8" },
    });
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    return stdout;
  };
}

const rows: [string, string[]][] = [
  ["clawform mod", ["models"]],
  ["clawform onboard --auth-choice kilo", ["kilocode-api-key"]],
  ["clawform models set own/m:", ["own/m:free"]],
  ["clawform apply plans/", ["plans/one.plan"]],
];

describe.each(["bash", "zsh", "fish"])("%s", (shell) => {
  const missing = spawnSync(shell, ["-c", "exit 0"]).error !== undefined;
  if (missing) console.warn(`Skipped: completion in ${shell}, which is not installed here.`);

  it.runIf(!missing)("takes the script and completes with it", () => {
    const say = shellIn(shell);
    for (const [line, expected] of rows) {
      const quoted = `'${line}'`;
      const found = {
        // Readline takes what follows the last ":" or "=" of a word for the word.
        bash: () =>
          say(`source ./completion; complete -p clawform >/dev/null
            COMP_LINE=${quoted}; COMP_POINT=\${#COMP_LINE}; _clawform clawform; printf '%s\\n' "\${COMPREPLY[@]}"`),
        zsh: () =>
          say(`autoload -Uz compinit; compinit -D -u; source ./completion; [[ $_comps[clawform] == _clawform ]] || exit 3
            _describe() { print -rl -- \${(P)4}; }; _files() { print -rl -- \${words[CURRENT]}*; }
            words=(\${=:-${line}}); CURRENT=\${#words}; _clawform`)
            .replaceAll(/(?<!\\):.*$/gm, "")
            .replaceAll("\\:", ":"),
        fish: () => say(`source ./completion; complete -C${quoted}`).replaceAll(/\t.*$/gm, ""),
      }[shell as "bash"]();
      const tail = shell === "bash" ? expected.map((word) => word.slice(word.lastIndexOf(":") + 1)) : expected;
      expect([line, found.trim().split("\n")]).toEqual([line, tail]);
    }
  });
});
