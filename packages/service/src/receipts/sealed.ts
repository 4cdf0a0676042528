import type { ReceiptRow } from '@assay/core';
import { concat } from '@assay/formats';
import { openRow, sealRow } from '@assay/secrets';
import type { Service } from '../context.ts';

/** A receipt with the key that it is about: what the next one is held against. */
export interface KeptReceipt {
  /** Uncompressed P-256 point. */
  readonly publicKey: Uint8Array;
  readonly receipt: Uint8Array;
}

type Key = Pick<ReceiptRow, 'iss' | 'app' | 'attestedKey'>;

const POINT_BYTES = 65;

/** A row opens for its own key alone. */
const placeOf = ({ iss, app, attestedKey }: Key) => ['receipt', iss, app, attestedKey] as const;

export function sealReceipt(
  { kek, random }: Pick<Service, 'kek' | 'random'>,
  key: Key,
  { publicKey, receipt }: KeptReceipt,
): Promise<string> {
  return sealRow(kek, concat(publicKey, receipt), placeOf(key), random);
}

/** @throws ConfigError `secrets.*` when it does not open */
export async function openReceipt(
  { kek }: Pick<Service, 'kek'>,
  row: Key & Pick<ReceiptRow, 'sealed'>,
): Promise<KeptReceipt> {
  const opened = await openRow(kek, row.sealed, placeOf(row));
  return { publicKey: opened.subarray(0, POINT_BYTES), receipt: opened.subarray(POINT_BYTES) };
}
