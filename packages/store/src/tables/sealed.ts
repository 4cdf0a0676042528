import type { SealedKind, SealedRow, SealedStore } from '@assay/core';
import { changesOne, type Driver } from '../driver.ts';
import { checkLimit, integer, text } from '../values.ts';
import { KEY_SQL } from './keys.ts';
import { SECRET_SQL } from './secrets.ts';

export const SEALED_SQL = {
  keys: `select iss, purpose, kid, sealed from issuer_key where (iss, purpose, kid) > ($1, $2, $3)
    order by iss, purpose, kid limit $4`,
  secrets: `select iss, app, name, version, sealed from secret where (iss, app, name, version) > ($1, $2, $3, $4)
    order by iss, app, name, version limit $5`,
  evidence: `select iss, appraisal_id, sealed from retained_evidence where (iss, appraisal_id) > ($1, $2)
    order by iss, appraisal_id limit $3`,
  receipts: `select iss, app, attested_key, sealed from receipt where (iss, app, attested_key) > ($1, $2, $3)
    order by iss, app, attested_key limit $4`,
  rewrapReceipt: 'update receipt set sealed = $5 where iss = $1 and app = $2 and attested_key = $3 and sealed = $4',
  rewrapEvidence: 'update retained_evidence set sealed = $4 where iss = $1 and appraisal_id = $2 and sealed = $3',
} as const;

interface SealedTable {
  readonly list: string;
  readonly rewrap: string;
  /** Columns of the primary key with a value below every real one. */
  readonly key: readonly (readonly [column: string, least: '' | 0])[];
}

const TABLES: Readonly<Record<SealedKind, SealedTable>> = {
  key: {
    ...{ list: SEALED_SQL.keys, rewrap: KEY_SQL.rewrap },
    key: [
      ['iss', ''],
      ['purpose', ''],
      ['kid', ''],
    ],
  },
  secret: {
    ...{ list: SEALED_SQL.secrets, rewrap: SECRET_SQL.rewrap },
    key: [
      ['iss', ''],
      ['app', ''],
      ['name', ''],
      ['version', 0],
    ],
  },
  evidence: {
    ...{ list: SEALED_SQL.evidence, rewrap: SEALED_SQL.rewrapEvidence },
    key: [
      ['iss', ''],
      ['appraisal_id', ''],
    ],
  },
  receipt: {
    ...{ list: SEALED_SQL.receipts, rewrap: SEALED_SQL.rewrapReceipt },
    key: [
      ['iss', ''],
      ['app', ''],
      ['attested_key', ''],
    ],
  },
};

export function createSealed(driver: Driver): SealedStore {
  return {
    async sealedRows(kind, after, limit) {
      const { list, key } = TABLES[kind];
      const from = after ?? key.map(([, least]) => least);
      const rows = await driver.committed.query(list, [...from, checkLimit(limit)]);
      return rows.map((row): SealedRow => {
        const place = key.map(([column, least]) => (least === 0 ? integer(row, column) : text(row, column)));
        return { key: place, sealed: text(row, 'sealed') };
      });
    },
    rewrap: (kind, key, from, to) => changesOne(driver, TABLES[kind].rewrap, [...key, from, to]),
  };
}
