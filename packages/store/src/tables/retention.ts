import type { AttestStore } from '@assay/core';
import type { Driver, Session } from '../driver.ts';
import { integer, text } from '../values.ts';

export const RETENTION_SQL = {
  retain: 'insert into retained_evidence (iss, appraisal_id, sealed, ends_at) values ($1, $2, $3, $4)',
  find: 'select sealed, ends_at from retained_evidence where iss = $1 and appraisal_id = $2',
  endRedemptions: `delete from redemption where (iss, challenge_hash) in
    (select iss, challenge_hash from redemption where expires_at <= $1 limit $2)`,
  endEvidence: `delete from retained_evidence where (iss, appraisal_id) in
    (select iss, appraisal_id from retained_evidence where ends_at <= $1 limit $2)`,
  endDeliveries: `delete from delivery where (iss, lineage, secret, version, day) in
    (select iss, lineage, secret, version, day from delivery where day < $1 limit $2)`,
  endAnswers: `delete from vendor_answer where (iss, token_hash) in
    (select iss, token_hash from vendor_answer where expires_at <= $1 limit $2)`,
  endQuota: `delete from vendor_quota where (iss, period, vendor, network) in
    (select iss, period, vendor, network from vendor_quota where period < $1 limit $2)`,
} as const;

/** Rows for each transaction of an expiry: other writers get their turn in between. */
const BATCH = 500;
const DAY_MS = 86_400_000;

export interface Retained {
  readonly sealed: string;
  readonly until: number;
}

export function createRetention(driver: Driver): Pick<AttestStore, 'expire' | 'retained'> {
  return {
    retained: async (iss, appraisalId) => {
      const [row] = await driver.committed.query(RETENTION_SQL.find, [iss, appraisalId]);
      return row && { sealed: text(row, 'sealed'), until: integer(row, 'ends_at') };
    },
    expire: (now) => expire(driver, now),
  };
}

export async function retain(session: Session, iss: string, appraisalId: string, retained: Retained): Promise<void> {
  await session.execute(RETENTION_SQL.retain, [iss, appraisalId, retained.sealed, retained.until]);
}

async function expire(driver: Driver, now: number): Promise<number> {
  // Yesterday's counts stay, for requests that began before midnight.
  const yesterday = new Date(now - DAY_MS).toISOString().slice(0, 10);
  const ended: readonly (readonly [sql: string, end: number | string])[] = [
    [RETENTION_SQL.endRedemptions, now],
    [RETENTION_SQL.endEvidence, now],
    [RETENTION_SQL.endAnswers, now],
    [RETENTION_SQL.endDeliveries, yesterday],
    // Hours sort behind their day, `2026-01-01` before `2026-01-01T00`.
    [RETENTION_SQL.endQuota, yesterday],
  ];
  let total = 0;
  for (const [sql, end] of ended) total += await deleteAll(driver, sql, end);
  return total;
}

async function deleteAll(driver: Driver, sql: string, end: number | string): Promise<number> {
  let total = 0;
  for (let deleted = BATCH; deleted === BATCH; total += deleted) {
    deleted = await driver.transaction((session) => session.execute(sql, [end, BATCH]));
  }
  return total;
}
