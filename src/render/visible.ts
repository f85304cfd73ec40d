/** Text from files, ids and messages, made harmless for a terminal. */

/** C0 and C1 controls but the tab, DEL, bidirectional and invisible format characters, other line ends, lone surrogates. */
const unsafe =
  /[\0-\x08\x0a-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** True for printable ASCII: nothing to escape, one column a character. Most text is, and costs no more than this. */
export function isPlain(text: string): boolean {
  return !/[^ -~]/.test(text);
}

/** The text on one line with whatever could move the cursor, change colours or reorder it shown as an escape (`\x1b`, `\u202e`). */
export function visible(text: string): string {
  if (isPlain(text)) return text;
  return text.replace(unsafe, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** JSON's text with what could steer a terminal in it as `\u` escapes: the same value. Its own line breaks stay. */
export function escapeUnsafe(json: string): string {
  return json.replace(unsafe, (character) =>
    character === "\n" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
