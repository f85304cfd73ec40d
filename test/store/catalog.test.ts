import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { catalogDirectory, listCardIds, readCardText } from "../../src/store/catalog.js";
import { listSchemas, readSchemaText } from "../../src/store/schemas.js";
import { failure, put, temporary } from "./disk.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

describe("catalogDirectory", () => {
  test("in the source tree", () => {
    expect(catalogDirectory()).toBe(join(root, "transforms/catalog/"));
    expect(listCardIds(catalogDirectory())).toContain("kilocode");
  });

  test.each(["dist/cli.js", "dist/index-ABC.js", "dist/chunks/store.js"])("in the built package, from %s", (module) => {
    const home = temporary();
    mkdirSync(join(home, "dist/catalog"), { recursive: true });
    expect(catalogDirectory(dirname(join(home, module)))).toBe(join(home, "dist/catalog/"));
  });

  test("a damaged installation says so", () => {
    const folder = join(temporary(), "dist");
    expect(failure(() => catalogDirectory(folder))).toMatchObject({ kind: "failed", code: "damaged-installation" });
  });
});

describe("cards", () => {
  test("are found by id alone", () => {
    const home = temporary();
    put(home, "secret.json", "{}");
    put(home, "catalog/kimi-code.json", '{ "label": "ü" }\r\n');
    put(home, "catalog/_x.json", "{}");
    put(home, "catalog/a.b.json", "{}");
    put(home, "catalog/README.md", "");
    put(home, "catalog/zeta.json", "{}");
    const directory = join(home, "catalog");
    expect(listCardIds(directory)).toEqual(["kimi-code", "zeta"]);
    expect(readCardText(directory, "kimi-code")).toEqual({
      path: join(directory, "kimi-code.json"),
      text: '{ "label": "ü" }\r\n',
    });
    for (const id of [
      "",
      "../secret",
      "..",
      "a.b",
      "_x",
      "Kimi-code",
      "kimi-code.json",
      "a/b",
      "zeta\0",
      "__proto__",
      "constructor",
    ]) {
      expect(readCardText(directory, id)).toBeNull();
    }
  });

  test("a linked card is read; a broken one or a missing directory is an error", () => {
    const home = temporary();
    put(home, "store/a.json", "{}");
    put(home, "catalog/b.json", Buffer.from([0xff]));
    symlinkSync("../store/a.json", join(home, "catalog/a.json"));
    expect(readCardText(join(home, "catalog"), "a")?.text).toBe("{}");
    expect(failure(() => readCardText(join(home, "catalog"), "b")).code).toBe("invalid-utf8");
    expect(failure(() => listCardIds(join(home, "none")))).toMatchObject({ kind: "failed", code: "missing" });
  });
});

describe("schemas", () => {
  test("in the source tree", () => {
    const names = listSchemas();
    expect(names).toContain("setup");
    expect(names).toContain("transforms/primary-model");
    expect(names.indexOf("setup")).toBeLessThan(names.indexOf("transforms/primary-model"));
    for (const name of names) expect(JSON.parse(readSchemaText(name))).toHaveProperty("$schema");
  });

  test.each(["none", "../package", "transforms/../setup", "", "transforms/", "setup.json"])(
    "there is no schema %j",
    (name) => {
      expect(failure(() => readSchemaText(name))).toMatchObject({ kind: "usage", code: "unknown-schema" });
    },
  );
});
