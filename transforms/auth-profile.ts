import { edit, section } from "../src/core/edit.js";
import type { Credential, CredentialType, Transform } from "../src/types.js";

/** Input of `authProfile`. */
export interface AuthProfileInput {
  /** Profile id, `provider:name`. */
  profile: string;
  provider: string;
  mode: CredentialType;
  /** What is stored; absent when the profile's credential is in the store already. */
  credential?: Credential;
  /** Agents whose store gets it. */
  agents: string[];
  /** Stored, not named in `auth.profiles`. */
  storeOnly?: boolean;
  /** Stored only where the profile holds no credential yet. */
  gap?: boolean;
}

const secrets = ["key", "keyRef", "token", "tokenRef", "access", "refresh"];

/**
 * Stores a credential and names it in `auth.profiles`. Other profiles, and what the user added to this one, stay. A key
 * takes the place of a reference to a key and the other way round, and so does a token; an end it had goes with it. The order of profiles is `authOrder`'s.
 */
export const authProfile: Transform<AuthProfileInput> = (input) =>
  edit(({ config, auth }) => {
    const { profile, provider, mode, credential, agents, storeOnly = false, gap = false } = input;
    if (!storeOnly) {
      const entry = section(section(section(config, "auth"), "profiles"), profile);
      entry.provider = provider;
      entry.mode = mode;
    }
    if (!credential) return;
    for (const agent of agents) {
      const store = section(auth, agent);
      store.version ??= 1;
      const stored = section(section(store, "profiles"), profile);
      if (gap && secrets.some((field) => stored[field] !== undefined)) continue;
      if (credential.keyRef) delete stored.key;
      if (credential.key !== undefined) delete stored.keyRef;
      if (credential.tokenRef) delete stored.token;
      if (credential.token !== undefined) delete stored.tokenRef;
      if (credential.type === "token" && credential["expires"] === undefined) delete stored["expires"];
      const metadata = { ...stored.metadata, ...credential.metadata };
      Object.assign(stored, credential, Object.keys(metadata).length > 0 ? { metadata } : {});
    }
  });
