import type { SecretRow, SecretStore } from '@assay/core';
import { changesOne, type Driver } from '../driver.ts';
import { integer, type Row, text } from '../values.ts';

export const SECRET_SQL = {
  add: `insert into secret (iss, app, name, version, sealed, delivery_rule, created_at)
    values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
  current: `select * from secret s where s.iss = $1 and s.app = $2 and s.version =
      (select max(n.version) from secret n where n.iss = s.iss and n.app = s.app and n.name = s.name)
    order by s.name`,
  rewrap: 'update secret set sealed = $6 where iss = $1 and app = $2 and name = $3 and version = $4 and sealed = $5',
} as const;

export function createSecrets(driver: Driver): SecretStore {
  return {
    addSecret: (s) =>
      changesOne(driver, SECRET_SQL.add, [s.iss, s.app, s.name, s.version, s.sealed, s.rule, s.createdAt]),
    currentSecrets: async (iss, app) => (await driver.committed.query(SECRET_SQL.current, [iss, app])).map(toSecret),
  };
}

function toSecret(row: Row): SecretRow {
  return {
    iss: text(row, 'iss'),
    app: text(row, 'app'),
    name: text(row, 'name'),
    version: integer(row, 'version'),
    sealed: text(row, 'sealed'),
    rule: text(row, 'delivery_rule'),
    createdAt: integer(row, 'created_at'),
  };
}
