import { type Appraisal, isPassing, type Redemption } from '@assay/core';
import { evaluatePolicy } from '@assay/policy';
import { fault } from '../fault.ts';
import type { Answer } from './answer.ts';
import type { Assessment } from './assess.ts';
import { type DeliveryPlan, onceDelivered, planDeliveries, sealDeliveries, toDelivery } from './deliveries.ts';
import { policyOf } from './policies.ts';
import { type Caller, toAppraisal } from './record.ts';
import { answerAppraisal } from './reply.ts';
import { retain } from './retain.ts';
import { activeInstance, type Situation } from './situation.ts';
import type { Stopwatch } from './stopwatch.ts';

/** A repeated request is answered again this often. */
export const MAX_REISSUES = 3;

/** What one attempt brings along beside its situation. */
export interface Attempt {
  readonly redemption: Redemption;
  readonly caller: Caller;
  readonly watch: Stopwatch;
}

/**
 * Policy, transaction, reply. Only what was committed is answered.
 *
 * @throws ConfigError for a policy that does not exist or hold; EvidenceError `service.*` when the transaction met another
 * that was first; RequestError `service.challenge_used`
 */
export async function accept(situation: Situation, assessment: Assessment, attempt: Attempt): Promise<Answer> {
  const { service, issuer, app, at } = situation;
  const { redemption, caller, watch } = attempt;
  const verdict = evaluatePolicy(await policyOf(service, issuer.iss, app.policy), assessment.facts);
  const plan = await planDeliveries(situation, verdict);
  watch.end('policy');
  const appraisal = toAppraisal(situation, assessment, verdict, caller, watch.readings());
  const outcome = await service.store.accept({
    ...{ iss: issuer.iss, redemption, maxReissues: MAX_REISSUES, change: assessment.change, appraisal },
    ...(await retain(situation, appraisal.id)),
    deliveries: plan.fitting.map((delivery) => toDelivery(delivery, assessment.lineage, at)),
  });
  watch.end('store');
  if (outcome.outcome === 'repeated') return answerAgain(situation, outcome.appraisal);
  if (outcome.outcome !== 'accepted') throw fault(`service.${outcome.outcome}`);
  const delivered = plan.fitting.filter(({ row }) => outcome.delivered.includes(row.name));
  const answer = await answerAppraisal(situation, appraisal, assessment, await sealDeliveries(situation, delivered));
  watch.end('reply');
  tell(situation, appraisal, plan, outcome.delivered, watch);
  return answer;
}

function tell(
  { service, issuer }: Situation,
  appraisal: Appraisal,
  { fitting, tooMany }: DeliveryPlan,
  delivered: readonly string[],
  watch: Stopwatch,
): void {
  for (const { row } of [...fitting, ...tooMany]) {
    const isDelivered = delivered.includes(row.name);
    service.events.emit({ type: 'delivery', iss: issuer.iss, secret: row.name, delivered: isDelivered });
  }
  const result = isPassing(appraisal.verdict) ? 'ok' : 'refused';
  service.events.emit({ type: 'appraisal', appraisal, result, timings: watch.readings() });
}

/**
 * The answer to a request that was committed before: the recorded verdict, and new tokens and boxes for the same keys.
 * What its instance may have is read again; no counter and no count moves.
 *
 * @throws EvidenceError `service.instance_unknown`, `service.instance_revoked`
 */
export async function answerAgain(situation: Situation, appraisal: Appraisal): Promise<Answer> {
  const { service, issuer, app, request } = situation;
  const instance = await activeInstance(service, issuer.iss, app.id, request.jkt);
  const { fitting } = await planDeliveries(situation, appraisal.verdict);
  const planned = await onceDelivered(situation, appraisal, fitting);
  return answerAppraisal(situation, appraisal, instance, await sealDeliveries(situation, planned));
}
