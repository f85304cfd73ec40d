/** How the files of the command line export what they share. */

const oneExport =
  /^Object\.defineProperty\(exports, "(?<name>[\w$]+)", \{\n\tenumerable: true,\n\tget: function\(\) \{\n\t\treturn (?<local>[\w$]+);\n\t\}\n\}\);\n/gm;

/**
 * What a file exports as one object, where rolldown defines a getter for each in turn: the file of a plan has hundreds, and
 * to define them was a twentieth of its start. What a module that runs later sets is still got when it is asked for.
 * @param {string} code
 */
export function exportedAtOnce(code) {
  const members = Array.from(code.matchAll(oneExport), ({ groups: { name = "", local = "" } = {} }) => {
    const word = local.replaceAll("$", String.raw`\$`);
    const settled = new RegExp(String.raw`^(?:async )?(?:function\*?|class|const) ${word}(?![\w$])`, "m").test(code);
    return settled ? `"${name}": ${local}` : `get "${name}"() { return ${local}; }`;
  });
  if (members.length === 0) return code;
  if (/^exports\b/m.test(code)) throw new Error("rolldown exports in two ways, and one would undo the other");
  const end = code.search(/^Object\.defineProperty\(exports, /m);
  const rest = code.slice(end).replaceAll(oneExport, "");
  return `${code.slice(0, end)}module.exports = { ${members.join(", ")} };\n${rest}`;
}

/**
 * Throws where a file requires itself by way of others: it would be seen with an object of exports that is replaced later.
 * @param {readonly import("rolldown").OutputChunk[]} chunks
 */
export function refuseCycles(chunks) {
  const required = new Map(chunks.map(({ fileName, imports }) => [fileName, imports]));
  /** @type {(fileName: string, way: readonly string[]) => void} */
  const walk = (fileName, way) => {
    if (way.includes(fileName)) throw new Error(`files that require each other: ${[...way, fileName].join(", ")}`);
    for (const one of required.get(fileName) ?? []) walk(one, [...way, fileName]);
  };
  for (const { fileName } of chunks) walk(fileName, []);
}
