/**
 * `npm run harvest -- 2026.6.1`: asks that release of OpenClaw what it knows of providers and writes it into the cards; what is
 * left is to read the diff. `--check` writes nothing and exits with 1 where cards and release differ, 0 where they do not.
 * Two runs per choice, two at a time: about four minutes. Without a release: the one the cards are of.
 */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { inOrder, newCard, updateCard } from "./harvest-cards.mjs";
import { changesOf } from "./harvest-changes.mjs";
import { offeredFacts } from "./harvest-facts.mjs";
import { readOffers } from "./harvest-manifests.mjs";
import { measure } from "./harvest-runs.mjs";
import { install, releasePattern } from "./openclaw-install.mjs";
import { ask, inParallel, reference, referenceFile } from "./openclaw.mjs";
import { measuredOf, subjectsOf, unplaced } from "./harvest-subjects.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const catalog = path.join(root, "transforms/catalog");
const readJson = (/** @type {string} */ file) => JSON.parse(readFileSync(path.join(root, file), "utf8"));
const say = (/** @type {string} */ line) => console.error(line);

const words = process.argv.slice(2);
const check = words.includes("--check");
const [release = reference(), ...more] = words.filter((word) => word !== "--check");
if (more.length > 0 || !releasePattern.test(release)) {
  console.error("npm run harvest -- [RELEASE] [--check], a release such as 2026.5.6");
  process.exit(64);
}

const program = await install(release, { limitMs: 300_000, say });
const offers = readOffers(program);
/** @type {Map<string, import("./harvest-cards.mjs").Card>} */
const cards = new Map(
  readdirSync(catalog)
    .filter((file) => !file.startsWith("_"))
    .map((file) => [path.basename(file, ".json"), readJson(`transforms/catalog/${file}`)]),
);
const { choices: elsewhere } = readJson("transforms/catalog/_elsewhere.json");
/** @type {{ choices: string[], fields: string[], why: string }[]} */
const exceptions = readJson("scripts/harvest-by-hand.json");
const handFields = (/** @type {string} */ id) =>
  exceptions.filter(({ choices }) => choices.includes(id)).flatMap(({ fields }) => fields);

const home = mkdtempSync(path.join(tmpdir(), "clawform-harvest-"));
const help = await ask(program, home, ["onboard", "--help"]);
rmSync(home, { recursive: true, force: true });

const subjects = subjectsOf(cards, offers);
let done = 0;
const results = await inParallel(2, subjects, async (subject) => {
  const { card, choice, env, offer } = subject;
  const offered = offer ? offeredFacts(offer) : {};
  const { facts, fields, failures } = choice.endpoint
    ? { facts: {}, fields: [], failures: [] }
    : await measure(program, { card, choice, env });
  say(`[${String(++done).padStart(2)}/${subjects.length}] ${choice.id}${failures.map((one) => `: ${one}`).join("")}`);
  const measured = measuredOf(choice, offered, { facts, fields }, handFields(choice.id));
  return { subject, failures, measured };
});

const order = orderOf(readJson("schemas/card.json"));
const ids = [...new Set([...cards.keys(), ...subjects.map(({ card }) => card)])].sort();
const width = Math.max(...ids.map(({ length }) => length));
let changed = 0;
/** @type {string[]} */
const written = [];
for (const id of ids) {
  const of = results.filter(({ subject }) => subject.card === id);
  const failures = of.flatMap(({ measured, failures: said }) =>
    said.map((one) => `${measured.id} could not be run: ${one}`),
  );
  const before = cards.get(id);
  const isKnown = (/** @type {string} */ choice) => before?.choices.some((one) => one.id === choice);
  // A new choice that only its manifest tells of is no choice of a card yet: its failure is what there is to say.
  const ran = of
    .map(({ measured }) => measured)
    .filter((measured) => isKnown(measured.id) || measured.fields.includes("profiles"));
  const gone = (before?.choices ?? [])
    .map((choice) => choice.id)
    .filter(
      (choice) => !subjects.some((subject) => subject.choice.id === choice) && !handFields(choice).includes("id"),
    );
  const { card, conflicts } = before ? updateCard(before, ran, gone) : newCard(ran);
  const names = card.choices.map((choice) => choice.id).join(", ");
  const lines = [
    ...(before ? changesOf(before, card) : [`new provider${names === "" ? "" : `: ${names}`}`]),
    ...conflicts.map((field) => `its choices differ in ${field}, which a card has once: by hand`),
    ...failures,
  ];
  if (lines.length === 0) continue;
  changed++;
  console.log(`${id.padEnd(width)}  ${lines.join("; ")}`);
  if (check || card.choices.length + (before?.choices.length ?? 0) === 0) continue;
  const file = path.join(catalog, `${id}.json`);
  if (before && isDeepStrictEqual(before, card)) continue;
  writeFileSync(file, JSON.stringify(inOrder(card, order), null, 2));
  written.push(file);
}
for (const line of unplaced(help.out, offers, cards, elsewhere)) {
  changed++;
  console.log(line);
}
if (written.length > 0) execFileSync(path.join(root, "node_modules/.bin/oxfmt"), written, { stdio: "inherit" });
if (!check && release !== reference()) writeFileSync(referenceFile, `{ "release": "${release}" }\n`);
console.log(
  changed === 0
    ? `OpenClaw ${release}: ${cards.size} providers, ${subjects.length} choices, no drift`
    : `OpenClaw ${release}: ${subjects.length} choices, ${changed} differences from the cards${check ? "" : `; ${written.length} cards written, see git diff`}`,
);
process.exitCode = check && changed > 0 ? 1 : 0;

/** @param {any} schema */
function orderOf({ properties, definitions }) {
  return { card: Object.keys(properties), choice: Object.keys(definitions.choice.properties) };
}
