/** Documents whose values and comments have identities. */

/** A value with an identity, so that a test can follow it through moves. */
export interface Thing {
  readonly id: number;
  readonly list: boolean | null;
  /** Members (the last of a name) or items, in order. */
  members: Member[];
  readonly plain: unknown;
}
/** A member or item: its comments are named by the ids in `owners`. */
export interface Member {
  key: string;
  thing: Thing;
  owners: number[];
  /** The ids of earlier members of the same name, which go when this one goes or moves. */
  hidden: number[];
}
/** A text and what it means. */
export interface RandomDocument {
  readonly text: string;
  readonly root: Thing;
  /** Comment name to the id of the member or thing that owns it, null when nothing but the file does. */
  readonly comments: ReadonlyMap<string, number | null>;
  readonly eol: string;
  readonly strict: boolean;
}

/** The ids of a thing and of everything in it. */
export function idsIn(thing: Thing): number[] {
  return [thing.id, ...thing.members.flatMap((member) => [...member.owners, ...member.hidden, ...idsIn(member.thing)])];
}
