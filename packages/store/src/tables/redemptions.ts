import type { Appraisal, AttestStore, Redemption } from '@assay/core';
import { UpstreamError } from '@assay/core';
import type { Driver, Session } from '../driver.ts';
import { text } from '../values.ts';
import { findAppraisal } from './appraisals.ts';

export const REDEMPTION_SQL = {
  redeem: `insert into redemption (iss, challenge_hash, request_hash, appraisal_id, reissues, expires_at)
    values ($1, $2, $3, $4, 0, $5) on conflict do nothing returning challenge_hash`,
  find: 'select request_hash from redemption where iss = $1 and challenge_hash = $2',
  reissue: `update redemption set reissues = reissues + 1
    where iss = $1 and challenge_hash = $2 and request_hash = $3 and reissues < $4 returning appraisal_id`,
} as const;

export function createRedemptions(driver: Driver): Pick<AttestStore, 'repeat'> {
  return { repeat: (iss, redemption, maxReissues) => repeat(driver, iss, redemption, maxReissues) };
}

/** protocol 7.2, step 1. False when the challenge was redeemed before. */
export async function redeem(session: Session, iss: string, r: Redemption, appraisalId: string): Promise<boolean> {
  const values = [iss, r.challengeHash, r.requestHash, appraisalId, r.expiresAt];
  return (await session.query(REDEMPTION_SQL.redeem, values)).length === 1;
}

/** Nearly every request finds no redemption: that answer costs one read and no write. */
export async function repeat(
  { committed, transaction }: Driver,
  iss: string,
  { challengeHash, requestHash }: Redemption,
  maxReissues: number,
): Promise<Appraisal | 'challenge_used' | undefined> {
  const [found] = await committed.query(REDEMPTION_SQL.find, [iss, challengeHash]);
  if (found === undefined) return undefined;
  if (text(found, 'request_hash') !== requestHash) return 'challenge_used';
  const values = [iss, challengeHash, requestHash, maxReissues];
  const [counted] = await transaction((session) => session.query(REDEMPTION_SQL.reissue, values));
  if (counted === undefined) return 'challenge_used';
  const appraisal = await findAppraisal(committed, iss, text(counted, 'appraisal_id'));
  if (appraisal === undefined) {
    throw new UpstreamError('store.corrupt', 'a redemption names an appraisal that is not there', false);
  }
  return appraisal;
}
