import { edit, section } from "../src/core/edit.js";
import type { Transform } from "../src/types.js";

/** Input of `envVars`. */
export interface EnvVarsInput {
  vars: { [name: string]: string };
}

/** Sets variables of `env.vars`; the others, and those written directly under `env`, stay. */
export const envVars: Transform<EnvVarsInput> = ({ vars }) =>
  edit(({ config }) => {
    const present = section(section(config, "env"), "vars");
    for (const [name, value] of Object.entries(vars)) present[name] = value;
  });
