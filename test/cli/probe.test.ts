/** `onboard --probe` against servers that take their time. */

import { type ChildProcess, spawn } from "node:child_process";
import { afterEach, describe, expect, it } from "vitest";
import { json, startStub, stopStubs } from "../net/stub.js";
import { binaryPath, config, makeHome } from "./harness.js";

afterEach(stopStubs);

const onboard = (url: string): string[] => [
  "onboard",
  "--auth-choice",
  "vllm",
  "--custom-base-url",
  `${url}/v1`,
  "--probe",
  "--yes",
];

describe("onboard --probe", () => {
  it("says on a terminal whom it waits for", async () => {
    const stub = await startStub((request, response) => {
      setTimeout(() => json({ data: [{ id: "qwen3" }] })(request, response), 900);
    });
    const home = makeHome();
    const { code, err } = await home.run(onboard(stub.url), { console: { errIsTerminal: true } });
    expect(code).toBe(0);
    expect(err).toContain(`Asking ${stub.url}/v1 for its models … `);
    expect((await makeHome().run([...onboard(stub.url), "--quiet"], { console: { errIsTerminal: true } })).err).toBe(
      "",
    );
  });

  it("that gets no answer does not ask to be told to probe", async () => {
    const stub = await startStub(json({}, 404));
    const { code, out } = await makeHome().run([...onboard(stub.url), "--custom-model-id", "qwen3"]);
    expect(code).toBe(0);
    expect(out).toContain("does not say which models it has");
    expect(out).toContain('told nothing of "qwen3"');
    expect(out).not.toMatch(/nobody asked|--probe/);
    const custom = ["onboard", "--custom-base-url", `${stub.url}/v1`, "--custom-model-id", "m", "--probe", "--yes"];
    const own = await makeHome().run(custom);
    expect(own.out).toContain("--context-window TOKENS");
    expect(own.out).not.toContain("--probe");
    const nothing = await makeHome().run(onboard(stub.url));
    expect(nothing.code).toBe(65);
    expect(nothing.err + nothing.out).toMatch(/Give\s+--custom-model-id\s+ID\./);
  });

  it.each([[[]], [["--custom-model-id", "qwen3"]]])("of a server without models says just that (%j)", async (more) => {
    const stub = await startStub(json({ data: [] }));
    const { code, out, err } = await makeHome().run([...onboard(stub.url), ...more]);
    expect(code).toBe(65);
    expect(out + err).toMatch(/has no model/);
    expect(out + err).toMatch(/[Ll]oad/);
    expect(out + err).not.toMatch(/needs to be told|let --probe/);
  });

  it("names the nearest of many models, and not all of them", async () => {
    const ids = Array.from({ length: 5000 }, (_, index) => `family-${index}/some-model`);
    const stub = await startStub(json({ data: [...ids, "qwen3:32b"].map((id) => ({ id })) }));
    const { code, out, err } = await makeHome().run([...onboard(stub.url), "--custom-model-id", "qwen3:23b"]);
    expect(code).toBe(65);
    const said = (out + err).replaceAll(/\s+/g, " ");
    expect(said).toContain("Did you mean qwen3:32b?");
    expect(said).toContain("and 4991 more.");
    expect(said.length).toBeLessThan(800);
  });

  it("has one time limit for all Ollama is asked", { timeout: 20_000 }, async () => {
    const tags = json({ models: Array.from({ length: 60 }, (_, index) => ({ name: `m:${index}` })) });
    const stub = await startStub((request, response) => {
      if (request.path === "/api/tags") tags(request, response);
    });
    const home = makeHome();
    const argv = ["onboard", "--auth-choice", "ollama", "--custom-base-url", stub.url, "--probe", "--yes"];
    const start = performance.now();
    const { code, out } = await home.run(argv);
    expect(performance.now() - start).toBeLessThan(8000);
    expect(code).toBe(0);
    expect(out).toContain("no more than the name of 60 of 60 models in 5 s");
    expect(stub.arrived).toHaveLength(9);
  });

  it("Ctrl-C ends it: exit 130, nothing written", async () => {
    let child: ChildProcess | undefined;
    const stub = await startStub(() => child?.kill("SIGINT"));
    const home = makeHome();
    const done = await new Promise<{ code: number | null; err: string }>((resolve) => {
      let err = "";
      const started = spawn(process.execPath, [binaryPath, ...onboard(stub.url)], {
        cwd: home.dir,
        env: { HOME: home.dir },
      });
      child = started;
      started.stderr.on("data", (text: Buffer) => (err += text.toString()));
      started.on("close", (code) => resolve({ code, err }));
    });
    expect(done).toMatchObject({ code: 130, err: expect.stringContaining("stopped by Ctrl-C") as string });
    expect(home.exists(config)).toBe(false);
  });
});
