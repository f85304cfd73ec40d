/** Request settings OpenClaw 2026.5.6 refuses (measured), and what the schema finds in them. */

import type { Case } from "./compile.js";
import { p } from "./openclaw-documents.js";

/** OpenClaw refuses them, and so does the schema. */
export const invalidRequests: Case[] = [
  [
    "request settings of their own",
    p({ request: { timeout: 1, tls: { pfx: "x" } } }),
    "/models/providers/p/request additionalProperties(timeout)",
    "/models/providers/p/request/tls additionalProperties(pfx)",
  ],
  [
    "the usual authentication with more",
    p({ request: { auth: { mode: "provider-default", token: "x" } } }),
    "/models/providers/p/request/auth additionalProperties(token)",
  ],
  [
    "a token with a prefix",
    p({ request: { auth: { mode: "authorization-bearer", token: "x", prefix: "y" } } }),
    "/models/providers/p/request/auth additionalProperties(prefix)",
  ],
  [
    "a header without name and value",
    p({ request: { auth: { mode: "header" } } }),
    "/models/providers/p/request/auth required(headerName)",
    "/models/providers/p/request/auth required(value)",
  ],
  [
    "a header and a proxy of empty names",
    p({ request: { auth: { mode: "header", headerName: "", value: "" }, proxy: { mode: "explicit-proxy", url: "" } } }),
    "/models/providers/p/request/auth/headerName minLength",
    "/models/providers/p/request/proxy/url minLength",
  ],
  [
    "the environment's proxy with a URL",
    p({ request: { proxy: { mode: "env-proxy", url: "x" } } }),
    "/models/providers/p/request/proxy additionalProperties(url)",
  ],
  [
    "a proxy with more",
    p({ request: { proxy: { mode: "explicit-proxy", url: "x", user: "y" } } }),
    "/models/providers/p/request/proxy additionalProperties(user)",
  ],
  ["a proxy without mode", p({ request: { proxy: {} } }), "/models/providers/p/request/proxy required(mode)"],
  [
    "unknown kind of request authentication",
    p({ request: { auth: { mode: "basic" } } }),
    "/models/providers/p/request/auth/mode enum",
  ],
];
