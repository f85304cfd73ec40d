import { mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { config, type Home, makeHome, store } from "./harness.js";
import { type MountedOptions, type MountedResult, runMounted, works } from "./mounted.js";

const mounts = works("mounts", `mount -t tmpfs none "$D" && touch "$D/a" "$D/b" && mount --bind "$D/a" "$D/b"`);
const immutable = works("immutable files", `touch "$D/a" && chattr +i "$D/a" && chattr -i "$D/a"`);
const users = works("other users", "setpriv --reuid 65534 --regid 65534 --clear-groups true");

const before = '// mine\n{ gateway: { mode: "local" } }\n';
const setup = `{ providers: { kilocode: { apiKey: "sk-test-1" } }, model: { primary: "kilocode/kilo/auto" } }`;

/** A home with a configuration, and a setup that changes it and makes a credential store. */
function home(files: { readonly [file: string]: string } = {}): Home {
  return makeHome({ "clawform.json5": setup, [config]: before, ...files });
}

/** Messages are wrapped to the terminal's width. */
const flat = (text: string): string => text.replaceAll(/\s+/g, " ");

const apply = ["apply", "--yes", "--quiet"];

interface Row {
  readonly mount: string;
  readonly code: string;
  /** Part of the message. */
  readonly says: string;
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
}

const asNobody = `chown -R 65534:65534 "$H"; chmod 755 "$H"`;
const bound = `echo "$1" >/dev/null; cp "$H/.openclaw/openclaw.json" "$H/source.json"; mount --bind "$H/source.json" "$H/.openclaw/openclaw.json"`;
const boundReadOnly = `${bound}; mount -o bind,remount,ro "$H/.openclaw/openclaw.json"`;
const smallDisk = `mkdir "$H/old"; cp -r "$H/.openclaw/." "$H/old"; mount -t tmpfs -o size=64k none "$H/.openclaw"; cp -r "$H/old/." "$H/.openclaw"; mkdir -p "$H/.openclaw/agents/main/agent" "$H/.openclaw/clawform"`;
const fill = `dd if=/dev/zero of="$H/.openclaw/filler" bs=1k count=200 2>/dev/null || true; while echo x >>"$H/.openclaw/filler2" 2>/dev/null; do :; done; true`;

/** Runs, and holds what every refusal has to keep: exit 73, a hint, no key, the same bytes, no litter of ours. */
function refused(place: Home, argv: readonly string[], options: MountedOptions): MountedResult {
  const list = `find "$H/.openclaw" -path "$H/.openclaw/clawform*" -prune -o -type d -printf '%P %m\\n' -o -printf '%y %P %m %s\\n' | sort`;
  const result = runMounted(place, argv, {
    ...options,
    mount: `${options.mount}\n${list} >"$R/before"`,
    look: `${list} | diff "$R/before" - && cat "$H/.openclaw/openclaw.json"; find "$H/.openclaw" -name '.clawform*' -o -path "$H/.openclaw/clawform/*" -type f; ${options.look ?? ""}`,
  });
  expect(result).toMatchObject({ code: 73, seen: before });
  expect(result.out + result.err).not.toContain("sk-test");
  return result;
}

describe.skipIf(!mounts)("refused with exit 73, every byte as it was", () => {
  const rows: [string, Row][] = [
    ["openclaw.json is mounted by itself", { mount: bound, code: "mount point", says: "--in-place" }],
    ["openclaw.json is mounted read-only", { mount: boundReadOnly, code: "mount point", says: "where it is managed" }],
    [
      "openclaw.json is mounted read-only, with --in-place",
      { mount: boundReadOnly, code: "mount point", says: "where it is managed", argv: [...apply, "--in-place"] },
    ],
    [
      "the state directory is on a read-only file system",
      {
        mount: `mount --bind "$H/.openclaw" "$H/.openclaw"; mount -o bind,remount,ro "$H/.openclaw"`,
        code: "the file system is read-only",
        says: "mount it writable",
      },
    ],
    ["the disk is full", { mount: `${smallDisk}; ${fill}`, code: "no space is left", says: "free some space" }],
    [
      "the disk is full once the locks are there",
      {
        mount: `${smallDisk}; ${fill}; truncate -s -20480 "$H/.openclaw/filler"; head -c 12288 /dev/zero >"$H/.openclaw/filler3"`,
        code: "no space is left",
        says: "free some space",
      },
    ],
    [
      "the directory belongs to another user",
      {
        mount: `chmod -R a+rX "$H"; chmod 777 "$R"; chmod 755 "$H"`,
        code: "permission denied",
        says: "check owner",
        uid: 65_534,
      },
    ],
    [
      "the file belongs to another user, in a directory of one's own",
      {
        mount: `${asNobody}; chown 0:0 "$H/.openclaw/openclaw.json"; chmod 644 "$H/.openclaw/openclaw.json"`,
        code: "it belongs to user 0",
        says: "as user 0",
        uid: 65_534,
      },
    ],
    [
      "the directory of the file is closed, with a state directory elsewhere",
      {
        mount: `mkdir "$H/state"; ${asNobody}; chmod 555 "$H/.openclaw"`,
        code: "nothing can be written in",
        says: "--in-place",
        uid: 65_534,
        argv: [...apply, "--state-dir", "state", "--config", ".openclaw/openclaw.json"],
      },
    ],
    [
      "nobody may write the file",
      {
        mount: `chmod 444 "$H/.openclaw/openclaw.json"`,
        code: "is read-only",
        says: "chmod u+w",
        argv: [...apply, "--in-place"],
      },
    ],
    [
      "the file has a second name",
      { mount: `ln "$H/.openclaw/openclaw.json" "$H/second.json"`, code: "2 names", says: "--in-place" },
    ],
    ["Nix manages the files", { mount: "", env: { OPENCLAW_NIX_MODE: "1" }, code: "managed by Nix", says: "--force" }],
    [
      "the configuration is closed",
      {
        mount: "",
        env: { OPENCLAW_CONFIG_READONLY: "1" },
        code: "OPENCLAW_CONFIG_READONLY",
        says: "unset",
        argv: [...apply, "--force"],
      },
    ],
    [
      "the credentials are closed",
      { mount: "", env: { OPENCLAW_AUTH_STORE_READONLY: "1" }, code: "OPENCLAW_AUTH_STORE_READONLY", says: "unset" },
    ],
  ];

  test.each(rows.filter(([, { uid }]) => uid === undefined || users))(
    "%s",
    (_name, { mount, code, says, argv = apply, env, uid }) => {
      const result = refused(home(), argv, {
        mount,
        ...(env === undefined ? {} : { env }),
        ...(uid === undefined ? {} : { uid }),
      });
      expect(flat(result.err)).toContain(code);
      expect(flat(result.err)).toContain(says);
    },
  );

  test.skipIf(!immutable).each([
    ["openclaw.json", "openclaw.json", apply],
    ["openclaw.json, with --in-place", "openclaw.json", [...apply, "--in-place"]],
    ["its directory", "", apply],
  ])("immutable: %s", (_name, name, argv) => {
    const place = home();
    const path = `"$H/.openclaw/${name}"`;
    const { err } = refused(place, argv, {
      mount: `mkdir "$H/.openclaw/clawform"; chattr +i ${path}; trap 'chattr -i ${path}' EXIT`,
    });
    expect(flat(err)).toMatch(/not permit it|nothing can be written|permission denied/);
  });
});

describe.skipIf(!mounts)("done right", () => {
  const after = (text: string): void => {
    expect(text).toContain("// mine\n");
    expect(text).toContain("kilocode/kilo/auto");
  };

  test("--in-place overwrites a file that is mounted by itself, says so, and leaves nothing behind", () => {
    const result = runMounted(home(), [...apply, "--in-place"], {
      mount: `${bound}; chmod 640 "$H/source.json"; stat -c '%i %a' "$H/source.json" >"$R/inode"`,
      look: `stat -c '%i %a' "$H/source.json" | diff "$R/inode" -; cmp "$H/source.json" "$H/.openclaw/openclaw.json"; cat "$H/source.json"; ls -A "$H/.openclaw" "$H/.openclaw/agents/main/agent" >&2; find "$H/.openclaw" -name '.clawform*'`,
    });
    expect(result.code).toBe(0);
    expect(flat(result.err)).toContain(`openclaw.json could not be replaced: its content was overwritten in place.`);
    after(result.seen);
    expect(result.seen).not.toContain(".clawform");
  });

  test("--in-place is for what cannot be replaced: any other file is", () => {
    const place = home();
    const { ino } = statSync(place.path(config));
    expect(place.binary([...apply, "--in-place"])).toMatchObject({ code: 0, err: "" });
    expect(statSync(place.path(config)).ino).not.toBe(ino);
    after(place.read(config));
  });

  test("--in-place keeps the names of a file together", () => {
    const result = runMounted(home(), [...apply, "--in-place"], {
      mount: `ln "$H/.openclaw/openclaw.json" "$H/second.json"`,
      look: `cat "$H/second.json"; test "$H/second.json" -ef "$H/.openclaw/openclaw.json"`,
    });
    expect(result.code).toBe(0);
    after(result.seen);
  });

  test("--in-place in a read-only root with one mounted file, as in a hardened container", () => {
    const result = runMounted(
      home(),
      [...apply, "--in-place", "--state-dir", "state", "--config", ".openclaw/openclaw.json"],
      {
        mount: `mkdir "$H/state"; ${bound}; mount --bind "$H/.openclaw" "$H/.openclaw"; mount -o bind,remount,ro "$H/.openclaw"; mount --bind "$H/source.json" "$H/.openclaw/openclaw.json"`,
        look: `cat "$H/source.json"; ls -A "$H/.openclaw"`,
      },
    );
    expect(result).toMatchObject({ code: 0 });
    after(result.seen);
  });

  test("--in-place on a full disk gives the old bytes back", () => {
    const long = `// ${"mine ".repeat(800)}\n`;
    const place = home({ [config]: `${long}${before}` });
    const result = runMounted(place, [...apply, "--in-place"], {
      mount: `mkdir "$H/small"; mount -t tmpfs -o size=8k none "$H/small"; cp "$H/.openclaw/openclaw.json" "$H/small/f"; dd if=/dev/zero of="$H/small/x" bs=4k 2>/dev/null || true; mount --bind "$H/small/f" "$H/.openclaw/openclaw.json"`,
      look: `cat "$H/small/f"; find "$H/.openclaw" -name '.clawform*' -o -name auth-profiles.json`,
    });
    expect(result).toMatchObject({ code: 73, seen: `${long}${before}` });
    expect(flat(result.err)).toContain("no space is left");
  });

  test("a configuration that a link leads to on another file system", () => {
    const result = runMounted(home(), apply, {
      mount: `mkdir "$H/other"; mount -t tmpfs none "$H/other"; mv "$H/.openclaw/openclaw.json" "$H/other/my config.json"; ln -s "$H/other/my config.json" "$H/.openclaw/openclaw.json"`,
      look: `test -L "$H/.openclaw/openclaw.json"; cat "$H/other/my config.json"; ls -A "$H/other" >&2; test "$(ls -A "$H/other")" = "my config.json"`,
    });
    expect(result).toMatchObject({ code: 0, err: "" });
    after(result.seen);
  });

  test("an agent's directory on another file system than the configuration", () => {
    const result = runMounted(home(), apply, {
      mount: `mkdir -p "$H/.openclaw/agents"; mount -t tmpfs none "$H/.openclaw/agents"`,
      look: `stat -c %a "$H/.openclaw/agents/main/agent/auth-profiles.json"`,
    });
    expect(result).toMatchObject({ code: 0, err: "", seen: "600\n" });
  });

  test.skipIf(!users).each(["000", "022", "077"])("umask %s changes no mode", (umask) => {
    const result = runMounted(home(), apply, {
      mount: `${asNobody}; chmod 777 "$R"; chmod 664 "$H/.openclaw/openclaw.json"`,
      look: `cd "$H/.openclaw"; stat -c '%n %a' openclaw.json agents agents/main/agent agents/main/agent/auth-profiles.json`,
      uid: 65_534,
      umask,
    });
    expect(result).toMatchObject({ code: 0, err: "" });
    expect(result.seen).toBe(
      "openclaw.json 664\nagents 700\nagents/main/agent 700\nagents/main/agent/auth-profiles.json 600\n",
    );
  });

  test("--force writes what Nix manages", () => {
    expect(home().binary([...apply, "--force"], { env: { OPENCLAW_NIX_MODE: "1" } })).toMatchObject({
      code: 0,
      err: "",
    });
  });
});

describe("files beside it, names, homes", () => {
  test("OpenClaw's own leftovers are never touched, and nothing of ours is named alike", async () => {
    const names = [
      ...["", ".1", ".2", ".3", ".4", ".mine"].map((end) => `openclaw.json.bak${end}`),
      "openclaw.json.last-good",
      "openclaw.json.rejected.2026-11-21T00-05-58-437Z",
      "openclaw.json.clobbered.2026-11-21T00-05-58-437Z",
      "openclaw.json.1234.0a1b.tmp",
      "agents/main/agent/auth-profiles.json.sqlite-import.1795233942991.bak",
      "agents/main/agent/auth-state.json",
    ];
    const place = home(Object.fromEntries(names.map((name) => [`.openclaw/${name}`, `{"of":"${name}"}`])));
    const stamp = (name: string): unknown => {
      const { ino, mtimeMs, ctimeMs, mode } = statSync(place.path(".openclaw", name));
      return { ino, mtimeMs, ctimeMs, mode, text: place.read(`.openclaw/${name}`) };
    };
    const stamps = names.map(stamp);
    expect(await place.run(apply)).toMatchObject({ code: 0, err: "" });
    expect(names.map(stamp)).toEqual(stamps);
    const there = readdirSync(place.path(".openclaw"), { recursive: true, encoding: "utf8" });
    const ours = there.filter((name) => !names.includes(name) && statSync(place.path(".openclaw", name)).isFile());
    expect(ours.filter((name) => /^(openclaw|auth-profiles)\.json\./.test(name.split("/").at(-1) as string))).toEqual(
      [],
    );
  });

  test.each([
    ["spaces and letters beyond ASCII", "my ho me ü🦞"],
    ["quotes and a newline", `it's "here"\nand there`],
    ["a leading dash", "-rf"],
    ["a long path", Array.from({ length: 12 }, () => "d".repeat(200)).join("/")],
  ])("%s in the path of the state directory", async (_name, name) => {
    const place = home();
    const found = await place.run([...apply, `--state-dir=${place.path(name)}`]);
    expect(found).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(place.read(join(name, "agents/main/agent/auth-profiles.json")))).toHaveProperty("version", 1);
    expect(statSync(place.path(name)).mode & 0o777).toBe(0o700);
  });

  test("a path that is too long for the system", async () => {
    const place = home();
    const { code, err } = await place.run([...apply, "--state-dir", place.path("d/".repeat(2100))]);
    expect([code, err.includes("too long")]).toEqual([65, true]);
  });

  test("no state directory: made, 0700", async () => {
    const place = makeHome({ "clawform.json5": setup });
    expect(await place.run(apply)).toMatchObject({ code: 0, err: "" });
    expect(statSync(place.path(".openclaw")).mode & 0o777).toBe(0o700);
    expect(statSync(place.path(config)).mode & 0o777).toBe(0o600);
    expect(place.exists(store)).toBe(true);
  });

  test.each([[{}], [{ HOME: "" }], [{ HOME: "undefined" }]])("HOME %j: the system's idea of it", async (env) => {
    const place = home();
    const surroundings = { env: env as Record<string, string>, osHome: place.dir };
    expect(await place.run(apply, { console: surroundings })).toMatchObject({ code: 0, err: "" });
    expect(place.exists(store)).toBe(true);
  });

  test("links that lead nowhere or in a circle are told before anything is done", async () => {
    const place = makeHome({ "clawform.json5": setup });
    mkdirSync(place.path(".openclaw"));
    symlinkSync("gone.json", place.path(config));
    const dangling = await place.run(apply);
    expect([dangling.code, flat(dangling.err)]).toEqual([65, expect.stringContaining("does not lead to anything")]);
    const loop = makeHome({ "clawform.json5": setup });
    symlinkSync(".openclaw", loop.path(".openclaw"));
    expect(await loop.run(apply)).toMatchObject({ code: 65, err: expect.stringContaining("circle") });
    expect([readdirSync(place.path(".openclaw")), readdirSync(loop.dir).sort()]).toEqual([
      ["openclaw.json"],
      [".openclaw", "clawform.json5"],
    ]);
  });
});
