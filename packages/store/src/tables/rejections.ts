import type { RejectionSample, RejectionStore } from '@assay/core';
import type { Driver, Session } from '../driver.ts';
import { checkLimit, integer, json, type Row, text, textOrNull } from '../values.ts';

export const REJECTION_SQL = {
  count: `insert into rejection_count (iss, hour, app, code, times) values ($1, $2, $3, $4, $5)
    on conflict (iss, hour, app, code) do update set times = rejection_count.times + excluded.times`,
  takeQuota: `insert into rejection_quota (iss, hour, app, samples) values ($1, $2, $3, 1)
    on conflict (iss, hour, app) do update set samples = rejection_quota.samples + 1
    where rejection_quota.samples < $4 returning samples`,
  addSample: `insert into rejection_sample (iss, support, app, code, at, checks, address_hmac)
    values ($1, $2, $3, $4, $5, $6, $7)`,
  counts: `select app, hour, code, times from rejection_count where iss = $1 and hour >= $2
    order by hour, app, code`,
  newest: 'select * from rejection_sample where iss = $1 order by at desc, support desc limit $2',
  bySupport: 'select * from rejection_sample where iss = $1 and support = $2',
} as const;

export function createRejections({ committed, transaction }: Driver): RejectionStore {
  return {
    recordRejections: (iss, app, hour, counts, samples, maxSamples) =>
      transaction(async (session) => {
        await addCounts(session, iss, app, hour, counts);
        for (const sample of samples.slice(0, maxSamples)) {
          const room = await session.query(REJECTION_SQL.takeQuota, [iss, hour, app, maxSamples]);
          if (room.length === 0) return;
          await addSample(session, iss, app, sample);
        }
      }),
    rejectionCounts: async (iss, since) =>
      (await committed.query(REJECTION_SQL.counts, [iss, since])).map((row) => ({
        app: text(row, 'app'),
        hour: integer(row, 'hour'),
        code: text(row, 'code'),
        count: integer(row, 'times'),
      })),
    rejectionSamples: async (iss, limit) =>
      (await committed.query(REJECTION_SQL.newest, [iss, checkLimit(limit)])).map((row) => toSample(iss, row)),
    rejectionBySupport: async (iss, support) => {
      const [row] = await committed.query(REJECTION_SQL.bySupport, [iss, support]);
      return row && toSample(iss, row);
    },
  };
}

async function addCounts(
  session: Session,
  iss: string,
  app: string,
  hour: number,
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  // One order for all writers, so that none waits for another in a circle.
  for (const code of Object.keys(counts).toSorted()) {
    await session.execute(REJECTION_SQL.count, [iss, hour, app, code, counts[code] ?? 0]);
  }
}

async function addSample(session: Session, iss: string, app: string, s: RejectionSample): Promise<void> {
  const values = [iss, s.support, app, s.code, s.at, JSON.stringify(s.checks), s.addressHmac];
  await session.execute(REJECTION_SQL.addSample, values);
}

function toSample(iss: string, row: Row): RejectionSample {
  return {
    iss,
    app: text(row, 'app'),
    code: text(row, 'code'),
    at: integer(row, 'at'),
    support: text(row, 'support'),
    checks: json(row, 'checks'),
    addressHmac: textOrNull(row, 'address_hmac'),
  };
}
