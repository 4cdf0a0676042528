import type { Acceptance, AcceptOutcome, AttestStore, Instance, InstanceChange } from '@assay/core';
import type { Driver, Session } from '../driver.ts';
import { integer, text } from '../values.ts';
import { insertAppraisal } from './appraisals.ts';
import { countDeliveries } from './deliveries.ts';
import { takeGrant } from './grants.ts';
import { claimKey, findInstance, insertInstance, ownsKey } from './instances.ts';
import { insertOrder } from './orders.ts';
import { redeem, repeat } from './redemptions.ts';
import { retain } from './retention.ts';

export const ACCEPT_SQL = {
  refresh: `update instance set fat = case when fat < $3 then $3 else fat end, reporters = coalesce($4, reporters),
      facts = coalesce($5, facts)
    where iss = $1 and jkt = $2 and status = 'active' returning jkt`,
  refreshByAssertion: `update instance set counter = $6, fat = case when fat < $3 then $3 else fat end,
      reporters = coalesce($4, reporters), facts = coalesce($5, facts)
    where iss = $1 and jkt = $2 and status = 'active' and counter < $6 returning jkt`,
  supersede: `update instance set status = 'superseded'
    where iss = $1 and jkt = $2 and status = 'active' returning lineage, attested_key, counter`,
  supersedeByAssertion: `update instance set status = 'superseded', counter = $3
    where iss = $1 and jkt = $2 and status = 'active' and counter < $3 returning lineage, attested_key, counter`,
} as const;

/** Why a transaction was rolled back. What exactly the caller is told is read afterwards. */
class RolledBack extends Error {
  readonly why: 'challenge_used' | 'grant_spent' | 'key_registered' | 'instance_unfit';

  constructor(why: RolledBack['why']) {
    super(why);
    this.why = why;
  }
}

export function createAccept(driver: Driver): Pick<AttestStore, 'accept'> {
  return { accept: (acceptance) => accept(driver, acceptance) };
}

/** protocol 7.2. Every race ends at a unique key or a conditional update, so READ COMMITTED is enough. */
async function accept(driver: Driver, acceptance: Acceptance): Promise<AcceptOutcome> {
  try {
    const delivered = await driver.transaction((session) => commit(session, acceptance));
    return { outcome: 'accepted', delivered };
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    return explain(driver, acceptance, error.why);
  }
}

async function commit(session: Session, acceptance: Acceptance): Promise<readonly string[]> {
  const { iss, redemption, change, appraisal, deliveries, grant, orders = [], retained } = acceptance;
  if (!(await redeem(session, iss, redemption, appraisal.id))) throw new RolledBack('challenge_used');
  if (grant !== undefined) await spendGrant(session, iss, grant, appraisal.at);
  await applyChange(session, iss, change);
  await insertAppraisal(session, appraisal);
  for (const order of orders) await insertOrder(session, order);
  if (retained !== undefined) await retain(session, iss, appraisal.id, retained);
  return countDeliveries(session, iss, deliveries);
}

async function spendGrant(session: Session, iss: string, grant: string, at: number): Promise<void> {
  if (!(await takeGrant(session, iss, grant, at))) throw new RolledBack('grant_spent');
}

function applyChange(session: Session, iss: string, change: InstanceChange): Promise<void> {
  switch (change.kind) {
    case 'enrol':
      return enrol(session, change.instance);
    case 'refresh':
      return refresh(session, iss, change);
    case 'rekey':
      return rekey(session, iss, change);
  }
}

/** An attested key enrols once, whatever became of its instance: replayed evidence makes no second device. */
async function enrol(session: Session, instance: Instance): Promise<void> {
  const isNew = (await claimKey(session, instance)) && (await insertInstance(session, instance));
  if (!isNew) throw new RolledBack('key_registered');
}

type Refresh = Extract<InstanceChange, { kind: 'refresh' }>;
type Rekey = Extract<InstanceChange, { kind: 'rekey' }>;

/** The counter only rises: the loser of a race with the same assertion changes nothing. */
async function refresh(session: Session, iss: string, change: Refresh): Promise<void> {
  const { jkt, fat, counter, reporters, facts } = change;
  const values = [iss, jkt, fat, ...[reporters, facts].map(jsonOrNull)];
  const updated =
    counter === undefined
      ? await session.query(ACCEPT_SQL.refresh, values)
      : await session.query(ACCEPT_SQL.refreshByAssertion, [...values, counter]);
  if (updated.length === 0) throw new RolledBack('instance_unfit');
}

/** Null leaves the column as it is. */
function jsonOrNull(value: Refresh['reporters'] | Refresh['facts']): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

async function rekey(session: Session, iss: string, { old, counter, instance }: Rekey): Promise<void> {
  const [superseded] =
    counter === undefined
      ? await session.query(ACCEPT_SQL.supersede, [iss, old])
      : await session.query(ACCEPT_SQL.supersedeByAssertion, [iss, old, counter]);
  if (superseded === undefined) throw new RolledBack('instance_unfit');
  if (text(superseded, 'lineage') !== instance.lineage) throw new TypeError('a rekey keeps the lineage');
  const handedOn = text(superseded, 'attested_key') === instance.attestedKey;
  // A key that goes on to the new instance takes its counter along, else an old assertion would be good again.
  const next = handedOn
    ? { ...instance, counter: Math.max(instance.counter, integer(superseded, 'counter')) }
    : instance;
  const owned = handedOn ? await ownsKey(session, next) : await claimKey(session, next);
  if (!(owned && (await insertInstance(session, next)))) throw new RolledBack('key_registered');
}

/** One read of what is committed tells the outcomes apart (protocol 7.2, 7.4). */
async function explain(driver: Driver, acceptance: Acceptance, why: RolledBack['why']): Promise<AcceptOutcome> {
  switch (why) {
    case 'challenge_used':
      return explainRedemption(driver, acceptance);
    case 'grant_spent':
    case 'key_registered':
      return { outcome: why };
    case 'instance_unfit':
      return explainInstance(driver, acceptance);
  }
}

async function explainRedemption(driver: Driver, { iss, redemption, maxReissues }: Acceptance): Promise<AcceptOutcome> {
  const repeated = await repeat(driver, iss, redemption, maxReissues);
  // Undefined: the redemption ended between the conflict and the read, and with it the challenge.
  if (repeated === undefined || repeated === 'challenge_used') return { outcome: 'challenge_used' };
  return { outcome: 'repeated', appraisal: repeated };
}

async function explainInstance(driver: Driver, { iss, change }: Acceptance): Promise<AcceptOutcome> {
  if (change.kind === 'enrol') throw new TypeError('an enrolment has no instance to be unfit');
  const found = await findInstance(driver.committed, iss, change.kind === 'refresh' ? change.jkt : change.old);
  if (found === undefined) return { outcome: 'instance_unknown' };
  const isReplay = found.status === 'active' && change.counter !== undefined && change.counter <= found.counter;
  return { outcome: isReplay ? 'counter_replayed' : 'instance_revoked' };
}
