/** Writes documents as people do, with a uniquely named comment on any perch JSON5 has, and notes who owns it. */

import { json5Scalars, jsonScalars } from "./scalars.js";
import { idsIn, type Member, type RandomDocument, type Thing } from "./things.js";

/** A value and how it is written. */
export interface Shape {
  readonly scalar: string;
  readonly list: boolean | null;
  readonly layout: number;
  readonly trailing: boolean;
  readonly pad: boolean;
  readonly inside: number;
  readonly items: readonly {
    readonly key: string;
    readonly quote: number;
    readonly perches: number;
    readonly shape: Shape;
  }[];
}

/** A whole document and how it is written. */
export interface Choices {
  readonly shape: Shape;
  readonly strict: boolean;
  readonly eol: string;
  readonly unit: string;
  readonly colon: string;
  readonly oneLine: boolean;
  readonly around: number;
}

interface Pen {
  readonly comments: Map<string, number | null>;
  readonly choices: Choices;
  ids: number;
}

/** Writes a document. */
export function printDocument(choices: Choices): RandomDocument {
  const pen: Pen = { comments: new Map(), choices, ids: 0 };
  const { shape, strict, eol, oneLine, around } = pen.choices;
  const before = (around & 1) !== 0 ? block(pen, null, false) + eol : "";
  const { text, thing } = value(pen, shape, "", oneLine);
  const after = (around & 2) !== 0 ? ` ${line(pen, null, true)}` : "";
  const mark = (around & 4) !== 0 ? "\ufeff" : "";
  const end = after !== "" || shape.pad ? eol : "";
  return { text: mark + before + text + after.trimEnd() + end, root: thing, comments: pen.comments, eol, strict };
}

/** A comment of one line. */
function block(pen: Pen, owner: number | null, inline: boolean): string {
  if (pen.choices.strict) return "";
  const name = `<c${pen.comments.size}>`;
  pen.comments.set(name, owner);
  return inline || pen.comments.size % 3 !== 0 ? `/* ${name} */` : `/*${pen.choices.eol} "${name}${pen.choices.eol} */`;
}

/** A comment that may reach to the end of the line. */
function line(pen: Pen, owner: number | null, ends: boolean): string {
  if (pen.choices.strict) return "";
  if (!ends || pen.comments.size % 4 === 0) return block(pen, owner, true);
  const name = `<c${pen.comments.size}>`;
  pen.comments.set(name, owner);
  return `// it's ${name}`;
}

function value(pen: Pen, shape: Shape, indent: string, flat: boolean): { text: string; thing: Thing } {
  const id = pen.ids++;
  if (shape.list === null) {
    const words = pen.choices.strict ? jsonScalars : json5Scalars;
    const text = words[Number(shape.scalar) % words.length] as string;
    return { text: text.replace("\n", pen.choices.eol), thing: { id, list: null, members: [], plain: text } };
  }
  const thing: Thing = { id, list: shape.list, members: [], plain: null };
  const items = shape.items;
  const [open, close] = shape.list ? ["[", "]"] : ["{", "}"];
  if (items.length === 0) return { text: open + nothing(pen, shape, thing, indent, flat) + close, thing };
  const body =
    flat || shape.layout >= 7
      ? onLine(pen, shape, thing, indent, flat)
      : shape.layout === 6 && items.length > 1
        ? commasFirst(pen, shape, thing, indent)
        : shape.layout === 5
          ? besideBrackets(pen, shape, thing, indent)
          : onLines(pen, shape, thing, indent);
  return { text: open + body + close, thing };
}

function nothing(pen: Pen, shape: Shape, thing: Thing, indent: string, flat: boolean): string {
  const { eol, unit, strict } = pen.choices;
  if (flat || shape.layout >= 5)
    return shape.inside % 3 === 0 && !strict ? ` ${block(pen, thing.id, true)} ` : shape.pad ? " " : "";
  const head = shape.inside % 2 === 0 && !strict ? ` ${line(pen, thing.id, true)}` : "";
  const rest = shape.inside % 3 === 0 && !strict ? `${eol}${indent}${unit}${line(pen, thing.id, true)}` : "";
  return `${head}${rest}${eol}${indent}`;
}

/** The member without what stands around it. `flat`: no line may end in it. */
function oneMember(
  pen: Pen,
  item: Shape["items"][number],
  thing: Thing,
  indent: string,
  flat: boolean,
): { text: string; member: Member } {
  const { colon, strict, eol } = pen.choices;
  const owner = pen.ids++;
  const { text, thing: inner } = value(pen, item.shape, indent, flat);
  const member: Member = { key: item.key, thing: inner, owners: [owner], hidden: [] };
  const hidden = thing.list === true ? -1 : thing.members.findIndex(({ key }) => key === item.key);
  const hides = thing.members[hidden];
  if (hides !== undefined) {
    // The hidden member goes when the visible one goes, and so does everything in it.
    member.hidden.push(...hides.owners, ...hides.hidden, ...idsIn(hides.thing));
    thing.members.splice(hidden, 1);
  }
  thing.members.push(member);
  if (thing.list === true) return { text, member };
  const own = (bit: number): string =>
    (item.perches & bit) === 0
      ? ""
      : flat || (item.perches & 512) === 0
        ? ` ${block(pen, owner, true)}`
        : ` ${line(pen, owner, true)}`;
  const broken = (comment: string): string => (comment.includes("//") ? comment + eol + indent : comment);
  const bare = /^[a-zü]\w*$/.test(item.key) || item.key === "__proto__";
  const name =
    strict || item.quote === 1 || (!bare && item.quote === 0)
      ? JSON.stringify(item.key)
      : bare && item.quote === 0
        ? item.key
        : `'${JSON.stringify(item.key).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  return { text: name + broken(own(1)) + colon + after(pen, item, owner, flat, indent) + text, member };
}

function after(pen: Pen, item: Shape["items"][number], owner: number, flat: boolean, indent: string): string {
  if ((item.perches & 4) === 0) return "";
  const comment = flat ? block(pen, owner, true) : line(pen, owner, true);
  return comment.includes("//") ? comment + pen.choices.eol + indent : comment === "" ? "" : `${comment} `;
}

function onLines(pen: Pen, shape: Shape, thing: Thing, indent: string): string {
  const { eol, unit, strict } = pen.choices;
  const inner = indent + unit;
  let text = shape.inside % 2 === 0 && !strict ? ` ${line(pen, thing.id, true)}` : "";
  text += eol;
  shape.items.forEach((item, index) => {
    const { text: core, member } = oneMember(pen, item, thing, inner, false);
    const owner = member.owners[0] as number;
    const comma = index < shape.items.length - 1 || (shape.trailing && !strict);
    if (!strict && (item.perches & 8) !== 0) text += inner + line(pen, thing.id, true) + eol + eol;
    else if ((item.perches & 16) !== 0 && shape.layout > 2) text += eol;
    if (!strict && (item.perches & 32) !== 0)
      text += inner + line(pen, owner, true) + eol + (item.quote === 0 ? inner + block(pen, owner, false) + eol : "");
    text += inner;
    if (!strict && (item.perches & 64) !== 0) text += `${block(pen, owner, item.quote === 1)} `;
    text += core;
    if (!strict && (item.perches & 128) !== 0) text += ` ${block(pen, owner, true)}`;
    if (comma) text += item.quote === 2 ? " ," : ",";
    if (!strict && (item.perches & 256) !== 0) text += ` ${line(pen, owner, true)}`;
    text += eol;
  });
  if (!strict && shape.inside % 3 === 0) text += (shape.pad ? eol : "") + inner + line(pen, thing.id, true) + eol;
  return text + indent;
}

function commasFirst(pen: Pen, shape: Shape, thing: Thing, indent: string): string {
  const { eol, strict } = pen.choices;
  let text = "";
  shape.items.forEach((item, index) => {
    const { text: core, member } = oneMember(pen, item, thing, `${indent}  `, false);
    const owner = member.owners[0] as number;
    if (index > 0 && !strict && (item.perches & 32) !== 0) text += indent + line(pen, owner, true) + eol;
    text += index === 0 ? " " : `${indent}, `;
    if (!strict && (item.perches & 64) !== 0) text += `${block(pen, owner, true)} `;
    text += core;
    if (!strict && (item.perches & 256) !== 0) text += ` ${line(pen, owner, true)}`;
    text += eol;
  });
  return text + indent;
}

/** The first item stands beside the opening bracket, the last one often beside the closing one. */
function besideBrackets(pen: Pen, shape: Shape, thing: Thing, indent: string): string {
  const { eol, unit, strict } = pen.choices;
  const inner = indent + unit;
  let text = " ";
  let end = " ";
  shape.items.forEach((item, index) => {
    const { text: core, member } = oneMember(pen, item, thing, inner, false);
    const owner = member.owners[0] as number;
    if (index > 0) text += eol;
    if (index > 0 && !strict && (item.perches & 32) !== 0) text += inner + line(pen, owner, true) + eol;
    if (index > 0) text += inner;
    text += core;
    if (!strict && (item.perches & 128) !== 0) text += ` ${block(pen, owner, true)}`;
    if (index < shape.items.length - 1 || (shape.trailing && !strict)) text += ",";
    const comment = !strict && (item.perches & 256) !== 0 ? line(pen, owner, true) : "";
    if (comment !== "") text += ` ${comment}`;
    end = comment.startsWith("//") ? eol + indent : " ";
  });
  return text + end;
}

function onLine(pen: Pen, shape: Shape, thing: Thing, indent: string, flat: boolean): string {
  const { strict } = pen.choices;
  const parts = shape.items.map((item, index) => {
    const { text, member } = oneMember(pen, item, thing, indent, flat);
    const owner = member.owners[0] as number;
    const before = !strict && (item.perches & 64) !== 0 ? `${block(pen, owner, true)} ` : "";
    const behind = !strict && (item.perches & 128) !== 0 ? ` ${block(pen, owner, true)}` : "";
    const last = index === shape.items.length - 1;
    const comma = last ? shape.trailing && !strict : true;
    const end = last && !strict && (item.perches & 256) !== 0 ? ` ${block(pen, owner, true)}` : "";
    return before + text + behind + (comma ? "," : "") + end;
  });
  const pad = shape.pad ? " " : "";
  return pad + parts.join(shape.pad || shape.layout === 8 ? " " : "") + pad;
}
