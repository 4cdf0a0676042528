import type { Registered, RegistryStore } from '@assay/core';
import { changesOne, type Driver } from '../driver.ts';
import { integer, type Row, text } from '../values.ts';

export const REGISTRY_SQL = {
  find: 'select document, version, updated_at from registered where iss = $1 and kind = $2 and id = $3',
  list: 'select id, document, version, updated_at from registered where iss = $1 and kind = $2 order by id',
  add: `insert into registered (iss, kind, id, document, version, updated_at) values ($1, $2, $3, $4, 1, $5)
    on conflict do nothing`,
  replace: `update registered set document = $4, version = version + 1, updated_at = $5
    where iss = $1 and kind = $2 and id = $3 and version = $6`,
} as const;

export function createRegistry(driver: Driver): RegistryStore {
  const { committed } = driver;
  return {
    registered: async (iss, kind, id) => {
      const [row] = await committed.query(REGISTRY_SQL.find, [iss, kind, id]);
      return row && toRegistered(row);
    },
    listRegistered: async (iss, kind) =>
      (await committed.query(REGISTRY_SQL.list, [iss, kind])).map((row) => ({
        id: text(row, 'id'),
        ...toRegistered(row),
      })),
    register: (iss, kind, id, json, expected, now) =>
      expected === 0
        ? changesOne(driver, REGISTRY_SQL.add, [iss, kind, id, json, now])
        : changesOne(driver, REGISTRY_SQL.replace, [iss, kind, id, json, now, expected]),
  };
}

function toRegistered(row: Row): Registered<string> {
  return { value: text(row, 'document'), version: integer(row, 'version'), updatedAt: integer(row, 'updated_at') };
}
