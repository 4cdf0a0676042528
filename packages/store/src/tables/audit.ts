import type { AuditRow, AuditStore } from '@assay/core';
import { changesOne, type Driver } from '../driver.ts';
import { checkLimit, integer, type Row, text } from '../values.ts';

export const AUDIT_SQL = {
  last: 'select * from audit where iss = $1 order by seq desc limit 1',
  append: `insert into audit (iss, seq, at, actor, act, subject, detail, previous, hash)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
  after: 'select * from audit where iss = $1 and seq > $2 order by seq limit $3',
} as const;

export function createAudit(driver: Driver): AuditStore {
  const { committed } = driver;
  return {
    lastAudit: async (iss) => {
      const [row] = await committed.query(AUDIT_SQL.last, [iss]);
      return row && toAudit(row);
    },
    appendAudit: ({ iss, seq, at, actor, act, subject, detail, previous, hash }) =>
      changesOne(driver, AUDIT_SQL.append, [iss, seq, at, actor, act, subject, detail, previous, hash]),
    audit: async (iss, after, limit) =>
      (await committed.query(AUDIT_SQL.after, [iss, after, checkLimit(limit)])).map(toAudit),
  };
}

function toAudit(row: Row): AuditRow {
  return {
    iss: text(row, 'iss'),
    seq: integer(row, 'seq'),
    at: integer(row, 'at'),
    actor: text(row, 'actor'),
    act: text(row, 'act'),
    subject: text(row, 'subject'),
    detail: text(row, 'detail'),
    previous: text(row, 'previous'),
    hash: text(row, 'hash'),
  };
}
