import type { Credential, CredentialStore } from '@assay/core';
import { changesOne, type Driver } from '../driver.ts';
import { integer, integerOrNull, type Row, text } from '../values.ts';

export const CREDENTIAL_SQL = {
  add: `insert into credential (id, digest, scopes, created_at, expires_at, revoked_at)
    values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
  byDigest: 'select * from credential where digest = $1',
  revoke: 'update credential set revoked_at = $2 where id = $1 and revoked_at is null',
  list: 'select * from credential order by created_at, id',
} as const;

export function createCredentials(driver: Driver): CredentialStore {
  const { committed } = driver;
  return {
    addCredential: ({ id, digest, scopes, createdAt, expiresAt, revokedAt }) =>
      changesOne(driver, CREDENTIAL_SQL.add, [id, digest, scopes, createdAt, expiresAt, revokedAt]),
    credentialByDigest: async (digest) => {
      const [row] = await committed.query(CREDENTIAL_SQL.byDigest, [digest]);
      return row && toCredential(row);
    },
    revokeCredential: (id, at) => changesOne(driver, CREDENTIAL_SQL.revoke, [id, at]),
    credentials: async () => (await committed.query(CREDENTIAL_SQL.list)).map(toCredential),
  };
}

function toCredential(row: Row): Credential {
  return {
    id: text(row, 'id'),
    digest: text(row, 'digest'),
    scopes: text(row, 'scopes'),
    createdAt: integer(row, 'created_at'),
    expiresAt: integerOrNull(row, 'expires_at'),
    revokedAt: integerOrNull(row, 'revoked_at'),
  };
}
