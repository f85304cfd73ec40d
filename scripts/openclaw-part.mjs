/** The provider part of what `openclaw onboard` wrote: its wizard's own keys taken out. */

/** @typedef {{ [key: string]: any }} Config */

const ofTheWizard = ["wizard", "meta", "gateway", "session", "tools"];
const ofTheWizardInDefaults = ["workspace", "skipBootstrap"];

/**
 * The configuration without what the wizard adds beside the provider: those keys are as they were before.
 * @param {object} after
 * @param {object} [before]
 * @returns {Config}
 */
export function providerPart(after, before = {}) {
  const part = restored(after, before, ofTheWizard);
  const was = /** @type {Config} */ (before).agents;
  if (part.agents === undefined) return part;
  const agents = { ...part.agents };
  if (agents.defaults !== undefined) {
    agents.defaults = restored(agents.defaults, was?.defaults ?? {}, ofTheWizardInDefaults);
    if (Object.keys(agents.defaults).length === 0 && was?.defaults === undefined) delete agents.defaults;
  }
  const { agents: _, ...rest } = part;
  return Object.keys(agents).length === 0 && was === undefined ? rest : { ...part, agents };
}

/**
 * @param {Config} after
 * @param {Config} before
 * @param {readonly string[]} names
 * @returns {Config}
 */
function restored(after, before, names) {
  const result = { ...after };
  for (const name of names) {
    if (Object.hasOwn(before, name)) result[name] = before[name];
    else delete result[name];
  }
  return result;
}
