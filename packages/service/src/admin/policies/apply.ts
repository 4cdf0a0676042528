import type { Service } from '../../context.ts';
import { fault } from '../../fault.ts';
import type { Issuer } from '../../issuers.ts';
import { type Actor, commitAct } from '../act.ts';
import { guardedBy } from './enforced.ts';
import { type PolicyPlan, planPolicy } from './plan.ts';
import { propose } from './proposals.ts';

/** What became of a change: a version that is in force, or a proposal that waits for a second person. */
export type Applied = { readonly version: number } | { readonly proposal: string };

/**
 * Puts a planned change into force. One that loosens what guarded apps enforce becomes a proposal, and the text that is in
 * force already no new version: whatever applies on every merge would bury the changes of a history.
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
  const { name, base, source, before, diff, guarded } = plan;
  if (restores === null && before?.version === base && before.source === source) return { version: base };
  if (guarded.length > 0) {
    const why = `loosens: ${diff.loosens}, for ${guarded.join(' ')}`;
    return { proposal: await propose(service, actor, issuer, { name, base, source, why }) };
  }
  const version = base + 1;
  const row = { iss: issuer.iss, name, version, source, author: actor, createdAt: service.clock(), restores };
  const act = restores === null ? 'policy.apply' : 'policy.rollback';
  await commitAct(
    service,
    [issuer.iss],
    async (tables) => {
      if (!(await tables.addPolicyVersion(row))) throw fault('service.conflict');
    },
    () => ({ actor, act, subject: name, detail: { version, loosens: diff.loosens, restores } }),
    async (tables) => {
      // An app may have come under it since the plan.
      const isHarmless =
        diff.loosens === 'no' || (await guardedBy(tables, issuer.iss, name, service.clock())).length === 0;
      if (!isHarmless) throw fault('service.conflict', { found: 'an app that is judged by it now' });
    },
  );
  service.policies.forget();
  return { version };
}

/**
 * Plans the return to an older version: a new version with the old text.
 *
 * @throws RequestError `service.policy_version_unknown`
 */
export async function planRollback(
  service: Service,
  issuer: Issuer,
  name: string,
  version: number,
): Promise<PolicyPlan> {
  const old = await service.store.policyVersion(issuer.iss, name, version);
  if (old === undefined) throw fault('service.policy_version_unknown', { found: `${name}@${version}` });
  return planPolicy(service, issuer, name, old.source);
}
