import type { PinSetRow, PinStore } from '@assay/core';
import type { Driver, Session } from '../driver.ts';
import { integer, type Row, text } from '../values.ts';

export const PIN_SQL = {
  advance: `insert into pin_head (iss, app, epoch, version) values ($1, $2, $3, $4)
    on conflict (iss, app) do update set epoch = excluded.epoch, version = excluded.version
    where (pin_head.epoch, pin_head.version) < (excluded.epoch, excluded.version) returning version`,
  add: `insert into pin_set (iss, app, epoch, version, hash, document, published_at)
    values ($1, $2, $3, $4, $5, $6, $7)`,
  newest: `select p.* from pin_head h
    join pin_set p on p.iss = h.iss and p.app = h.app and p.epoch = h.epoch and p.version = h.version
    where h.iss = $1 and h.app = $2`,
} as const;

export function createPins({ committed, transaction }: Driver): PinStore {
  return {
    addPinSet: (row) => transaction((session) => addPinSet(session, row)),
    newestPinSet: async (iss, app) => {
      const [row] = await committed.query(PIN_SQL.newest, [iss, app]);
      return row && toPinSet(row);
    },
  };
}

async function addPinSet(session: Session, p: PinSetRow): Promise<boolean> {
  const advanced = await session.query(PIN_SQL.advance, [p.iss, p.app, p.epoch, p.version]);
  if (advanced.length === 0) return false;
  await session.execute(PIN_SQL.add, [p.iss, p.app, p.epoch, p.version, p.hash, p.document, p.publishedAt]);
  return true;
}

function toPinSet(row: Row): PinSetRow {
  return {
    iss: text(row, 'iss'),
    app: text(row, 'app'),
    epoch: integer(row, 'epoch'),
    version: integer(row, 'version'),
    hash: text(row, 'hash'),
    document: text(row, 'document'),
    publishedAt: integer(row, 'published_at'),
  };
}
