import type { Order, OrderEffect, OrderKey, OrderStore, OrderTarget } from '@assay/core';
import { changesOne, type Driver, type Session } from '../driver.ts';
import { checkLimit, integer, integerOrNull, oneOf, type Row, type SqlValue, text, textOrNull } from '../values.ts';

/** Targets that one statement looks for; the text of a statement cannot grow with its values. */
const WIDTH = 16;
const TARGETS = Array.from({ length: WIDTH }, (_, index) => `($${index * 2 + 3}, $${index * 2 + 4})`).join(', ');

const IN_FORCE = `created_at <= $2 and (expires_at is null or expires_at > $2) and (ended_at is null or ended_at > $2)`;

export const ORDER_SQL = {
  add: `insert into operator_order (iss, id, effect, target, value, app, policy, reason, author, created_at,
      expires_at, ended_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing`,
  end: `update operator_order set ended_at = $3 where iss = $1 and id = $2 and ended_at is null
    and (expires_at is null or expires_at > $3)`,
  // Sorted by the caller: with `order by id` SQLite would read every order of the issuer in that order instead.
  forTargets: `select * from operator_order where iss = $1 and ${IN_FORCE} and (target, value) in (values ${TARGETS})`,
  about: `select * from operator_order where iss = $1 and target = $2 and value = $3
    order by created_at desc, id desc limit $4`,
  newest: 'select * from operator_order where iss = $1 order by id desc limit $2',
  newestBefore: 'select * from operator_order where iss = $1 and id < $2 order by id desc limit $3',
  newestInForce: `select * from operator_order where iss = $1 and ${IN_FORCE} order by id desc limit $3`,
  newestInForceBefore: `select * from operator_order where iss = $1 and ${IN_FORCE} and id < $3
    order by id desc limit $4`,
} as const;

const EFFECTS: readonly OrderEffect[] = ['ban', 'pass', 'policy', 'enforce_off'];
const KINDS: readonly OrderTarget[] = ['lineage', 'signer', 'model', 'network', 'app'];

export function createOrders(driver: Driver): OrderStore {
  const { committed, transaction } = driver;
  return {
    addOrder: (order) => transaction((session) => insertOrder(session, order)),
    endOrder: (iss, id, at) => changesOne(driver, ORDER_SQL.end, [iss, id, at]),
    ordersFor: (iss, keys, at) => ordersFor(committed, iss, keys, at),
    ordersAbout: async (iss, { target, value }, limit) =>
      (await committed.query(ORDER_SQL.about, [iss, target, value, checkLimit(limit)])).map(toOrder),
    orders: async (iss, page) => (await readPage(committed, iss, page)).map(toOrder),
  };
}

/** False when the id exists. */
export async function insertOrder(session: Session, o: Order): Promise<boolean> {
  const named = [o.iss, o.id, o.effect, o.target, o.value, o.app, o.policy, o.reason, o.author];
  return (await session.execute(ORDER_SQL.add, [...named, o.createdAt, o.expiresAt, o.endedAt])) === 1;
}

async function ordersFor(session: Session, iss: string, keys: readonly OrderKey[], at: number): Promise<Order[]> {
  const found = new Map<string, Order>();
  for (let start = 0; start < keys.length; start += WIDTH) {
    const values = toValues(keys.slice(start, start + WIDTH));
    for (const row of await session.query(ORDER_SQL.forTargets, [iss, at, ...values])) {
      found.set(text(row, 'id'), toOrder(row));
    }
  }
  return [...found.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** The last target fills the places that are left: asking for it twice finds nothing more. */
function toValues(keys: readonly OrderKey[]): readonly string[] {
  return Array.from({ length: WIDTH }, (_, index) => keys[Math.min(index, keys.length - 1)]).flatMap((key) =>
    key === undefined ? [] : [key.target, key.value],
  );
}

type Page = Parameters<OrderStore['orders']>[1];

function readPage(session: Session, iss: string, { at, before, limit }: Page): Promise<readonly Row[]> {
  const end: SqlValue[] = before === undefined ? [checkLimit(limit)] : [before, checkLimit(limit)];
  if (at === undefined) {
    return session.query(before === undefined ? ORDER_SQL.newest : ORDER_SQL.newestBefore, [iss, ...end]);
  }
  const sql = before === undefined ? ORDER_SQL.newestInForce : ORDER_SQL.newestInForceBefore;
  return session.query(sql, [iss, at, ...end]);
}

function toOrder(row: Row): Order {
  return {
    iss: text(row, 'iss'),
    id: text(row, 'id'),
    effect: oneOf(row, 'effect', EFFECTS),
    target: oneOf(row, 'target', KINDS),
    value: text(row, 'value'),
    app: textOrNull(row, 'app'),
    policy: textOrNull(row, 'policy'),
    reason: text(row, 'reason'),
    author: text(row, 'author'),
    createdAt: integer(row, 'created_at'),
    expiresAt: integerOrNull(row, 'expires_at'),
    endedAt: integerOrNull(row, 'ended_at'),
  };
}
