import { describe, expect, test } from "vitest";
import { authPath } from "../../src/store/auth-path.js";
import { failure } from "./disk.js";

describe("authPath", () => {
  test("stands in the agent's directory of the state", () => {
    expect(authPath("/s t/state", "main")).toBe("/s t/state/agents/main/agent/auth-profiles.json");
    expect(authPath("/state", "Work-X_1")).toBe("/state/agents/work-x_1/agent/auth-profiles.json");
  });

  test("or in the agent's own directory", () => {
    expect(authPath("/state", "main", " /own/dir ")).toBe("/own/dir/auth-profiles.json");
    expect(authPath("/state", "main", "~/own", "/home/$&")).toBe("/home/$&/own/auth-profiles.json");
    expect(authPath("/state", "main", "~", "/home/u")).toBe("/home/u/auth-profiles.json");
    expect(authPath("/state", "main", "  ")).toBe("/state/agents/main/agent/auth-profiles.json");
  });

  test.each(["own/dir", "~bob/dir", "./x", "../x"])(
    "%s is refused: which directory it is depends on who reads it",
    (directory) => {
      const error = failure(() => authPath("/state", "work", directory, "/home/u"));
      expect(error).toMatchObject({ kind: "invalid", code: "relative-agent-dir" });
      expect(error.message).toContain("work");
    },
  );

  test("~ without a home is refused", () => {
    expect(failure(() => authPath("/state", "main", "~/own")).code).toBe("relative-agent-dir");
  });

  test.each(["", " main", "../x", "a/b", "a\\b", "-a", "_a", ".", "a.b", "ü", "a\n", "a".repeat(65)])(
    "agent id %j is refused",
    (agent) => {
      const error = failure(() => authPath("/state", agent));
      expect(error).toMatchObject({ kind: "usage", code: "agent-id", exitCode: 64 });
    },
  );
});
