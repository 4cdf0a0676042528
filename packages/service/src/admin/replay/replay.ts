import type { Appraisal, Facts, Verdict } from '@assay/core';
import type { Policy } from '@assay/policy';
import { shareOf } from '../../attest/lineage.ts';
import type { Service } from '../../context.ts';
import { conclude, judge } from '../../decide/conclude.ts';
import { fault } from '../../fault.ts';
import type { Issuer } from '../../issuers.ts';
import type { Rollout } from '../../registry/documents.ts';
import type { Actor } from '../act.ts';
import { appendAudit } from '../audit.ts';
import { ordersOfRecord } from '../orders/find.ts';
import { type Difference, differingFacts, differingVerdicts } from './differences.ts';
import { factsAgain } from './reverify.ts';

/** What of a verdict is compared and told. */
export type Outcome = Pick<Verdict, 'tier' | 'assurance' | 'reasons' | 'admitted'>;

/** A stored decision that was made again. */
export interface Replay {
  readonly appraisal: string;
  readonly support: string;
  /** The clock of the decision, and of this one. */
  readonly at: number;
  /** From the evidence that was kept, or from the stored facts. */
  readonly mode: 'reverified' | 'reevaluated';
  /** `name@version`, as it was recorded and used again. */
  readonly policy: string;
  readonly same: boolean;
  readonly recorded: Outcome;
  readonly again: Outcome;
  readonly differences: readonly Difference[];
  /** What of that time is not here any more. */
  readonly notes: readonly string[];
}

/**
 * Makes a stored decision again: with the clock, the policy version, the orders and the roll-out that were recorded. Evidence
 * that was kept is verified again; else the stored facts are taken as they are. Nothing is written but the audit row.
 *
 * @throws RequestError `service.appraisal_unknown`, `service.policy_version_unknown`; ConfigError for a policy that no longer
 * compiles, or evidence that does not open
 */
export async function replayAppraisal(service: Service, actor: Actor, issuer: Issuer, id: string): Promise<Replay> {
  const appraisal = await service.store.appraisal(issuer.iss, id);
  if (appraisal === undefined) throw fault('service.appraisal_unknown');
  const entry = { actor, act: 'appraisal.replay', subject: id, detail: {} };
  await appendAudit(service.store, service.clock, issuer.iss, entry);
  const policy = await recordedPolicy(service, appraisal);
  const { mode, facts, notes, refused } = await factsAgain(service, issuer, appraisal);
  const again = refused ?? (await concludeAgain(service, appraisal, policy, facts));
  const differences = [...differingVerdicts(appraisal.verdict, again), ...differingFacts(appraisal.facts, facts)];
  return {
    ...{ appraisal: id, support: appraisal.support, at: appraisal.record.at, mode, policy: appraisal.verdict.policy },
    ...{ same: differences.length === 0, recorded: toOutcome(appraisal.verdict), again: toOutcome(again) },
    ...{ differences, notes },
  };
}

async function recordedPolicy({ policies }: Service, { iss, verdict }: Appraisal): Promise<Policy> {
  const [, name = '', version = '0'] = /^(.+)@(\d{1,9})$/.exec(verdict.policy) ?? [];
  const policy = await policies.findVersion(iss, name, Number(version));
  if (policy === undefined) throw fault('service.policy_version_unknown', { found: verdict.policy });
  return policy;
}

async function concludeAgain(service: Service, appraisal: Appraisal, policy: Policy, facts: Facts): Promise<Verdict> {
  const { iss, lineage, app, record } = appraisal;
  const { record: key } = await service.keys.of(iss);
  const orders = await ordersOfRecord(service, appraisal);
  const circumstances = {
    orders,
    rollout: record.rollout ?? ({ stage: 'enforce' } satisfies Rollout),
    share: shareOf({ record: key }, lineage, app, 'rollout'),
  };
  return conclude(judge(policy, facts, record.at), circumstances);
}

function toOutcome({ tier, assurance, reasons, admitted }: Verdict): Outcome {
  return { tier, assurance, reasons, ...(admitted === undefined ? {} : { admitted }) };
}
