/** The validators, compiled ahead of time from `schemas/`, and what they say. */

import { createRequire } from "node:module";

/** One way in which a value differs from its schema. */
export interface SchemaError {
  /** RFC 6901 pointer into the value. */
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
  readonly message?: string;
  /** The member's name, when it is the name that is wrong. */
  readonly propertyName?: string;
}

/** True when the value fits; else `errors` holds every difference until the next call. */
export interface ValidateFunction {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** By the schema's path below `schemas/` without `.json`. */
export type Validators = { readonly [name: string]: ValidateFunction };

/** All of them. They are a file of their own, loaded when one is asked for: a run in which everything fits has no use for it. */
export function allValidators(): Validators {
  const require = createRequire(import.meta.url);
  return (require("./validators.generated.cjs") as { readonly validators: Validators }).validators;
}
