/** Everything the doctor looks for, and looking. Pure. */

import { addressRules } from "./addresses.js";
import { keyRules } from "./keys.js";
import { kimiRules } from "./kimi.js";
import { modelRules } from "./models.js";
import { profileRules } from "./profiles.js";
import type { Diagnosis, Ground, Rule } from "./rule.js";
import { surroundingsRules } from "./surroundings.js";

/** Every rule, in the order findings are shown. */
export const rules: readonly Rule[] = [
  ...modelRules,
  ...addressRules,
  ...keyRules,
  ...profileRules,
  ...surroundingsRules,
  ...kimiRules,
];

/** What the rules find, `only` those of one code when it is given. Files are labels (`config`, `auth:<agent>`). */
export function diagnose(ground: Ground, only?: string): Diagnosis[] {
  return rules.filter(({ code }) => only === undefined || code === only).flatMap(({ look }) => look(ground));
}
