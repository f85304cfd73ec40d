import { edit } from "../src/core/edit.js";
import { hasMember, isObject } from "../src/json.js";
import { isIndex, parsePointer, valueAt } from "../src/pointer.js";
import type { Json, JsonObject, Pointer, Transform } from "../src/types.js";

/** Input of `repair`. Without `agent` the configuration is meant, with it that agent's credential store. */
export interface RepairInput {
  agent?: string;
  set?: { pointer: Pointer; value: Json }[];
  remove?: Pointer[];
}

/**
 * Puts single members right, as the doctor found them, and items that a list has. One whose parent is neither (any more) is
 * left alone, and no list gets longer or shorter.
 */
export const repair: Transform<RepairInput> = ({ agent, set = [], remove = [] }) =>
  edit(({ config, auth }) => {
    const root = agent === undefined ? config : hasMember(auth, agent) ? auth[agent] : undefined;
    for (const { pointer, value } of set) {
      const { parent, list, key } = placeOf(root, pointer);
      if (parent) parent[key] = value;
      else if (list && isIndex(key) && Number(key) < list.length) list[Number(key)] = value;
    }
    for (const pointer of remove) {
      const { parent, key } = placeOf(root, pointer);
      if (parent) delete parent[key];
    }
  });

function placeOf(root: unknown, pointer: Pointer): { parent: JsonObject | null; list: Json[] | null; key: string } {
  const holder = valueAt(root, pointer.slice(0, pointer.lastIndexOf("/")));
  const key = parsePointer(pointer).at(-1) ?? "";
  return { parent: isObject(holder) ? holder : null, list: Array.isArray(holder) ? holder : null, key };
}
