import type { QuotaKey, VendorAnswer, VendorStore } from '@assay/core';
import type { Driver } from '../driver.ts';
import { integer, type Row, text } from '../values.ts';

export const VENDOR_SQL = {
  // The first answer stays: a vendor may say less when it is asked about one token again.
  keepAnswer: `insert into vendor_answer (iss, token_hash, answer, expires_at) values ($1, $2, $3, $4)
    on conflict do nothing`,
  answer: 'select * from vendor_answer where iss = $1 and token_hash = $2 and expires_at > $3',
  spend: `insert into vendor_quota (iss, vendor, period, network, calls) values ($1, $2, $3, $4, 1)
    on conflict (iss, period, vendor, network) do update set calls = vendor_quota.calls + 1
    where vendor_quota.calls < $5 returning calls`,
  spent: 'select * from vendor_quota where iss = $1 and period = $2 order by vendor, network',
} as const;

type Vendors = Pick<VendorStore, 'vendorAnswer' | 'keepVendorAnswer' | 'spendQuota' | 'quotaSpent'>;

export function createVendors({ committed, transaction }: Driver): Vendors {
  return {
    vendorAnswer: async (iss, tokenHash, now) => {
      const [row] = await committed.query(VENDOR_SQL.answer, [iss, tokenHash, now]);
      return row && toAnswer(row);
    },
    keepVendorAnswer: async ({ iss, tokenHash, answer, expiresAt }) => {
      await transaction((session) => session.execute(VENDOR_SQL.keepAnswer, [iss, tokenHash, answer, expiresAt]));
    },
    spendQuota: async ({ iss, vendor, period, network }, max) => {
      // The insert of a first call asks for no room.
      if (max < 1) return false;
      const values = [iss, vendor, period, network, max];
      return (await transaction((session) => session.query(VENDOR_SQL.spend, values))).length === 1;
    },
    quotaSpent: async (iss, period) => (await committed.query(VENDOR_SQL.spent, [iss, period])).map(toSpent),
  };
}

function toAnswer(row: Row): VendorAnswer {
  return {
    iss: text(row, 'iss'),
    tokenHash: text(row, 'token_hash'),
    answer: text(row, 'answer'),
    expiresAt: integer(row, 'expires_at'),
  };
}

function toSpent(row: Row): QuotaKey & { readonly calls: number } {
  return {
    iss: text(row, 'iss'),
    vendor: text(row, 'vendor'),
    period: text(row, 'period'),
    network: text(row, 'network'),
    calls: integer(row, 'calls'),
  };
}
