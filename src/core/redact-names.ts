/** Which names say that their value is a secret. */

/** Where a name stands: a member of a document, an environment variable, an HTTP header, a query parameter of a URL. */
export type NameKind = "member" | "variable" | "header" | "query";

/** A list of words as a text: to search one now and then costs less than to take it apart first. */
const spelled = (names: string): string => ` ${names} `;
const isListed = (word: string, list: string): boolean => list.includes(` ${word} `);

/** A word that ends like this, or in its plural, speaks of a secret: `GITHUBTOKEN` as much as `GITHUB_TOKEN`. */
const secretEndings = "token secret cookie authkey accesskey secretkey privatekey masterkey sshkey".split(" ");
/** The same wherever it stands, word breaks aside: `pass_phrase`, `OPENAI_APIKEY_2`. */
const secretAnywhere = "password passwd passphrase passcode credential apikey".split(" ");
const secretWords = spelled("jwt dsn mnemonic bearer pat pw pwd");
/** What is a secret as a name's last word, by kind: `auth: "api-key"` of a provider block names a mode, `NPM_AUTH` does not. */
const secretLast: { readonly [kind in NameKind]: string } = {
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

/** What the letters of any name have that speaks of a secret; most names have none of it, and are done with there. */
const stems = "token secret cookie key pass credential jwt dsn mnemonic bearer pat pw auth".split(" ");
const moreStems: { readonly [kind in NameKind]: readonly string[] } = {
  member: [],
  variable: ["private", "pin", "salt", "signature"],
  header: ["private", "signature"],
  query: ["sig", "sas", "code"],
};

/** Names asked for before: a configuration repeats few names often. */
const known: { readonly [kind in NameKind]: Map<string, boolean> } = {
  member: new Map(),
  variable: new Map(),
  header: new Map(),
  query: new Map(),
};
const mostKnown = 1000;
/** V8 copies what is so short; a longer name would keep the whole text it was cut from. */
const longestKnown = 12;

/**
 * True when a value of this name is to be taken for a secret: KEY, TOKEN, SECRET, PASSWORD and their kin in any
 * spelling, unless the name is about a secret (`TOKEN_FILE`), a number of tokens (`maxTokens`) or a false friend
 * (`KEYBOARD`, `TOKENIZER`, `publicKey`). In doubt it is one: a mask too many costs less than a key shown.
 */
export function looksSecret(name: string, kind: NameKind): boolean {
  const answers = known[kind];
  const answer = answers.get(name);
  if (answer !== undefined) return answer;
  const looks = hasStem(name, kind) && saysSecret(wordsOf(name), kind);
  if (answers.size >= mostKnown) answers.clear();
  if (name.length <= longestKnown) answers.set(name, looks);
  return looks;
}

function hasStem(name: string, kind: NameKind): boolean {
  const letters = name.toLowerCase().replace(/[^a-z]+/g, "");
  const isIn = (stem: string): boolean => letters.includes(stem);
  return stems.some(isIn) || moreStems[kind].some(isIn);
}

function saysSecret(words: readonly string[], kind: NameKind): boolean {
  const last = words.at(-1) ?? "";
  if (isListed(last, about) || (words.length === 1 && (last === "pwd" || last === "oldpwd"))) return false;
  const letters = words.join("");
  return (
    isListed(last, secretLast[kind]) ||
    secretAnywhere.some((part) => letters.includes(part)) ||
    words.some((_, index) => isSecretWord(words, index, kind))
  );
}

function isSecretWord(words: readonly string[], index: number, kind: NameKind): boolean {
  const word = words[index] as string;
  if (word === "key" || word === "keys") {
    const former = words[index - 1] ?? "";
    if (isListed(former, plainKey) || (kind === "member" && isListed(former, plainMemberKey))) return false;
    return index === words.length - 1 || kind === "variable";
  }
  if (word === "tokens" && words.some((other) => isListed(other, counted))) return false;
  if (word === "token" && words.some((other) => isListed(other, countedOne))) return false;
  const one = word.endsWith("s") ? word.slice(0, -1) : word;
  return isListed(word, secretWords) || secretEndings.some((ending) => one.endsWith(ending));
}

/** `openAIApiKey2` -> open, ai, api, key. */
function wordsOf(name: string): string[] {
  const lower = name.toLowerCase();
  // Keeps both in step: the one letter that is two in lower case.
  const cased = name.replaceAll("\u0130", "\u0130\u0307");
  const words: string[] = [];
  let start = 0;
  for (let at = 0; at <= lower.length; at++) {
    const isInWord = isSmall(lower, at) || isDigit(lower, at);
    if (isInWord && !startsWord(cased, at)) continue;
    addWord(lower.slice(start, at), words);
    start = isInWord ? at : at + 1;
  }
  return words;
}

/** A capital behind a small letter or a digit, or the last of a row of them that a small letter follows. */
function startsWord(name: string, at: number): boolean {
  if (!isCapital(name, at)) return false;
  return isCapital(name, at - 1) ? isSmall(name, at + 1) : isSmall(name, at - 1) || isDigit(name, at - 1);
}

/** Without the digits at its end: `key2`. */
function addWord(word: string, words: string[]): void {
  let end = word.length;
  while (isDigit(word, end - 1)) end--;
  if (end > 0) words.push(word.slice(0, end));
}

function isSmall(text: string, at: number): boolean {
  return isBetween(text.charCodeAt(at), 97, 122);
}

function isCapital(text: string, at: number): boolean {
  return isBetween(text.charCodeAt(at), 65, 90);
}

function isDigit(text: string, at: number): boolean {
  return isBetween(text.charCodeAt(at), 48, 57);
}

function isBetween(code: number, first: number, last: number): boolean {
  return code >= first && code <= last;
}
