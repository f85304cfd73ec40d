/** A key as people paste it -> the key. */

/** A cleaned key, and what had to be taken off, in words for a warning. */
export interface CleanKey {
  readonly key: string;
  readonly removed: readonly string[];
}

const assignment = /^(?:export\s+[A-Za-z_]\w*|[A-Z][A-Z0-9]*_[A-Z0-9_]*)\s*=\s*(?=\S)/;

/**
 * Takes off what comes along when a key is pasted from a shell or a web page, as OpenClaw's own prompt does: `export X=`,
 * one pair of quotes, a trailing semicolon, line breaks, characters no HTTP header can carry, blanks around it. Unlike it,
 * a bare `x=` is only taken for an assignment when `x` looks like a variable's name, so that a key may hold `=`.
 */
export function cleanKey(pasted: string): CleanKey {
  const removed: string[] = [];
  let key = pasted.trim();
  const without = (what: string, next: string): void => {
    if (next !== key) removed.push(what);
    key = next;
  };
  without("the assignment in front", key.replace(assignment, ""));
  without("a trailing semicolon", key.replace(/^((["'`]).*\2|[^"'`].*);$/s, "$1").trim());
  without("quotes", key.replace(/^(["'`])(.*)\1$/s, "$2").trim());
  without("line breaks", key.replace(/[\r\n\u2028\u2029]+/g, ""));
  without("characters that no key holds", [...key].filter((character) => character <= "\u00ff").join(""));
  return { key: key.trim(), removed };
}

/** True for what outputs and pages show in a key's place. */
export function isMasked(text: string): boolean {
  const plain = text.trim();
  return (
    /^(?:\*{3,}|\u2022{3,}|x{4,}|\.{3,}|\u2026+|<[^>]*>|\[redacted\]|redacted)$/i.test(plain) ||
    /^\S{0,12}(?:\.{3}|\u2026|\*{3,}|\u2022{3,})\S{0,12}$/.test(plain) ||
    /^(?:sk-)?(?:your|insert|replace|change|paste|enter)[-_ ]?(?:.*[-_ ])?(?:api[-_ ]?key|key|token|me|here)\b/i.test(
      plain,
    )
  );
}

/** Enough of a key to recognise it by: first and last four characters, fewer of a short one. OpenClaw's own preview. */
export function previewKey(key: string): string {
  const shown = key.length > 8 ? 4 : 2;
  if (key.length <= shown) return `${key.slice(0, 1)}…`;
  return `${key.slice(0, shown)}…${key.slice(-shown)}`;
}
