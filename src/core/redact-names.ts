/** Which names say that their value is a secret. */

/** Where a name stands: a member of a document, an environment variable, an HTTP header, a query parameter of a URL. */
export type NameKind = "member" | "variable" | "header" | "query";

const spelled = (names: string): ReadonlySet<string> => new Set(names.split(" "));

/** A word that ends like this speaks of a secret: `GITHUBTOKEN` as much as `GITHUB_TOKEN`. */
const secretEnding = /(?:tokens?|secrets?|cookies?|(?:auth|access|secret|private|master|ssh)keys?)$/;
/** The same wherever it stands, word breaks aside: `pass_phrase`, `OPENAI_APIKEY_2`. */
const secretAnywhere = /password|passwd|passphrase|passcode|credential|apikey/;
const secretWords = spelled("jwt dsn mnemonic bearer pat pw pwd");
/** What is a secret as a name's last word, by kind: `auth: "api-key"` of a provider block names a mode, `NPM_AUTH` does not. */
const secretLast: { readonly [kind in NameKind]: ReadonlySet<string> } = {
  member: spelled("pass authorization"),
  variable: spelled("pass authorization auth private pin salt signature"),
  header: spelled("pass authorization auth private signature"),
  query: spelled("pass authorization auth sig signature sas code"),
};

/** Words that, coming last, make a name speak about a secret instead of holding it: `TOKEN_FILE`, `secretRef`, `cookieName`. */
const about = spelled(
  "file path paths dir directory folder env var variable name names type kind mode header prefix suffix provider source url uri " +
    "endpoint host hostname port ttl expiry expires expiration exp length len size limit count budget enabled disabled required " +
    "optional algorithm alg format version hint label index usage timeout ms seconds minutes hours days interval policy strategy " +
    "rotation ref refs reference field param parameter scheme style status audience issuer scope scopes regex pattern placeholder " +
    "description store manager method cache helper command cmd rate estimator encoding counter ratio at on by domain secure " +
    "samesite threshold window sock parallelism",
);
/** Words that make `tokens` a number of tokens. */
const counted = spelled(
  "max min context input output total budget limit count num number completion prompt reserve reserved per threshold window " +
    "rate cached cache thinking reasoning usage size estimate estimated target soft hard overlap chunk",
);
const countedOne = spelled("max min num total per");
/** Words before `key` that make it a name or an address: `publicKey`, `PARTITION_KEY`. */
const plainKey = spelled("public pub partition primary foreign sort hot idempotency routing");
/** The same where it is no variable: OpenClaw's `sessionKey` and `mainKey` are names of conversations. */
const plainMemberKey = spelled(
  "session main cache group thread lookup object row peer conversation room dedupe dedup modifier shortcut map",
);

/**
 * True when a value of this name is to be taken for a secret: KEY, TOKEN, SECRET, PASSWORD and their kin in any
 * spelling, unless the name is about a secret (`TOKEN_FILE`), a number of tokens (`maxTokens`) or a false friend
 * (`KEYBOARD`, `TOKENIZER`, `publicKey`). In doubt it is one: a mask too many costs less than a key shown.
 */
export function looksSecret(name: string, kind: NameKind): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? "";
  if (about.has(last) || (words.length === 1 && /^(?:old)?pwd$/.test(last))) return false;
  return (
    secretLast[kind].has(last) ||
    secretAnywhere.test(words.join("")) ||
    words.some((_, index) => isSecretWord(words, index, kind))
  );
}

function isSecretWord(words: readonly string[], index: number, kind: NameKind): boolean {
  const word = words[index] as string;
  if (word === "key" || word === "keys") {
    const former = words[index - 1] ?? "";
    if (plainKey.has(former) || (kind === "member" && plainMemberKey.has(former))) return false;
    return index === words.length - 1 || kind === "variable";
  }
  if (word === "tokens" && words.some((other) => counted.has(other))) return false;
  if (word === "token" && words.some((other) => countedOne.has(other))) return false;
  return secretWords.has(word) || secretEnding.test(word);
}

/** `openAIApiKey2` -> open, ai, api, key. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/\d+$/, ""))
    .filter((word) => word !== "");
}
