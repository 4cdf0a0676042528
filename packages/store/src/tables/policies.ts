import type { PolicyStore, PolicyVersion } from '@assay/core';
import { changesOne, type Driver } from '../driver.ts';
import { integer, integerOrNull, type Row, text } from '../values.ts';

export const POLICY_SQL = {
  // The unique key ends a race of two for one number; the condition leaves no number out.
  addNext: `insert into policy_version (iss, name, version, source, author, created_at, restores)
    select $1, $2, cast($3 as bigint), $4, $5, cast($6 as bigint), cast($7 as bigint)
    where cast($3 as bigint) =
      1 + coalesce((select max(p.version) from policy_version p where p.iss = $1 and p.name = $2), 0)
    on conflict do nothing`,
  newest: 'select * from policy_version where iss = $1 and name = $2 order by version desc limit 1',
  find: 'select * from policy_version where iss = $1 and name = $2 and version = $3',
  newestOfEach: `select * from policy_version p where p.iss = $1 and p.version =
      (select max(n.version) from policy_version n where n.iss = p.iss and n.name = p.name)
    order by p.name`,
  history: 'select * from policy_version where iss = $1 and name = $2 order by version desc',
} as const;

type Policies = Pick<PolicyStore, 'addPolicyVersion' | 'newestPolicy' | 'policyVersion' | 'policies' | 'policyHistory'>;

export function createPolicies(driver: Driver): Policies {
  const { committed } = driver;
  return {
    addPolicyVersion: ({ iss, name, version, source, author, createdAt, restores }) =>
      changesOne(driver, POLICY_SQL.addNext, [iss, name, version, source, author, createdAt, restores]),
    newestPolicy: async (iss, name) => {
      const [row] = await committed.query(POLICY_SQL.newest, [iss, name]);
      return row && toVersion(row);
    },
    policyVersion: async (iss, name, version) => {
      const [row] = await committed.query(POLICY_SQL.find, [iss, name, version]);
      return row && toVersion(row);
    },
    policies: async (iss) => (await committed.query(POLICY_SQL.newestOfEach, [iss])).map(toVersion),
    policyHistory: async (iss, name) => (await committed.query(POLICY_SQL.history, [iss, name])).map(toVersion),
  };
}

function toVersion(row: Row): PolicyVersion {
  return {
    iss: text(row, 'iss'),
    name: text(row, 'name'),
    version: integer(row, 'version'),
    source: text(row, 'source'),
    author: text(row, 'author'),
    createdAt: integer(row, 'created_at'),
    restores: integerOrNull(row, 'restores'),
  };
}
