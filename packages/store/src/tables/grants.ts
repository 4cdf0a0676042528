import type { DevGrant, VendorStore } from '@assay/core';
import { changesOne, type Driver, type Session } from '../driver.ts';
import { integer, integerOrNull, type Row, text } from '../values.ts';

export const GRANT_SQL = {
  add: `insert into dev_grant (iss, id, app, label, public_jwk, uses, max_uses, created_at, expires_at, revoked_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
  find: 'select * from dev_grant where iss = $1 and id = $2',
  list: 'select * from dev_grant where iss = $1 order by created_at, id',
  take: `update dev_grant set uses = uses + 1
    where iss = $1 and id = $2 and revoked_at is null and expires_at > $3 and uses < max_uses`,
  revoke: 'update dev_grant set revoked_at = $3 where iss = $1 and id = $2 and revoked_at is null',
} as const;

type Grants = Pick<VendorStore, 'addGrant' | 'grant' | 'grants' | 'useGrant' | 'revokeGrant'>;

export function createGrants(driver: Driver): Grants {
  const { committed, transaction } = driver;
  return {
    addGrant: ({ iss, id, app, label, publicJwk, uses, maxUses, createdAt, expiresAt, revokedAt }) => {
      const values = [iss, id, app, label, publicJwk, uses, maxUses, createdAt, expiresAt, revokedAt];
      return changesOne(driver, GRANT_SQL.add, values);
    },
    grant: async (iss, id) => {
      const [row] = await committed.query(GRANT_SQL.find, [iss, id]);
      return row && toGrant(row);
    },
    grants: async (iss) => (await committed.query(GRANT_SQL.list, [iss])).map(toGrant),
    useGrant: (iss, id, now) => transaction((session) => takeGrant(session, iss, id, now)),
    revokeGrant: (iss, id, at) => changesOne(driver, GRANT_SQL.revoke, [iss, id, at]),
  };
}

/** Counts one use; false when the grant has ended or is used up. */
export async function takeGrant(session: Session, iss: string, id: string, now: number): Promise<boolean> {
  return (await session.execute(GRANT_SQL.take, [iss, id, now])) === 1;
}

function toGrant(row: Row): DevGrant {
  return {
    iss: text(row, 'iss'),
    id: text(row, 'id'),
    app: text(row, 'app'),
    label: text(row, 'label'),
    publicJwk: text(row, 'public_jwk'),
    uses: integer(row, 'uses'),
    maxUses: integer(row, 'max_uses'),
    createdAt: integer(row, 'created_at'),
    expiresAt: integer(row, 'expires_at'),
    revokedAt: integerOrNull(row, 'revoked_at'),
  };
}
