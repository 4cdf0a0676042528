import {
  ABSENT,
  type Appraisal,
  ConfigError,
  type Facts,
  type Instance,
  proven,
  type Reappraisal,
  type Verdict,
} from '@assay/core';
import type { Policy } from '@assay/policy';
import type { Service } from '../context.ts';
import { judge } from '../decide/conclude.ts';
import { policyOf } from '../policies.ts';

/** What a policy says of facts at a time. */
export type Judge = (policy: Policy, facts: Facts, at: number) => Verdict;

/** Why stored appraisals are judged again. */
export type ReviewCause = 'certificate_revoked' | 'instance_revoked' | 'advisory';

type Ports = Pick<Service, 'store' | 'clock' | 'policies' | 'events'>;

/** An appraisal that was judged again, not yet written. */
export interface Review {
  readonly row: Reappraisal;
  readonly appraisal: Appraisal;
}

/** Reason code that stands first when the evidence itself counts no more, whatever a policy says of its facts. */
const REASONS = {
  certificate_revoked: 'service.certificate_revoked',
  instance_revoked: 'service.instance_revoked',
} as const;

/**
 * Judges the newest appraisal of an instance again, whose evidence counts no more.
 *
 * @param trigger what it follows from, such as the version of a status list: one trigger is told once
 * @returns undefined where the instance was never appraised
 */
export async function reviewRevoked(
  ports: Ports,
  { iss, jkt }: Pick<Instance, 'iss' | 'jkt'>,
  cause: keyof typeof REASONS,
  trigger: string,
  by: Judge = judge,
): Promise<Review | undefined> {
  const id = await ports.store.newestAppraisalOf(iss, jkt);
  const appraisal = id === undefined ? undefined : await ports.store.appraisal(iss, id);
  if (appraisal === undefined) return undefined;
  const { facts } = appraisal;
  // What was proven of revocation is disproved: no rule may rest on it.
  const disproved = { ...facts, chain: { ...facts.chain, revocation: ABSENT } };
  const verdict = await judgeAgain(ports, appraisal, disproved, by);
  // A policy that cannot be asked any more never keeps a revocation from taking place.
  return toReview(ports, appraisal, cause, trigger, refusedFor(REASONS[cause], verdict ?? appraisal.verdict));
}

/** Judges an appraisal again whose facts newly meet advisories; undefined where its policy cannot be asked any more. */
export async function reviewAdvised(
  ports: Ports,
  appraisal: Appraisal,
  advisories: readonly string[],
  trigger: string,
  by: Judge = judge,
): Promise<Review | undefined> {
  const { facts } = appraisal;
  const history = { ...facts.history, advisories: proven(advisories, 'assay') };
  const verdict = await judgeAgain(ports, appraisal, { ...facts, history }, by);
  return verdict && toReview(ports, appraisal, 'advisory', trigger, verdict);
}

/** By the version of the policy that decided, so that nothing but the news makes a difference; else by the one in force. */
async function judgeAgain(ports: Ports, appraisal: Appraisal, facts: Facts, by: Judge): Promise<Verdict | undefined> {
  const { iss, verdict } = appraisal;
  const at = verdict.policy.lastIndexOf('@');
  const [name, version] = [verdict.policy.slice(0, at), Number(verdict.policy.slice(at + 1))];
  try {
    const policy = (await ports.policies.findVersion(iss, name, version)) ?? (await policyOf(ports, iss, name));
    return by(policy, facts, ports.clock());
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

function refusedFor(reason: string, { admitted: _, ...verdict }: Verdict): Verdict {
  return { ...verdict, tier: 'contraindicated', assurance: 'none', reasons: [reason, ...verdict.reasons] };
}

function toReview(
  { clock }: Ports,
  appraisal: Appraisal,
  cause: ReviewCause,
  trigger: string,
  verdict: Verdict,
): Review {
  const { iss, id } = appraisal;
  // A name out of what it is about: replicas that find the same news write one row.
  const row = { iss, id: `${id}:${cause}:${trigger}`, appraisal: id, at: clock(), cause, verdict };
  return { row, appraisal };
}

/** Tells of a review that is written. */
export function announce({ events }: Pick<Service, 'events'>, { row, appraisal }: Review): void {
  events.emit({ type: 'reappraisal', reappraisal: row, app: appraisal.app, before: appraisal.verdict.tier });
}
