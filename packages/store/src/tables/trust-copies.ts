import type { VendorStore } from '@assay/core';
import type { Driver } from '../driver.ts';
import { integer, text, textOrNull } from '../values.ts';

/** Replicas' clocks agree this far, milliseconds. */
const SKEW_MS = 300_000;

export const TRUST_COPY_SQL = {
  find: 'select * from trust_copy where source = $1',
  // A copy from well ahead of now was kept by a clock that was wrong: it must not keep good ones out until then.
  keep: `insert into trust_copy (source, body, etag, fetched_at, fresh_until) values ($1, $2, $3, $4, $5)
    on conflict (source) do update set body = excluded.body, etag = excluded.etag,
      fetched_at = excluded.fetched_at, fresh_until = excluded.fresh_until
    where trust_copy.fetched_at <= excluded.fetched_at or trust_copy.fetched_at > excluded.fetched_at + ${SKEW_MS}`,
} as const;

export function createTrustCopies({
  committed,
  transaction,
}: Driver): Pick<VendorStore, 'trustCopy' | 'keepTrustCopy'> {
  return {
    trustCopy: async (source) => {
      const [row] = await committed.query(TRUST_COPY_SQL.find, [source]);
      return (
        row && {
          source: text(row, 'source'),
          body: text(row, 'body'),
          etag: textOrNull(row, 'etag'),
          fetchedAt: integer(row, 'fetched_at'),
          freshUntil: integer(row, 'fresh_until'),
        }
      );
    },
    keepTrustCopy: async ({ source, body, etag, fetchedAt, freshUntil }) => {
      const values = [source, body, etag, fetchedAt, freshUntil];
      await transaction((session) => session.execute(TRUST_COPY_SQL.keep, values));
    },
  };
}
