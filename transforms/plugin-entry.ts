import { edit, section } from "../src/core/edit.js";
import type { Transform } from "../src/types.js";

/** Input of `pluginEntry`. */
export interface PluginEntryInput {
  plugin: string;
  /** Also lift what the user has set against it: `plugins.enabled: false`, a deny list, an allow list without it. */
  force?: boolean;
}

/**
 * Enables the plugin that serves a provider. Its other settings stay. A plugin the user has switched off stays off
 * unless `force`: whoever plans says so first (`plugin-...` problems).
 */
export const pluginEntry: Transform<PluginEntryInput> = ({ plugin, force = false }) =>
  edit(({ config }) => {
    const plugins = section(config, "plugins");
    const entry = section(section(plugins, "entries"), plugin);
    if (force || entry.enabled === undefined) entry.enabled = true;
    if (!force) return;
    if (plugins.enabled === false) plugins.enabled = true;
    if (plugins.deny?.includes(plugin)) plugins.deny = plugins.deny.filter((id) => id !== plugin);
    if (plugins.allow?.length && !plugins.allow.includes(plugin)) plugins.allow.push(plugin);
  });
