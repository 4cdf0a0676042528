import type { ReceiptRow, VendorStore } from '@assay/core';
import type { Driver } from '../driver.ts';
import { checkLimit, integer, integerOrNull, type Row, text } from '../values.ts';

export const RECEIPT_SQL = {
  put: `insert into receipt (iss, app, attested_key, lineage, environment, sealed, metric, metric_at, next_at, failures)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    on conflict (iss, app, attested_key) do update set lineage = excluded.lineage,
      environment = excluded.environment, sealed = excluded.sealed, metric = excluded.metric,
      metric_at = excluded.metric_at, next_at = excluded.next_at, failures = excluded.failures`,
  find: 'select * from receipt where iss = $1 and app = $2 and attested_key = $3',
  due: `select * from receipt where iss = $1 and next_at is not null and next_at <= $2
    order by next_at, app, attested_key limit $3`,
} as const;

export function createReceipts({
  committed,
  transaction,
}: Driver): Pick<VendorStore, 'putReceipt' | 'receipt' | 'receiptsDue'> {
  return {
    putReceipt: async (r) => {
      const values = [r.iss, r.app, r.attestedKey, r.lineage, r.environment, r.sealed, r.metric, r.metricAt];
      await transaction((session) => session.execute(RECEIPT_SQL.put, [...values, r.nextAt, r.failures]));
    },
    receipt: async (iss, app, attestedKey) => {
      const [row] = await committed.query(RECEIPT_SQL.find, [iss, app, attestedKey]);
      return row && toReceipt(row);
    },
    receiptsDue: async (iss, now, limit) =>
      (await committed.query(RECEIPT_SQL.due, [iss, now, checkLimit(limit)])).map(toReceipt),
  };
}

function toReceipt(row: Row): ReceiptRow {
  return {
    iss: text(row, 'iss'),
    app: text(row, 'app'),
    attestedKey: text(row, 'attested_key'),
    lineage: text(row, 'lineage'),
    environment: text(row, 'environment'),
    sealed: text(row, 'sealed'),
    metric: integerOrNull(row, 'metric'),
    metricAt: integerOrNull(row, 'metric_at'),
    nextAt: integerOrNull(row, 'next_at'),
    failures: integer(row, 'failures'),
  };
}
