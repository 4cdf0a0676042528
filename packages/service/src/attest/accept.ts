import { type Appraisal, isAdmitted, isPassing, type Redemption } from '@assay/core';
import { banned, isBanned } from '../decide/conclude.ts';
import { type Decision, decide, ordersInForce } from '../decide/decide.ts';
import { disagreeing } from '../decide/shadows.ts';
import { fault } from '../fault.ts';
import { keepMark } from '../marks/write.ts';
import type { Answer } from './answer.ts';
import type { Assessment } from './assessment.ts';
import { type DeliveryPlan, onceDelivered, planDeliveries, sealDeliveries, toDelivery } from './deliveries.ts';
import { keepReceipt } from './receipts.ts';
import { messageOf, toAppraisal } from './record.ts';
import { answerAppraisal } from './reply.ts';
import { retain } from './retain.ts';
import { activeInstance, type Scene, type Situation } from './situation.ts';
import type { Stopwatch } from './stopwatch.ts';

/** A repeated request is answered again this often. */
export const MAX_REISSUES = 3;

/** What one attempt brings along beside its situation. */
export interface Attempt {
  readonly redemption: Redemption;
  readonly watch: Stopwatch;
}

/**
 * Policy, transaction, reply. Only what was committed is answered.
 *
 * @throws ConfigError for a policy that does not exist or hold; EvidenceError `service.*` when the transaction met another
 * that was first; RequestError `service.challenge_used`
 */
export async function accept(situation: Situation, assessment: Assessment, attempt: Attempt): Promise<Answer> {
  const { service, issuer, at } = situation;
  const { redemption, watch } = attempt;
  const decision = await decide(situation, assessment);
  const plan = await planDeliveries(situation, decision.verdict);
  watch.end('policy');
  const appraisal = toAppraisal(situation, messageOf(situation), assessment, decision, watch.readings());
  const outcome = await service.store.accept({
    ...{ iss: issuer.iss, redemption, maxReissues: MAX_REISSUES, change: assessment.change, appraisal },
    ...(await retain(situation, appraisal.id)),
    ...(assessment.grant === undefined || assessment.change.kind !== 'enrol' ? {} : { grant: assessment.grant }),
    ...(decision.bans.length === 0 ? {} : { orders: decision.bans }),
    deliveries: plan.fitting.map((delivery) => toDelivery(delivery, assessment.lineage, at)),
  });
  watch.end('store');
  if (outcome.outcome === 'repeated') return answerAgain(situation, outcome.appraisal);
  if (outcome.outcome !== 'accepted') throw fault(`service.${outcome.outcome}`);
  await keepReceipt(situation, assessment);
  const delivered = plan.fitting.filter(({ row }) => outcome.delivered.includes(row.name));
  const answer = await answerAppraisal(situation, appraisal, assessment, await sealDeliveries(situation, delivered));
  watch.end('reply');
  tell(situation, appraisal, plan, outcome.delivered, watch);
  tellDecision(situation, decision);
  // Nobody waits for it: how long an answer takes must not tell that a device is marked.
  void keepMark(situation, assessment, decision);
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
  const result = isAdmitted(appraisal.verdict) ? 'ok' : 'refused';
  service.events.emit({ type: 'appraisal', appraisal, result, timings: watch.readings() });
}

/** Tells who listens what a decision brought beside its verdict. */
export function tellDecision({ service, issuer, app }: Scene, { verdict, shadows, bans }: Decision): void {
  const where = { iss: issuer.iss, app: app.id, enforced: verdict.policy };
  for (const shadow of disagreeing(verdict, shadows)) {
    const would = isPassing(shadow) ? 'pass' : 'refuse';
    service.events.emit({ type: 'disagreement', ...where, shadow: shadow.policy, would });
  }
  for (const order of bans) service.events.emit({ type: 'ban', order });
}

/**
 * The answer to a request that was committed before: the recorded verdict, and new tokens and boxes for the same keys.
 * Whether it was banned since, and what its instance may have, is read again; no counter and no count moves.
 *
 * @throws EvidenceError `service.instance_unknown`, `service.instance_revoked`
 */
export async function answerAgain(situation: Situation, recorded: Appraisal): Promise<Answer> {
  const { service, issuer, app, request, caller } = situation;
  const { lineage, facts, verdict } = recorded;
  const orders = await ordersInForce(situation, { app: app.id, lineage, facts, address: caller.address });
  const appraisal = isBanned(orders) ? { ...recorded, verdict: banned(verdict) } : recorded;
  const instance = await activeInstance(service, issuer.iss, app.id, request.jkt);
  const { fitting } = await planDeliveries(situation, appraisal.verdict);
  const planned = await onceDelivered(situation, appraisal, fitting);
  return answerAppraisal(situation, appraisal, instance, await sealDeliveries(situation, planned));
}
