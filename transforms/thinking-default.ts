import { edit, section } from "../src/core/edit.js";
import type { Transform } from "../src/types.js";

/** Input of `thinkingDefault`. */
export interface ThinkingDefaultInput {
  level: string;
  /** False for a card's own suggestion, which only fills a gap. */
  declared?: boolean;
}

/** Sets how much models think when nobody says otherwise. */
export const thinkingDefault: Transform<ThinkingDefaultInput> = ({ level, declared = true }) =>
  edit(({ config }) => {
    const defaults = section(section(config, "agents"), "defaults");
    if (declared || defaults.thinkingDefault === undefined) defaults.thinkingDefault = level;
  });
