/** What may grow: texts, providers, models, patches, lines, levels and comments; each with what is done to it. */

import { configuration, operations } from "./configuration.mjs";
import { config, declaredModels, deepest, model, nested, ownProviders, patches, range, setup } from "./subjects.mjs";

/** @typedef {typeof import("../src/index.js")} Library */
/** @typedef {import("../src/index.js").Operation} Operation */
/** @typedef {import("../src/index.js").Setup} Setup */
/** @typedef {import("./growth.mjs").Dimension} Dimension */

const bytes = [1e5, 3e5, 1e6, 3e6, 1e7];
const hundreds = [125, 250, 500, 1000];
const thousands = [1250, 2500, 5000, 10000];
const levels = [60, 120, 240, 480];
/** Bytes of a provider with two models, spelled with line ends and without. */
const [providerBytes, providerBytesOnLine] = [650, 300];

const env = { KILOCODE_API_KEY: "test-key-1" };
const spell = (/** @type {unknown} */ value) => JSON.stringify(value, null, 2);
const commented = (/** @type {number} */ size) => configuration(size, "JSON5");
const lined = (/** @type {number} */ size) => spell(config(size / providerBytes, 2));
const onLine = (/** @type {number} */ size) => JSON.stringify(config(size / providerBytesOnLine, 2));
const onLineJson5 = (/** @type {number} */ size) =>
  lined(size)
    .replaceAll(/\n\s*/g, " ")
    .replaceAll(/"(\w+)":/g, "$1:");
const commentOnEachLine = (/** @type {number} */ size) =>
  spell(config(size / 20, 2)).replaceAll("\n", (end) => ` // note${end}`);
const commentsTogether = (/** @type {number} */ size) =>
  spell(config(3, 2)).replace(
    "{\n",
    (all) =>
      all +
      range(size)
        .map((of) => `  // note ${of}\n`)
        .join(""),
  );

/** A text and others of its length in turn: what is kept of a short one that is read again would bend the line. @param {string} text */
function neverTwice(text) {
  const all = range(6).map((of) => text + "\n".repeat(of));
  let turn = 0;
  return () => all[(turn += 1) % all.length] ?? text;
}

/** Everything that is measured. @param {Library} library @returns {Dimension[]} */
export function dimensions({ plan, applyPatch, applyPatchToText, diffDocuments, validateConfig }) {
  const edited = (/** @type {string} */ text, /** @type {readonly Operation[]} */ patch) => {
    const next = neverTwice(text);
    return () => applyPatchToText(next(), patch);
  };
  const planned = (/** @type {Setup} */ given, /** @type {string} */ text, auth = "{}") => {
    const next = neverTwice(text);
    return () => {
      const made = plan(given, { on: { config: next(), auth }, env });
      const wrong = made.problems.find(({ severity }) => severity === "error");
      if (wrong) throw new Error(wrong.message);
      return made;
    };
  };
  /** The same on its own result. */
  const again = (/** @type {Setup} */ given, /** @type {string} */ text) => {
    const { changes } = planned(given, text)();
    const after = (/** @type {string} */ kind) => changes.find(({ document }) => document.kind === kind)?.after?.text;
    return planned(given, after("config") ?? text, after("auth"));
  };
  const compared = (/** @type {any} */ before, /** @type {any} */ after) => () => diffDocuments(before, after);
  const small = commented(2000);

  return [
    // What the machine itself adds to a straight line.
    {
      name: "bytes, JSON.parse alone",
      sizes: bytes,
      make: (size) =>
        (
          (text) => () =>
            JSON.parse(text)
        )(lined(size)),
    },
    { name: "bytes, edited", sizes: bytes, make: (size) => edited(commented(size), operations) },
    { name: "bytes, strict JSON edited", sizes: bytes, make: (size) => edited(lined(size), operations) },
    { name: "bytes, planned on", sizes: bytes, make: (size) => planned(setup, commented(size)) },
    { name: "bytes, nothing to do", sizes: bytes, make: (size) => again(setup, commented(size)) },
    {
      name: "bytes, validated",
      sizes: bytes,
      make: (size) =>
        (
          (text) => () =>
            validateConfig(text)
        )(commented(size)),
    },
    { name: "providers, planned on", sizes: hundreds, make: (size) => planned(setup, spell(config(size, 2))) },
    { name: "providers of a setup", sizes: hundreds, make: (size) => planned(ownProviders(size), small) },
    { name: "providers of a setup, nothing to do", sizes: hundreds, make: (size) => again(ownProviders(size), small) },
    {
      name: "models of one block, planned on",
      sizes: thousands,
      make: (size) => planned(setup, spell(config(1, size))),
    },
    {
      name: "models of many, planned on",
      sizes: thousands,
      make: (size) => planned(setup, spell(config(size / 10, 10))),
    },
    { name: "models of a setup", sizes: thousands, make: (size) => planned(declaredModels(size), small) },
    {
      name: "models, half of them others, compared",
      sizes: thousands,
      make: (size) =>
        compared(
          range(size).map(model),
          range(size).map((of) => model(of % 2 === 0 ? of : of + size)),
        ),
    },
    ...patches.flatMap(({ name, patch }) => [
      {
        name: `${name}, to a value`,
        sizes: hundreds,
        make: (/** @type {number} */ size) =>
          (
            (value, list) => () =>
              applyPatch(value, list)
          )(config(size, 2), patch(size)),
      },
      {
        name: `${name}, to a text`,
        sizes: hundreds,
        make: (/** @type {number} */ size) => edited(`${spell(config(size, 2))} // end`, patch(size)),
      },
      {
        name: `${name}, compared`,
        sizes: hundreds,
        make: (/** @type {number} */ size) => compared(config(size, 2), applyPatch(config(size, 2), patch(size))),
      },
    ]),
    { name: "a line, edited", sizes: bytes, make: (size) => edited(onLine(size), operations) },
    { name: "a line of JSON5, edited", sizes: bytes, make: (size) => edited(onLineJson5(size), operations) },
    { name: "a line, planned on", sizes: bytes, make: (size) => planned(setup, onLine(size)) },
    {
      name: "levels, edited",
      sizes: levels,
      make: (size) => edited(`${JSON.stringify(nested(size)).replaceAll(",", ",\n")} // end`, deepest(size)),
    },
    {
      name: "levels, compared",
      sizes: levels,
      make: (size) => compared(nested(size), applyPatch(nested(size), deepest(size))),
    },
    { name: "comments, edited", sizes: thousands, make: (size) => edited(commentOnEachLine(size), operations) },
    { name: "comments together, edited", sizes: thousands, make: (size) => edited(commentsTogether(size), operations) },
  ];
}
