import { edit, section } from "../src/core/edit.js";
import type { Transform } from "../src/types.js";

/** Input of `mediaModel`. */
export interface MediaModelInput {
  slot: "imageGenerationModel" | "videoGenerationModel";
  /** Full reference, `provider/model`. */
  primary?: string;
  /** Milliseconds. */
  timeoutMs?: number;
  /** False for a card's own suggestion, which only fills a gap. */
  declared?: boolean;
}

/** Chooses the model that makes images or videos; what the slot holds beyond the given fields stays. */
export const mediaModel: Transform<MediaModelInput> = ({ slot, declared = true, ...fields }) =>
  edit(({ config }) => {
    const defaults = section(section(config, "agents"), "defaults");
    const present = defaults[slot];
    if (present === fields.primary && fields.timeoutMs === undefined) return;
    if (!declared && present !== undefined && present !== "") return;
    if (typeof present === "object") Object.assign(present, fields);
    else defaults[slot] = { ...(present ? { primary: present } : {}), ...fields };
  });
