/** Where `${NAME_TEST}` comes from, and what the real OpenClaw 2026.5.6 made of it (`config get` of a base URL). Data only. */

/** Sources of variables, a text, and what is read for it. */
export interface Row {
  readonly name: string;
  readonly process?: { readonly [name: string]: string };
  /** The state directory's `.env`. */
  readonly dotenv?: string;
  /** `~/.config/openclaw/gateway.env`. */
  readonly gateway?: string;
  readonly env?: { readonly [name: string]: string | { readonly [name: string]: string } };
  readonly text: string;
  readonly read: string;
}

const text = "${A_TEST}";

export const rows: readonly Row[] = [
  { name: "the process", process: { A_TEST: "process" }, text, read: "process" },
  {
    name: "the process wins",
    process: { A_TEST: "process" },
    dotenv: "A_TEST=file",
    env: { A_TEST: "direct" },
    text,
    read: "process",
  },
  { name: ".env", dotenv: "A_TEST=file", text, read: "file" },
  {
    name: ".env before the env section",
    dotenv: "A_TEST=file",
    env: { A_TEST: "direct", vars: { A_TEST: "vars" } },
    text,
    read: "file",
  },
  { name: "gateway.env", gateway: "A_TEST=gateway", text, read: "gateway" },
  { name: ".env before gateway.env", dotenv: "A_TEST=file", gateway: "A_TEST=gateway", text, read: "file" },
  {
    name: "an empty line of .env keeps gateway.env out, not the section",
    dotenv: "A_TEST=",
    gateway: "A_TEST=gateway",
    env: { A_TEST: "direct" },
    text,
    read: "direct",
  },
  { name: "env.NAME", env: { A_TEST: "direct" }, text, read: "direct" },
  { name: "env.vars", env: { vars: { A_TEST: "vars" } }, text, read: "vars" },
  { name: "env.NAME before env.vars", env: { A_TEST: "direct", vars: { A_TEST: "vars" } }, text, read: "direct" },
  {
    name: "a blank process variable keeps .env out, not the section",
    process: { A_TEST: " " },
    dotenv: "A_TEST=file",
    env: { vars: { A_TEST: "vars" } },
    text,
    read: "vars",
  },
  {
    name: "an empty process variable alone is missing",
    process: { A_TEST: "" },
    dotenv: "A_TEST=file",
    text,
    read: text,
  },
  { name: "a blank one is read", process: { A_TEST: " " }, text: "x${A_TEST}y", read: "x y" },
  { name: "missing", text, read: text },
  {
    name: "a value with a reference is not applied",
    process: { B_TEST: "b" },
    env: { A_TEST: "${B_TEST}" },
    text,
    read: text,
  },
  {
    name: "nor is what it stands over",
    process: { B_TEST: "b" },
    env: { A_TEST: "${B_TEST}", vars: { A_TEST: "vars" } },
    text,
    read: text,
  },
  { name: "an escaped one is, as it is written", env: { A_TEST: "$${B_TEST}" }, text, read: "$${B_TEST}" },
  { name: "and so is lower case", env: { A_TEST: "${b_test}" }, text, read: "${b_test}" },
  { name: "a blank value is none", env: { A_TEST: "  ", vars: { A_TEST: "vars" } }, text, read: "vars" },
  { name: "a name with blanks around it", env: { vars: { " A_TEST ": "vars" } }, text, read: "vars" },
  {
    name: "a lower-case variable cannot be asked for",
    process: { a_test: "process" },
    text: "${a_test}",
    read: "${a_test}",
  },
  {
    name: "a host's own variable cannot be set",
    env: { vars: { AWS_SESSION_TOKEN: "vars" } },
    text: "${AWS_SESSION_TOKEN}",
    read: "${AWS_SESSION_TOKEN}",
  },
  { name: "nor one with such a beginning", env: { LD_TEST: "direct" }, text: "${LD_TEST}", read: "${LD_TEST}" },
  { name: "but .env may", dotenv: "AWS_SESSION_TOKEN=file", text: "${AWS_SESSION_TOKEN}", read: "file" },
  {
    name: "several in a text",
    process: { A_TEST: "a", B_TEST: "b" },
    text: "x${A_TEST}${B_TEST}-${C_TEST}",
    read: "xab-${C_TEST}",
  },
  {
    name: "what is put in is not looked at again",
    process: { A_TEST: "${B_TEST}", B_TEST: "b" },
    text,
    read: "${B_TEST}",
  },
  { name: "one more dollar", process: { A_TEST: "a" }, text: "$${A_TEST}", read: "${A_TEST}" },
  { name: "and another", process: { A_TEST: "a" }, text: "$$${A_TEST}", read: "$${A_TEST}" },
  {
    name: "a dollar before no name",
    process: { A_TEST: "a" },
    text: "$${a} $$ $A_TEST ${A TEST} ${} ${A_TEST",
    read: "$${a} $$ $A_TEST ${A TEST} ${} ${A_TEST",
  },
  { name: "a name of digits and underscores", process: { _9_TEST: "a" }, text: "${_9_TEST}${9A}", read: "a${9A}" },
  {
    name: "quotes in .env",
    dotenv: "A_TEST='a b' # c\nB_TEST=\"d\\ne\"",
    text: "${A_TEST}|${B_TEST}",
    read: "a b|d\ne",
  },
];
