import { type Appraisal, type AttestStore, completeFacts, type Purpose, type StoredFacts } from '@assay/core';
import type { Driver, Session } from '../driver.ts';
import { checkLimit, integer, json, oneOf, type Row, text, textOrNull } from '../values.ts';

export const APPRAISAL_SQL = {
  insert: `insert into appraisal (iss, id, support, app, purpose, at, jkt, lineage, format, platform, request_hash,
      facts, verdict, checks, record)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
  byId: 'select * from appraisal where iss = $1 and id = $2',
  bySupport: 'select * from appraisal where iss = $1 and support = $2',
  newest: 'select * from appraisal where iss = $1 order by id desc limit $2',
  newestBefore: 'select * from appraisal where iss = $1 and id < $2 order by id desc limit $3',
} as const;

export const PURPOSES: readonly Purpose[] = ['enrol', 'refresh', 'rekey', 'step_up'];

export type Appraisals = Pick<AttestStore, 'appraisal' | 'appraisalBySupport' | 'appraisals'>;

export function createAppraisals({ committed }: Driver): Appraisals {
  return {
    appraisal: (iss, id) => findAppraisal(committed, iss, id),
    appraisalBySupport: async (iss, support) => {
      const [row] = await committed.query(APPRAISAL_SQL.bySupport, [iss, support]);
      return row && toAppraisal(row);
    },
    appraisals: async (iss, { before, limit }) => {
      const rows =
        before === undefined
          ? await committed.query(APPRAISAL_SQL.newest, [iss, checkLimit(limit)])
          : await committed.query(APPRAISAL_SQL.newestBefore, [iss, before, checkLimit(limit)]);
      return rows.map(toAppraisal);
    },
  };
}

export async function findAppraisal(session: Session, iss: string, id: string): Promise<Appraisal | undefined> {
  const [row] = await session.query(APPRAISAL_SQL.byId, [iss, id]);
  return row && toAppraisal(row);
}

export async function insertAppraisal(session: Session, a: Appraisal): Promise<void> {
  await session.execute(APPRAISAL_SQL.insert, [
    ...[a.iss, a.id, a.support, a.app, a.purpose, a.at, a.jkt, a.lineage, a.format, a.platform, a.requestHash],
    ...[a.facts, a.verdict, a.checks, a.record].map((part) => JSON.stringify(part)),
  ]);
}

function toAppraisal(row: Row): Appraisal {
  return {
    iss: text(row, 'iss'),
    id: text(row, 'id'),
    support: text(row, 'support'),
    app: text(row, 'app'),
    purpose: oneOf(row, 'purpose', PURPOSES),
    at: integer(row, 'at'),
    jkt: text(row, 'jkt'),
    lineage: text(row, 'lineage'),
    format: text(row, 'format'),
    platform: textOrNull(row, 'platform'),
    requestHash: text(row, 'request_hash'),
    facts: completeFacts(json<StoredFacts>(row, 'facts')),
    verdict: json(row, 'verdict'),
    checks: json(row, 'checks'),
    record: json(row, 'record'),
  };
}
