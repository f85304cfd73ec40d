/** `--probe` against a server that answers as the recorded one did. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import type { OpenClawConfig, ProviderBlock } from "../../src/types.js";
import type { Written } from "./kept.js";
import { arrange, present } from "./home.js";
import { type Recording, serverRecordings } from "./recordings.js";
import { over } from "./over.js";
import { keysOf } from "./said.js";

type Served = (typeof serverRecordings)[number];

/** What the server was asked: method and path, and the key it saw. */
interface Heard {
  readonly question: string;
  readonly authorization: string | undefined;
}

async function serve(answers: Served["server"]): Promise<{ port: number; heard: Heard[] }> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += String(part)));
    request.on("end", () => {
      const name = request.url === "/api/show" ? ` ${(JSON.parse(body) as { name: string }).name}` : "";
      const question = `${request.method} ${request.url}${name}`;
      heard.push({ question, authorization: request.headers.authorization });
      response.writeHead(answers[question] ? 200 : 404, { "content-type": "application/json" });
      response.end(JSON.stringify(answers[question] ?? { error: "none" }));
    });
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, heard };
}

const blockOf = ({ config }: Written, id: string): ProviderBlock => config.models?.providers?.[id] as ProviderBlock;
/** What the real one does and clawform does not: a reason, and its rule over the real result. */
const differences: { readonly [name: string]: (expected: Written, before: Written) => void } = {
  // D28: what stood there stays; a real key is not replaced by a placeholder.
  "server-same ollama": (expected, before) => keep(expected, before, "ollama"),
  "server-same lmstudio": (expected, before) => keep(expected, before, "lmstudio"),
  // Asked for without a key, a block that wants one keeps saying so.
  "server-same-no-key lmstudio": (expected) => void (blockOf(expected, "lmstudio")["auth"] = "api-key"),
  // The header is the key: no placeholder is needed, and OpenClaw forgets the stored ones.
  "server-header lmstudio": (expected) => {
    blockOf(expected, "lmstudio").apiKey = "lmstudio-local";
    expected.config.auth = { profiles: { "lmstudio:default": { provider: "lmstudio", mode: "api_key" } } };
    expected.auth = { version: 1, profiles: { "lmstudio:default": placeholder } };
  },
  // Of a cloud model nothing is known: not that it sees, not that it has no tools.
  "server-cloud ollama": (expected) => {
    const model = blockOf(expected, "ollama").models?.find(({ id }) => id === "kimi-k2.5:cloud");
    if (model) Object.assign(model, { input: ["text"], compat: { supportsUsageInStreaming: true } });
  },
  // A model that the server does not have is not listed.
  "server-no-default ollama": (expected) => {
    const block = blockOf(expected, "ollama");
    block.models = block.models?.filter(({ id }) => id !== "gemma4") ?? [];
  },
};
const placeholder = { type: "api_key", provider: "lmstudio", key: "lmstudio-local" } as const;

function keep(expected: Written, before: Written, id: string): void {
  const { apiKey } = blockOf(expected, id);
  const former = { ...blockOf(before, id), apiKey: apiKey as string };
  const block = over(former, blockOf(expected, id)) as ProviderBlock;
  Object.assign(expected.config.models?.providers ?? {}, { [id]: block });
  const { model } = before.config.agents?.defaults ?? {};
  if (typeof model === "object") expected.config.agents = over(before.config.agents, expected.config.agents) as never;
  expected.auth = { ...expected.auth, ...(before.auth.profiles ? { profiles: before.auth.profiles } : {}) };
}

/** Refused by both, or by clawform alone: the part of the refusal. */
const refused: { readonly [name: string]: string } = {
  "server-empty ollama": "has no models",
  "server-missing ollama": 'has no model "nope"',
  "server-missing lmstudio": 'has no model "nope"',
};

describe("onboard --probe", () => {
  it.each(serverRecordings.map((one) => [`${one.before} ${one.choice}`, one] as const))("%s", async (name, one) => {
    const { port, heard } = await serve(one.server);
    const moved = JSON.parse(JSON.stringify(one).replaceAll("127.0.0.1:18434", `127.0.0.1:${port}`)) as Recording;
    const { recording, home } = arrange(moved);
    const before = present(home, recording);
    const argv = ["onboard", "--auth-choice", one.choice, ...recording.args, "--probe"];
    const { code, out, err } = await home.run([...argv, "--yes", "--json"], { env: recording.env ?? {} });
    for (const key of keysOf(recording)) expect(out + err).not.toContain(key);
    const refusal = refused[name];
    if (refusal !== undefined) {
      expect([code >= 64, err.replaceAll(/\s+/g, " ")]).toEqual([true, expect.stringContaining(refusal)]);
      expect(present(home, recording)).toEqual(before);
      return;
    }
    expect([code, err]).toEqual([0, ""]);
    const expected: Written = structuredClone({
      config: recording.configAfter as OpenClawConfig,
      auth: (recording.authAfter ?? {}) as Written["auth"],
      files: {},
    });
    differences[name]?.(expected, before);
    expect(present(home, recording)).toEqual(expected);
    expect((JSON.parse(out) as { problems: { code: string }[] }).problems.map((problem) => problem.code)).not.toContain(
      "limits-assumed",
    );
    expect(heard.length).toBeGreaterThan(0);
    const given = recording.args[recording.args.findIndex((flag) => flag.endsWith("-api-key")) + 1];
    for (const { authorization } of heard)
      if (recording.args.some((flag) => flag.endsWith("-api-key"))) expect(authorization).toBe(`Bearer ${given}`);
  });

  it("does not ask a server without --probe", async () => {
    const one = serverRecordings.find(({ before, choice }) => before === "server" && choice === "ollama") as Served;
    const { port, heard } = await serve(one.server);
    const { home } = arrange(one);
    const url = `http://127.0.0.1:${port}`;
    const { code, out } = await home.run(["onboard", "--auth-choice", "ollama", "--custom-base-url", url, "--yes"]);
    expect([code, heard]).toEqual([0, []]);
    expect(out).toContain("nobody asked");
  });

  it.each(["ollama", "lmstudio", "vllm", "custom-api-key"])(
    "says that %s does not answer, and goes on",
    async (choice) => {
      const { home } = arrange({ ...(serverRecordings[0] as Served), configBefore: null, authBefore: null });
      const url = "http://127.0.0.1:9/v1";
      const argv = ["onboard", "--auth-choice", choice, "--custom-base-url", url, "--custom-model-id", "m", "--probe"];
      const { code, out } = await home.run([...argv, "--yes"]);
      expect(code).toBe(0);
      expect(out.replaceAll(/\s+/g, " ")).toMatch(
        /warning: the server at http:\/\/127.0.0.1:9\S* does not say which models/,
      );
    },
  );
});
