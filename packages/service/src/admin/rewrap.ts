import { ConfigError, SEALED_KINDS, type SealedKind, type SealedRow } from '@assay/core';
import { kekIdOf, rewrapRow } from '@assay/secrets';
import type { Service } from '../context.ts';

/** What became of sealed rows, by the table that holds them. */
export interface Rewrapped {
  /** Wrapped anew. */
  readonly changed: Readonly<Record<SealedKind, number>>;
  /** Under the newest key already. */
  readonly unchanged: Readonly<Record<SealedKind, number>>;
  /** Opened by no key that is held; left as they are. */
  readonly unopened: Readonly<Record<SealedKind, number>>;
}

type Outcome = keyof Rewrapped;
type Ports = Pick<Service, 'store' | 'kek'>;

const PAGE = 200;

/**
 * Wraps the key of every sealed row under the current key-encryption key. Values are not opened. It may be cut off and
 * run again: a row is under one key or the other, never between.
 *
 * @throws UpstreamError `store.*`
 */
export async function rewrapAll(ports: Ports): Promise<Rewrapped> {
  const counts = { changed: none(), unchanged: none(), unopened: none() };
  for (const kind of SEALED_KINDS) {
    for await (const rows of pagesOf(ports, kind)) {
      for (const outcome of await Promise.all(rows.map((row) => rewrap(ports, kind, row)))) counts[outcome][kind] += 1;
    }
  }
  return counts;
}

const none = (): Record<SealedKind, number> => ({ key: 0, secret: 0, evidence: 0, receipt: 0 });

async function* pagesOf({ store }: Ports, kind: SealedKind): AsyncGenerator<readonly SealedRow[]> {
  for (let after: SealedRow['key'] | undefined; ; ) {
    const rows = await store.sealedRows(kind, after, PAGE);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)?.key;
  }
}

async function rewrap({ store, kek }: Ports, kind: SealedKind, { key, sealed }: SealedRow): Promise<Outcome> {
  try {
    if (kekIdOf(sealed) === kek.currentId) return 'unchanged';
    const rewrapped = await rewrapRow(kek, sealed);
    // A row that another process changed meanwhile is that one's, which holds the same keys.
    return (await store.rewrap(kind, key, sealed, rewrapped)) ? 'changed' : 'unchanged';
  } catch (error) {
    // By its code one of `secrets.*`: the row is damaged, or its key is not held.
    if (error instanceof ConfigError) return 'unopened';
    throw error;
  }
}
