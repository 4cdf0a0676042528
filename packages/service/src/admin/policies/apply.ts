import type { ActStore, PolicyProposal, PolicyVersion } from '@assay/core';
import type { Service } from '../../context.ts';
import { fault } from '../../fault.ts';
import type { Issuer } from '../../issuers.ts';
import { type Actor, commitAct } from '../act.ts';
import type { AuditEntry } from '../audit.ts';
import { sortableId } from '../ids.ts';
import { type PolicyPlan, planPolicy } from './plan.ts';

/** What became of a change: a version that is in force, or a proposal that waits for a second person. */
export type Applied = { readonly version: number } | { readonly proposal: string };

/**
 * Puts a planned change into force. One that loosens what guarded apps enforce becomes a proposal.
 *
 * @param expected newest version that the author saw; undefined for whatever is there
 * @throws RequestError `service.conflict`
 */
export async function applyPlan(
  service: Service,
  actor: Actor,
  issuer: Issuer,
  plan: PolicyPlan,
  { expected, restores = null }: { readonly expected?: number | undefined; readonly restores?: number | null } = {},
): Promise<Applied> {
  if (expected !== undefined && expected !== plan.base) {
    throw fault('service.conflict', { expected: `version ${expected}`, found: `version ${plan.base}` });
  }
  if (plan.guarded.length > 0) return { proposal: await propose(service, actor, issuer, plan) };
  const { name, base, source } = plan;
  const version = base + 1;
  const row = { iss: issuer.iss, name, version, source, author: actor, createdAt: service.clock(), restores };
  const act = restores === null ? 'policy.apply' : 'policy.rollback';
  const detail = { version, loosens: plan.diff.loosens, restores };
  await commitVersion(service, row, { actor, act, subject: name, detail });
  return { version };
}

/** Writes a version and its row in the audit chain, and whatever else belongs to the act. @throws RequestError `service.conflict` */
export async function commitVersion(
  service: Service,
  row: PolicyVersion,
  entry: AuditEntry,
  also: (tables: ActStore) => Promise<void> = async () => {},
): Promise<void> {
  await commitAct(
    service,
    [row.iss],
    async (tables) => {
      await also(tables);
      if (!(await tables.addPolicyVersion(row))) throw fault('service.conflict');
    },
    () => entry,
  );
  service.policies.forget();
}

async function propose(
  service: Service,
  actor: Actor,
  { iss }: Issuer,
  { name, base, source, diff, guarded }: PolicyPlan,
): Promise<string> {
  const id = sortableId(service);
  const createdAt = service.clock();
  const proposal: PolicyProposal = { iss, id, name, base, source, author: actor, createdAt, state: 'open' };
  const detail = { proposal: id, base, loosens: diff.loosens, apps: guarded.join(' ') };
  await commitAct(
    service,
    [iss],
    async (tables) => {
      if (!(await tables.addProposal(proposal))) throw fault('service.conflict');
    },
    () => ({ actor, act: 'policy.propose', subject: name, detail }),
  );
  return id;
}

/**
 * Plans the return to an older version: a new version with the old text.
 *
 * @throws RequestError `service.policy_version_unknown`
 */
export async function planRollback(service: Service, issuer: Issuer, name: string, version: number): Promise<PolicyPlan> {
  const old = await service.store.policyVersion(issuer.iss, name, version);
  if (old === undefined) throw fault('service.policy_version_unknown', { found: `${name}@${version}` });
  return planPolicy(service, issuer, name, old.source);
}
