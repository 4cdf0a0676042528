import { type AppraisedFacts, isAdmitted, knownValue, type Verdict } from '@assay/core';
import type { Policy } from '@assay/policy';
import { shareOf } from '../../attest/lineage.ts';
import type { Service } from '../../context.ts';
import { policyNameOf } from '../../decide/choose.ts';
import { conclude, judge } from '../../decide/conclude.ts';
import type { Issuer } from '../../issuers.ts';
import type { IssuerKeys } from '../../keys/issuer-keys.ts';
import { policyOf } from '../../policies.ts';
import type { AppDocument } from '../../registry/documents.ts';
import { undefinedWhenFaulty } from './faulty.ts';
import { type Cohort, type Impact, largest, overLastDays } from './impact.ts';

/** Members of an app that decide who judges its installs, and how far. */
const DECIDING = ['policy', 'rollout', 'cohorts'] as const;

/**
 * What a change of an app's policy, cohorts or roll-out would have done to the appraisals of the last days: who would have
 * been refused in earnest, each install in its own share. Undefined where none of them changes.
 */
export async function transitionOf(
  service: Service,
  issuer: Issuer,
  before: AppDocument,
  after: AppDocument,
): Promise<Impact | undefined> {
  if (DECIDING.every((member) => JSON.stringify(before[member]) === JSON.stringify(after[member]))) return undefined;
  const keys = await service.keys.of(issuer.iss);
  const [old, next] = [before, after].map((app) => createJudge(service, issuer, keys, app));
  const counts = createCounts();
  const span = await overLastDays(service, issuer, [after.id], async (row) => {
    counts.add(row, (await old?.(row)) ?? false, (await next?.(row)) ?? false);
  });
  return { apps: [after.id], ...span, ...counts.summary() };
}

type Judge = (row: AppraisedFacts) => Promise<boolean>;

/**
 * Whether an app as it is registered lets an appraisal's install in; by a faulty policy nobody. Orders are left out: they are the
 * same on both sides.
 */
function createJudge(service: Service, issuer: Issuer, keys: IssuerKeys, app: AppDocument): Judge {
  const known = new Map<string, Promise<Policy | undefined>>();
  const find = (name: string): Promise<Policy | undefined> => {
    const policy = known.get(name) ?? policyOf(service, issuer.iss, name).catch(undefinedWhenFaulty);
    known.set(name, policy);
    return policy;
  };
  const scene = { keys, app, at: service.clock() };
  return async ({ facts, at, lineage }) => {
    const policy = await find(policyNameOf(scene, lineage, []));
    const verdict = policy && judged(policy, facts, at);
    if (verdict === undefined) return false;
    const share = shareOf(keys, lineage, app.id, 'rollout');
    return isAdmitted(conclude(verdict, { orders: [], rollout: app.rollout, share }));
  };
}

function judged(policy: Policy, facts: AppraisedFacts['facts'], at: number): Verdict | undefined {
  try {
    return judge(policy, facts, at, false);
  } catch (error) {
    return undefinedWhenFaulty(error);
  }
}

function createCounts() {
  const count = { simulated: 0, keptIn: 0, newlyRefused: 0, newlyAdmitted: 0 };
  const cohorts = new Map<string, Cohort>();
  const addTo = (by: string, name: string): void => {
    const key = `${by} ${name}`;
    cohorts.set(key, { by, name, appraisals: (cohorts.get(key)?.appraisals ?? 0) + 1 });
  };
  return {
    add({ facts: { device, app } }: AppraisedFacts, before: boolean, after: boolean): void {
      count.simulated += 1;
      if (before && after) count.keptIn += 1;
      if (!before && after) count.newlyAdmitted += 1;
      if (!before || after) return;
      count.newlyRefused += 1;
      addTo('model', knownValue(device.model) ?? '(unknown)');
      addTo('version', knownValue(app.version) ?? knownValue(app.build) ?? '(unknown)');
    },
    summary() {
      const { simulated, keptIn, newlyRefused, newlyAdmitted } = count;
      const newlyRefusedShare = newlyRefused / Math.max(newlyRefused + keptIn, 1);
      return { simulated, newlyRefused, newlyAdmitted, newlyRefusedShare, topCohort: largest([...cohorts.values()]) };
    },
  };
}
