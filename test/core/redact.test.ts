import fc from "fast-check";
import jsonPatch from "fast-json-patch";
import { describe, expect, it } from "vitest";
import { diffDocuments } from "../../src/core/compare.js";
import { applyPatch } from "../../src/core/patch.js";
import {
  createScrubber,
  type DocumentKind,
  isSecret,
  mask,
  maskLooks,
  maskText,
  planSecrets,
  redactPatch,
  secretValues,
} from "../../src/core/redact.js";
import { looksSecret } from "../../src/core/redact-names.js";
import { parseText } from "../../src/text/index.js";
import type { Json, Operation } from "../../src/types.js";
import { planOf, pretty } from "../render/plans.js";

const key = "test-key-1";

describe("looksSecret", () => {
  it.each(
    (
      "KEY OPENAI_KEY OPENAI_API_KEY OPENAI_API_KEY_2 APIKEY MYAPIKEY KEY_OPENAI AWS_SECRET_ACCESS_KEY AWS_ACCESS_KEY_ID SECRET_KEY_BASE " +
      "TOKEN GITHUB_TOKEN GITHUBTOKEN TOKEN_PROD SLACK_BOT_TOKEN REFRESH_TOKENS SECRET CLIENT_SECRET PASSWORD DB_PASSWORD DBPASSWD DB_PWD " +
      "PASS SMTP_PASS PASS_PHRASE PASSPHRASE CREDENTIAL GOOGLE_APPLICATION_CREDENTIALS AUTH BASIC_AUTH NPM_AUTH PRIVATE VAPID_PRIVATE " +
      "PRIVATE_KEY SESSION_KEY COOKIE SESSION_COOKIE SENTRY_DSN JWT GITHUB_PAT openai_api_key"
    ).split(" "),
  )("variable %s is one", (name) => expect(looksSecret(name, "variable")).toBe(true));

  it.each(
    (
      "TEAM PATH HOME PWD OLDPWD MAX_TOKEN LANG KEYBOARD KEYMAP MONKEY TOKENIZER TOKENIZERS_PARALLELISM MAX_TOKENS CONTEXT_TOKENS TOKEN_LIMIT " +
      "OUTPUT_TOKENS_PER_MINUTE PUBLIC_KEY SSH_PUBLIC_KEY PARTITION_KEY TOKEN_FILE SECRET_NAME PASSWORD_FILE API_KEY_HEADER AUTH_MODE " +
      "SSH_AUTH_SOCK AUTHOR COMPASS BYPASS SECRETARY PRIVATE_MODE COOKIE_DOMAIN OPENAI_BASE_URL TOKEN_URL PASSWORD_MIN_LENGTH"
    ).split(" "),
  )("variable %s is none", (name) => expect(looksSecret(name, "variable")).toBe(false));

  it.each(
    "apiKey apikey api_key apiKeys openaiApiKey accessToken botToken token password pass passphrase webhookSecret signingSecret ownerDisplaySecret privateKey encryptKey licenseKey cookie credential clientSecret authorization userToken".split(
      " ",
    ),
  )("member %s is one", (name) => expect(looksSecret(name, "member")).toBe(true));

  it.each(
    (
      "auth authHeader keyRef tokenRef maxTokens contextTokens maxTokensField tokenizer publicKey sessionKey mainKey promptCacheKey keyPath " +
      "tokenFile tokenProvider secretInputMode passEnv headerName keyword keybindings hotKey keyboard access refresh mode private id name"
    ).split(" "),
  )("member %s is none", (name) => expect(looksSecret(name, "member")).toBe(false));

  it.each(
    "Authorization proxy-authorization Cookie set-cookie x-api-key X-Goog-Api-Key X-Auth-Token Helicone-Auth ocp-apim-subscription-key cf-access-client-secret".split(
      " ",
    ),
  )("header %s is one", (name) => expect(looksSecret(name, "header")).toBe(true));

  it.each(
    "User-Agent HTTP-Referer X-OpenRouter-Title X-KILOCODE-FEATURE anthropic-beta openai-organization Content-Type".split(
      " ",
    ),
  )("header %s is none", (name) => expect(looksSecret(name, "header")).toBe(false));
});

describe("isSecret", () => {
  it.each<[DocumentKind, string]>([
    ["auth", "/profiles/kilocode:default/key"],
    ["auth", "/profiles/a/token"],
    ["auth", "/profiles/a/access"],
    ["auth", "/profiles/a/refresh"],
    ["auth", "/profiles/a/idToken"],
    ["auth", "/profiles/a/apiKey"],
    ["auth", "/profiles/a/key/bad"],
    ["auth", "/profiles/a/metadata/clientSecret"],
    ["auth", "/profiles/a/metadata/password"],
    ["auth", "/openrouter/apiKey"],
    ["config", "/models/providers/x/apiKey"],
    ["config", "/models/providers/x/headers/Authorization"],
    ["config", "/models/providers/x/models/0/headers/x-api-key"],
    ["config", "/models/providers/x/request/headers/Cookie"],
    ["config", "/models/providers/x/request/auth/token"],
    ["config", "/models/providers/x/request/auth/value"],
    ["config", "/models/providers/x/request/tls/key"],
    ["config", "/models/providers/x/request/tls/passphrase"],
    ["config", "/messages/tts/providers/openrouter/apiKey"],
    ["config", "/env/OPENAI_API_KEY"],
    ["config", "/env/vars/NPM_AUTH"],
    ["config", "/mcp/servers/github/env/GITHUB_TOKEN"],
    ["config", "/mcp/servers/x/headers/Authorization"],
    ["config", "/skills/entries/x/apiKey"],
    ["config", "/gateway/auth/token"],
    ["config", "/gateway/auth/password"],
    ["config", "/gateway/remote/token"],
    ["config", "/hooks/token"],
    ["config", "/channels/telegram/botToken"],
    ["config", "/channels/slack/accounts/a/appToken"],
    ["config", "/somewhere/new/apiKeys/3"],
    ["config", "/tools/token/value"],
    ["config", "/models/providers/x/apiKey/literal"],
    ["config", "/models/providers/x/apiKey/value"],
    ["config", "/docker/OPENAI_AUTH"],
  ])("%s %s", (document, pointer) => expect(isSecret(document, pointer, key)).toBe(true));

  it.each<[DocumentKind, string]>([
    ["auth", "/profiles/kilocode:default/provider"],
    ["auth", "/profiles/kilocode:default/type"],
    ["auth", "/profiles/token/type"],
    ["auth", "/profiles/a/keyRef/id"],
    ["auth", "/profiles/a/key/id"],
    ["auth", "/profiles/a/metadata/accountId"],
    ["auth", "/profiles/a/email"],
    ["auth", "/order/openai/0"],
    ["auth", "/lastGood/openai"],
    ["config", "/auth/profiles/x:key/mode"],
    ["config", "/models/providers/x/auth"],
    ["config", "/models/providers/x/apiKey/source"],
    ["config", "/models/providers/x/apiKey/id"],
    ["config", "/models/providers/x/baseUrl"],
    ["config", "/models/providers/x-token-plan/baseUrl"],
    ["config", "/models/providers/token/baseUrl"],
    ["config", "/auth/profiles/x-token-plan:default/mode"],
    ["config", "/plugins/entries/secret-manager/version"],
    ["config", "/models/providers/x/headers/User-Agent"],
    ["config", "/models/providers/x/request/auth/headerName"],
    ["config", "/models/providers/x/request/tls/cert"],
    ["config", "/models/providers/x/models/0/maxTokens"],
    ["config", "/models/providers/x/models/0/compat/maxTokensField"],
    ["config", "/env/vars/TEAM"],
    ["config", "/secrets/providers/vault/source"],
    ["config", "/secrets/defaults/env"],
    ["config", "/gateway/auth/mode"],
    ["config", "/session/mainKey"],
    ["config", "/agents/defaults/models/x~1key/alias"],
    ["config", ""],
  ])("not %s %s", (document, pointer) => expect(isSecret(document, pointer, "plain")).toBe(false));

  it.each<[string, Json]>([
    ["a reference", { source: "env", provider: "default", id: "KILOCODE_API_KEY" }],
    ["a variable", "${KILOCODE_API_KEY}"],
    ["a variable behind Bearer", "Bearer ${KILOCODE_API_KEY}"],
    ["two variables", "${USER}:${PASSWORD}"],
    ["blank", " \t"],
    ["a local marker", "ollama-local"],
    ["another", "lmstudio-local"],
    ["a managed marker", "secretref-managed"],
    ["an old reference", "secretref-env:OPENAI_API_KEY"],
    ["a known variable's name", "VLLM_API_KEY"],
    ["an OAuth login", "oauth:chutes"],
    ["a number", 4096],
    ["null", null],
    ["the mask", mask],
  ])("never %s", (_, value) => expect(isSecret("config", "/models/providers/x/apiKey", value)).toBe(false));

  it.each(["${lower_case}", "x${KEY}", "MY_OWN_KEY", "oauth:abc123", "Bearer abc"])("but %s is one", (value) =>
    expect(isSecret("config", "/models/providers/x/apiKey", value)).toBe(true),
  );

  it("takes no profile's id for one, whatever the provider is called", () => {
    expect(isSecret("auth", "/order/x-token-plan/0", "x-token-plan:default")).toBe(false);
    expect(isSecret("config", "/auth/order/x-token-plan/1", "x-token-plan:cn")).toBe(false);
    expect(isSecret("auth", "/lastGood/x-key", "x-key:default")).toBe(false);
    expect(isSecret("config", "/auth/order/x-token-plan/1", key)).toBe(true);
  });

  it("takes a number for one only as a password", () => {
    expect(isSecret("config", "/gateway/auth/password", 12345678)).toBe(true);
    expect(isSecret("config", "/models/providers/x/models/0/maxTokens", 12345678)).toBe(false);
  });
});

describe("secretValues", () => {
  it("gives what is secret, in the spellings it may be printed in", () => {
    const value = {
      models: {
        providers: { x: { apiKey: ' test"key-1 ', baseUrl: "https://me:test-pass-2@host/?key=test-key-3&n=1" } },
      },
      env: { vars: { TEAM: "blue" } },
    };
    expect(secretValues("config", value).toSorted()).toEqual(
      [' test"key-1 ', ' test\\"key-1 ', 'test"key-1', 'test\\"key-1', "test-key-3", "test-pass-2"].toSorted(),
    );
  });

  it("gives the credential of a header without its scheme", () => {
    expect(secretValues("config", { headers: { Authorization: "Bearer test-key-1" } })).toEqual([
      "Bearer test-key-1",
      "test-key-1",
    ]);
  });

  it("knows options of a command line", () => {
    const value = {
      mcp: {
        servers: {
          x: {
            args: [
              "--api-key",
              "test-key-1",
              "--token=test-key-2",
              "NPM_TOKEN=test-key-3",
              "--port",
              "80",
              "--token-file",
              "x.txt",
              "-H",
              "X-Api-Key: test-key-4",
              "Note: no secret",
            ],
          },
        },
      },
    };
    expect(secretValues("config", value)).toEqual(["test-key-1", "test-key-2", "test-key-3", "test-key-4"]);
  });

  it.each([
    ["postgres://me:test-p@ss-1@host/db", ["test-p@ss-1"]],
    ["https://test-token-of-some-length@github.example/x.git", ["test-token-of-some-length"]],
    ["ssh://git@github.example/x.git", []],
    ["http://localhost:8080/@scope/pkg", []],
    ["https://${USER}:${PASS}@host/?key=${KEY}", []],
    ["https://host/?X-Amz-Signature=test123&page=2#access_token=test456", ["test123", "test456"]],
    ["https://hooks.slack.com/services/T00TEST/B00TEST/testtesttest", ["T00TEST/B00TEST/testtesttest"]],
  ])("hides the secret part of %s", (url, parts) => expect(secretValues("config", { baseUrl: url })).toEqual(parts));
});

describe("maskText", () => {
  it("masks values in place and leaves every other byte", () => {
    const text = `{
  // apiKey: "test-key-0", then /* token = 'test-key-00' */
  models: { providers: { x: { apiKey: 'test-key-1', baseUrl: "https://u:test-key-2@h/", api: "openai-completions" } } },
  env: { vars: { "\\u0054OKEN": "test-\\x6bey-3", TEAM: "blue" }, KEY: "test-key-4\\
still the key\\
", },
  gateway: { auth: { token: "\${GATEWAY_TOKEN}", password: 12345678 } }, /* sk-test-abcdefghijklmnop */
}
`;
    expect(maskText(text, "config")).toBe(`{
  // apiKey: "***", then /* token = '***' */
  models: { providers: { x: { apiKey: '***', baseUrl: "https://u:***@h/", api: "openai-completions" } } },
  env: { vars: { "\\u0054OKEN": "***", TEAM: "blue" }, KEY: "***\\
***\\
", },
  gateway: { auth: { token: "\${GATEWAY_TOKEN}", password: *** } }, /* *** */
}
`);
  });

  it("masks every one of doubled members, not only the one that counts", () => {
    expect(maskText('{"apiKey": "test-key-1", "apiKey": "test-key-2"}', "config")).toBe(
      '{"apiKey": "***", "apiKey": "***"}',
    );
  });

  it("masks the whole string where an escape hides the part's place", () => {
    expect(maskText('{"url": "https:\\/\\/u:test-key-1@h"}', "config")).toBe('{"url": "***"}');
  });

  it("keeps CRLF and the line count of a private key in a comment", () => {
    const text = "{\r\n/* -----BEGIN PRIVATE KEY-----\r\nMIITEST\r\n-----END PRIVATE KEY----- */\r\n}";
    expect(maskText(text, "config")).toBe("{\r\n/* ***\r\n***\r\n*** */\r\n}");
  });

  it("knows only the looks in text that is not JSON5", () => {
    expect(maskText('{ apiKey: "test-key-1", token: test-key-22, x: "sk-test-abcdefghijklmnop" ', "config")).toBe(
      '{ apiKey: "***", token: ***, x: "***" ',
    );
    expect(maskText('{ "team": "blue" ', "config")).toBe('{ "team": "blue" ');
  });

  it("takes a long text without losing time", () => {
    const text = JSON.stringify({
      a: "x".repeat(200_000),
      b: "://".repeat(50_000),
      c: "a-".repeat(100_000),
      d: '"'.repeat(50_000),
      e: "?k=".repeat(50_000),
    });
    const started = performance.now();
    expect(maskText(text, "config")).toHaveLength(text.length);
    expect(maskText(`${text} // ${"key".repeat(50_000)} ${"= ".repeat(50_000)}`, "config").length).toBeGreaterThan(
      text.length,
    );
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe("maskLooks", () => {
  it.each([
    "sk-test-0123456789",
    "sk-ant-test-0123456789",
    `ghp_${"test".repeat(6)}`,
    `github_pat_${"test".repeat(6)}`,
    `xai-${"test".repeat(6)}`,
    `gsk_${"test".repeat(6)}`,
    `hf_${"test".repeat(6)}`,
    `AIza${"test".repeat(8)}`,
    `xoxb-${"test-".repeat(4)}`,
    `AKIA${"TEST".repeat(4)}`,
    `eyJ${"test".repeat(4)}.${"test".repeat(4)}.${"test".repeat(4)}`,
    `123456789:${"testtes".repeat(5)}`,
  ])("masks %s", (value) => expect(maskLooks(`the value ${value} is wrong`)).toBe(`the value ${mask} is wrong`));

  it("masks a long bearer token and leaves the word", () => {
    expect(maskLooks(`sent Bearer ${"test".repeat(6)}.`)).toBe(`sent Bearer ${mask}`);
  });

  it.each([
    "kilocode/kilo/auto",
    "sk-learn",
    "task-runner-of-the-team",
    "hf:MiniMaxAI/MiniMax-M2.5",
    "Bearer ${TOKEN}",
    "key: value",
    "the key at /env/vars/X_TOKEN stands twice",
    "fc-1",
    "8000:8000",
  ])("leaves %s", (text) => expect(maskLooks(text)).toBe(text));
});

describe("redactPatch", () => {
  it("leaves out guards that hold a secret and masks what is added", () => {
    const operations: Operation[] = [
      { op: "test", path: "/models/providers/x/apiKey", value: "test-key-1" },
      { op: "replace", path: "/models/providers/x/apiKey", value: "test-key-2" },
      { op: "test", path: "/env", value: { vars: { TEAM: "blue", X_TOKEN: "test-key-3" } } },
      { op: "remove", path: "/env" },
      {
        op: "add",
        path: "/mcp",
        value: { servers: { a: { args: ["--token", "test-key-4"], note: "was test-key-4 once" } } },
      },
      { op: "test", path: "/team", value: "blue" },
      { op: "move", from: "/team", path: "/crew" },
    ];
    expect(redactPatch(operations, "config")).toEqual([
      { op: "replace", path: "/models/providers/x/apiKey", value: mask },
      { op: "remove", path: "/env" },
      { op: "add", path: "/mcp", value: { servers: { a: { args: ["--token", mask], note: `was ${mask} once` } } } },
      { op: "test", path: "/team", value: "blue" },
      { op: "move", from: "/team", path: "/crew" },
    ]);
  });

  it("knows the document's secrets where a value repeats one", () => {
    const document = { gateway: { auth: { token: "test-key-1" } }, notes: ["see test-key-1"] };
    const operations: Operation[] = [
      { op: "test", path: "/notes/0", value: "see test-key-1" },
      { op: "replace", path: "/notes/0", value: "no longer test-key-1" },
    ];
    expect(redactPatch(operations, "config", document)).toEqual([
      { op: "replace", path: "/notes/0", value: `no longer ${mask}` },
    ]);
  });

  it("leaves out a guard of what it has masked before", () => {
    const operations: Operation[] = [
      { op: "add", path: "/args", value: ["--api-key", "short"] },
      { op: "test", path: "/args/1", value: "short" },
      { op: "remove", path: "/args/1" },
    ];
    expect(redactPatch(operations, "config", {})).toEqual([
      { op: "add", path: "/args", value: ["--api-key", mask] },
      operations[2],
    ]);
  });

  it("keeps members named __proto__", () => {
    const value = JSON.parse('{"__proto__": {"apiKey": "test-key-1"}}') as Json;
    expect(JSON.stringify(redactPatch([{ op: "add", path: "/x", value }], "config"))).toBe(
      '[{"op":"add","path":"/x","value":{"__proto__":{"apiKey":"***"}}}]',
    );
  });
});

describe("createScrubber", () => {
  it("replaces known values, the longest first, and as JSON spells them", () => {
    const scrub = createScrubber(["test-key-1", "test-key-1-and-more", 'test"quoted-1']);
    expect(scrub('a test-key-1-and-more test-key-1, xtest-key-1x, test\\"quoted-1')).toBe("a *** ***, x***x, ***");
  });

  it.each(["a", "12345", "secret", "KILOCODE", "Changeme", "openai-completions", "", "   ", "123456"])(
    "leaves %j, which would spoil ordinary output",
    (value) => {
      const text = `a secret of KILOCODE (kilocode) 123456 Changeme openai-completions ${value}`;
      expect(createScrubber([value])(text)).toBe(text);
    },
  );

  it("replaces what a checksum could hold by chance only where it stands alone", () => {
    expect(createScrubber(["abc123"])("0abc1234 abc123")).toBe("0abc1234 ***");
  });

  it("takes characters that mean something in a pattern", () => {
    expect(createScrubber(["a.b*c(d)[e]/$1-"])("a.b*c(d)[e]/$1- aXb")).toBe("*** aXb");
  });
});

describe("planSecrets", () => {
  it("finds what files and steps hold", () => {
    const plan = planOf(
      [
        {
          before: '{ apiKey: "test-key-1", /* apiKey: "test-key-2" */ apiKey: "test-key-3" }',
          after: '{ apiKey: "test-key-4" }',
          patch: [["x", { op: "replace", path: "/apiKey", value: "test-key-4" }]],
        },
      ],
      [],
      [{ credential: { key: "test-key-5" }, vars: { X_TOKEN: "test-key-6", TEAM: "test-team" } }],
    );
    expect(planSecrets(plan).toSorted()).toEqual([
      "test-key-1",
      "test-key-2",
      "test-key-3",
      "test-key-4",
      "test-key-5",
      "test-key-6",
    ]);
  });
});

describe("the law: a redacted patch shows no secret and still applies", () => {
  const secret = fc.string({ minLength: 4, maxLength: 12 }).map((text) => `test-key-${text}`);
  const plain = fc.oneof(fc.constantFrom<Json>(null, true, 1, "x", "blue", "--token"), fc.string({ maxLength: 5 }));
  const member = (tie: fc.Arbitrary<Json>): fc.Arbitrary<[string, Json]> =>
    fc.oneof(
      fc.tuple(fc.constantFrom("id", "name", "0", "1", "env", "headers", "order", "auth", "apiKey"), tie),
      fc.tuple(fc.constantFrom("apiKey", "token", "password", "API_KEY", "Authorization", "X_SECRET"), secret),
      fc.tuple(
        fc.constantFrom("url", "note"),
        secret.map((text) => `https://u:${encodeURIComponent(text)}@h/`),
      ),
    );
  const { json } = fc.letrec<{ json: Json }>((tie) => ({
    json: fc.oneof(
      { depthSize: "small" },
      plain,
      fc.array(tie("json"), { maxLength: 4 }),
      fc.array(member(tie("json")), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
    ),
  }));
  const document = fc.array(member(json), { maxLength: 5 }).map((entries): Json => Object.fromEntries(entries));

  it("for any two documents", () => {
    fc.assert(
      fc.property(document, document, fc.constantFrom<DocumentKind>("config", "auth"), (before, after, kind) => {
        const redacted = redactPatch(diffDocuments(before, after), kind, before);
        expect(JSON.stringify(redacted)).not.toContain("test-key-");
        const given = jsonPatch.applyPatch(
          JSON.parse(JSON.stringify(before)) as object,
          structuredClone(redacted),
          true,
        ).newDocument;
        expect(given).toEqual(applyPatch(before, redacted));
      }),
      { numRuns: 2000 },
    );
  });

  it("and a masked text shows none either, and parses to the same shape", () => {
    fc.assert(
      fc.property(document, fc.constantFrom<DocumentKind>("config", "auth"), (value, kind) => {
        const masked = maskText(pretty(value), kind);
        expect(masked).not.toContain("test-key-");
        expect(masked.split("\n")).toHaveLength(pretty(value).split("\n").length);
        expect(Object.keys(parseText(masked) as object)).toEqual(Object.keys(parseText(pretty(value)) as object));
      }),
      { numRuns: 1000 },
    );
  });
});
