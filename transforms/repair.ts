import { edit } from "../src/core/edit.js";
import { hasMember, isObject } from "../src/json.js";
import { parsePointer, valueAt } from "../src/pointer.js";
import type { Json, JsonObject, Pointer, Transform } from "../src/types.js";

/** Input of `repair`. Without `agent` the configuration is meant, with it that agent's credential store. */
export interface RepairInput {
  agent?: string;
  set?: { pointer: Pointer; value: Json }[];
  remove?: Pointer[];
}

/** Puts single members right, as the doctor found them. One whose parent is no object (any more) is left alone. */
export const repair: Transform<RepairInput> = ({ agent, set = [], remove = [] }) =>
  edit(({ config, auth }) => {
    const root = agent === undefined ? config : hasMember(auth, agent) ? auth[agent] : undefined;
    for (const { pointer, value } of set) {
      const { parent, key } = placeOf(root, pointer);
      if (parent) parent[key] = value;
    }
    for (const pointer of remove) {
      const { parent, key } = placeOf(root, pointer);
      if (parent) delete parent[key];
    }
  });

function placeOf(root: unknown, pointer: Pointer): { parent: JsonObject | null; key: string } {
  const parent = valueAt(root, pointer.slice(0, pointer.lastIndexOf("/")));
  return { parent: isObject(parent) ? parent : null, key: parsePointer(pointer).at(-1) ?? "" };
}
