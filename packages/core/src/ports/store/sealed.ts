/** What lies sealed in the store, by the table that holds it. */
export const SEALED_KINDS = ['key', 'secret', 'evidence', 'receipt'] as const;
export type SealedKind = (typeof SEALED_KINDS)[number];

/** A sealed form with the primary key of its row, which is also the place to read on from. */
export interface SealedRow {
  readonly key: readonly (string | number)[];
  readonly sealed: string;
}

export interface SealedStore {
  /** Every row of a kind in the order of its key, those after `after` (keyset paging). */
  sealedRows(kind: SealedKind, after: SealedRow['key'] | undefined, limit: number): Promise<readonly SealedRow[]>;
  /** Replaces the sealed form after the key-encryption key was changed; compare-and-set on the old form. */
  rewrap(kind: SealedKind, key: SealedRow['key'], from: string, to: string): Promise<boolean>;
}
