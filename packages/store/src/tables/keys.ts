import type { KeyRow, KeyState, KeyStore, KeyUse } from '@assay/core';
import { changesOne, type Driver } from '../driver.ts';
import { integer, oneOf, type Row, type SqlValue, text, textOrNull } from '../values.ts';

export const KEY_SQL = {
  list: 'select * from issuer_key where iss = $1 and purpose = $2 order by created_at, kid',
  add: `insert into issuer_key (iss, purpose, kid, state, public_jwk, sealed, created_at, changed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
  setState: `update issuer_key set state = $5, changed_at = $6
    where iss = $1 and purpose = $2 and kid = $3 and state = $4`,
  rewrap: 'update issuer_key set sealed = $5 where iss = $1 and purpose = $2 and kid = $3 and sealed = $4',
  replace: `update issuer_key set state = $4, public_jwk = $5, sealed = $6, created_at = $7, changed_at = $8
    where iss = $1 and purpose = $2 and kid = $3 and state = 'gone' and sealed = $9`,
} as const;

const USES: readonly KeyUse[] = ['challenge', 'token', 'reply', 'record'];
const STATES: readonly KeyState[] = ['next', 'active', 'retiring', 'gone'];

export function createKeys(driver: Driver): KeyStore {
  return {
    keys: async (iss, use) => (await driver.committed.query(KEY_SQL.list, [iss, use])).map(toKey),
    addKey: (row) => changesOne(driver, KEY_SQL.add, valuesOf(row)),
    setKeyState: (iss, use, kid, from, to, at) => changesOne(driver, KEY_SQL.setState, [iss, use, kid, from, to, at]),
    replaceKey: (row, spent) => changesOne(driver, KEY_SQL.replace, [...valuesOf(row), spent]),
  };
}

function valuesOf({ iss, use, kid, state, publicJwk, sealed, createdAt, changedAt }: KeyRow): SqlValue[] {
  return [iss, use, kid, state, publicJwk, sealed, createdAt, changedAt];
}

function toKey(row: Row): KeyRow {
  return {
    iss: text(row, 'iss'),
    use: oneOf(row, 'purpose', USES),
    kid: text(row, 'kid'),
    state: oneOf(row, 'state', STATES),
    publicJwk: textOrNull(row, 'public_jwk'),
    sealed: text(row, 'sealed'),
    createdAt: integer(row, 'created_at'),
    changedAt: integer(row, 'changed_at'),
  };
}
