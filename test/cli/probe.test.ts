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
