/** A home, examined as the command does. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { repairs } from "../../src/core/diagnosis/repairs.js";
import type { Diagnosis } from "../../src/core/diagnosis/rule.js";
import { makePlan } from "../../src/core/plan.js";
import { examine } from "../../src/examination.js";
import type { AuthStore, OpenClawConfig, Plan } from "../../src/types.js";
import { openWorkspace, type Workspace } from "../../src/workspace.js";

/** What stands in a home. */
export interface Patient {
  config?: OpenClawConfig | string;
  /** Profiles of main by id. */
  profiles?: NonNullable<AuthStore["profiles"]>;
  /** Profiles of other agents. */
  agents?: { readonly [agent: string]: NonNullable<AuthStore["profiles"]> };
  /** `order` of main's auth-state.json. */
  order?: { readonly [provider: string]: readonly string[] };
  env?: Readonly<Record<string, string>>;
  /** Permission bits of openclaw.json; 0600 by default. */
  mode?: number;
}

const agentDir = (agent: string): string => `.openclaw/agents/${agent}/agent`;

/** Puts a patient into a home of its own. */
function admit(patient: Patient): () => Workspace {
  const home = mkdtempSync(join(tmpdir(), "clawform-doctor-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const write = (file: string, value: unknown, mode = 0o600): void => {
    mkdirSync(dirname(join(home, file)), { recursive: true });
    writeFileSync(join(home, file), typeof value === "string" ? value : JSON.stringify(value, null, 2), { mode });
  };
  if (patient.config !== undefined) write(".openclaw/openclaw.json", patient.config, patient.mode);
  const stores = { ...(patient.profiles ? { main: patient.profiles } : {}), ...patient.agents };
  for (const [agent, profiles] of Object.entries(stores))
    write(`${agentDir(agent)}/auth-profiles.json`, { version: 1, profiles });
  if (patient.order) write(`${agentDir("main")}/auth-state.json`, { version: 1, order: patient.order });
  const readInput = (): string => "";
  return () => openWorkspace({}, { env: { HOME: home, ...patient.env }, osHome: home, cwd: home, readInput });
}

/** Everything found. */
export function findingsOf(patient: Patient): readonly Diagnosis[] {
  return examine(admit(patient)()).found;
}

/** Examines, mends in place, examines again. */
export function cure(patient: Patient): { found: readonly Diagnosis[]; plan: Plan; left: readonly Diagnosis[] } {
  const open = admit(patient);
  const { found, sources, ground } = examine(open());
  const plan = makePlan({ sources, composition: open().composition }, ground ? repairs(ground) : []);
  for (const { path, after } of plan.changes) writeFileSync(path, after?.text ?? "");
  return { found, plan, left: examine(open()).found };
}
