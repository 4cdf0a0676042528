import {
  type AppraisedFacts,
  completeFacts,
  type FactsPage,
  type Reappraisal,
  type ReviewStore,
  type StoredFacts,
} from '@assay/core';
import { changesOne, type Driver, type Session } from '../driver.ts';
import { checkLimit, integer, json, oneOf, type Row, text, textOrNull } from '../values.ts';
import { PURPOSES } from './appraisals.ts';

const COLUMNS = 'a.id, a.at, a.app, a.purpose, a.platform, a.lineage, a.facts, a.verdict';
export const REVIEW_SQL = {
  add: `insert into reappraisal (iss, id, appraisal_id, at, cause, verdict) values ($1, $2, $3, $4, $5, $6)
    on conflict do nothing`,
  ofAppraisal: 'select * from reappraisal where iss = $1 and appraisal_id = $2 order by at, id',
  newestOf: 'select id from appraisal where iss = $1 and jkt = $2 order by id desc limit 1',
  place: 'select at from appraisal where iss = $1 and id = $2',
  // Rows of values, as each index has them: a page begins where the last one ended, and a span where it begins.
  behind: `select ${COLUMNS} from appraisal a where a.iss = $1 and (a.at, a.id) > ($2, $3) and a.at < $4
    order by a.at, a.id limit $5`,
  behindOfApp: `select ${COLUMNS} from appraisal a
    where a.iss = $1 and (a.app, a.at, a.id) > ($6, $2, $3) and (a.app, a.at) < ($6, $4)
    order by a.app, a.at, a.id limit $5`,
} as const;

export function createReviews(driver: Driver): ReviewStore {
  const { committed } = driver;
  return {
    addReappraisal: ({ iss, id, appraisal, at, cause, verdict }) =>
      changesOne(driver, REVIEW_SQL.add, [iss, id, appraisal, at, cause, JSON.stringify(verdict)]),
    reappraisals: async (iss, appraisal) =>
      (await committed.query(REVIEW_SQL.ofAppraisal, [iss, appraisal])).map(toReappraisal),
    appraisedFacts: async (iss, page) => (await readPage(committed, iss, page)).map(toAppraisedFacts),
    newestAppraisalOf: async (iss, jkt) => {
      const [row] = await committed.query(REVIEW_SQL.newestOf, [iss, jkt]);
      return row && text(row, 'id');
    },
  };
}

/** Oldest first, by time and id. */
async function readPage(session: Session, iss: string, page: FactsPage): Promise<readonly Row[]> {
  const { app, from, to, after, limit } = page;
  const place = after === undefined ? ([from, ''] as const) : await placeOf(session, iss, after);
  if (place === undefined || place[0] < from) return [];
  const values = [iss, ...place, to, checkLimit(limit)];
  return app === undefined
    ? session.query(REVIEW_SQL.behind, values)
    : session.query(REVIEW_SQL.behindOfApp, [...values, app]);
}

async function placeOf(session: Session, iss: string, id: string): Promise<readonly [number, string] | undefined> {
  const [row] = await session.query(REVIEW_SQL.place, [iss, id]);
  return row && [integer(row, 'at'), id];
}

function toReappraisal(row: Row): Reappraisal {
  return {
    iss: text(row, 'iss'),
    id: text(row, 'id'),
    appraisal: text(row, 'appraisal_id'),
    at: integer(row, 'at'),
    cause: text(row, 'cause'),
    verdict: json(row, 'verdict'),
  };
}

function toAppraisedFacts(row: Row): AppraisedFacts {
  return {
    id: text(row, 'id'),
    at: integer(row, 'at'),
    app: text(row, 'app'),
    purpose: oneOf(row, 'purpose', PURPOSES),
    platform: textOrNull(row, 'platform'),
    lineage: text(row, 'lineage'),
    facts: completeFacts(json<StoredFacts>(row, 'facts')),
    verdict: json(row, 'verdict'),
  };
}
