/** The process one part is measured in: `part.mjs NAME WORK-FOLDER`, started by run.mjs, which is sent the result. */

const [name = "", work = ""] = process.argv.slice(2);
/** @type {import("./rows.mjs").Part} */
const { title, measure } = await import(`./${name}.mjs`);
process.send?.({ title, measured: await measure(work) });
process.disconnect?.();
