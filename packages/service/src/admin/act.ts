import type { ActStore } from '@assay/core';
import type { Service } from '../context.ts';
import { type AuditEntry, appendAudit } from './audit.ts';

/** Acts that no operator's credential stands behind; a credential's id holds no colon. */
export type Actor = string;

/** Rotation that is due by the clock. */
export const UPKEEP: Actor = 'assay:upkeep';
/** The first start of an installation. */
export const FIRST_START: Actor = 'assay:first-start';
/** Whoever ran a command beside the database, with its key file in hand. */
export const COMMAND_LINE: Actor = 'assay:command-line';

export type AssertStill = (tables: ActStore) => Promise<void>;

/**
 * Writes what an operator did and its row in the audit chain, in one transaction: a crash leaves both or neither.
 *
 * @param chains the issuers whose chains tell of it
 * @param write awaits nothing but its tables, and may run more than once
 * @param entryOf what the chain says of what was written; undefined where nothing was
 * @param assertStill looks once more at what the act rests on, and throws where that changed. Acts in one chain wait for each
 * other at its end, so that one of two sees what the other wrote
 * @throws UpstreamError `store.*`: nothing was written
 */
export function commitAct<T>(
  { store, clock }: Pick<Service, 'store' | 'clock'>,
  chains: Iterable<string>,
  write: (tables: ActStore) => Promise<T>,
  entryOf: (written: T) => AuditEntry | undefined,
  assertStill?: AssertStill,
): Promise<T> {
  // One order for all: two acts that lock several chains never wait for each other in a circle.
  const ordered = [...chains].sort();
  return store.atomically(async (tables) => {
    const written = await write(tables);
    const entry = entryOf(written);
    if (entry !== undefined) for (const iss of ordered) await appendAudit(tables, clock, iss, entry);
    await assertStill?.(tables);
    return written;
  });
}

/** {@link commitAct} for a conditional write in one issuer's chain; false, and no row, when it found nothing to change. */
export function commitChange(
  service: Pick<Service, 'store' | 'clock'>,
  iss: string,
  entry: AuditEntry,
  write: (tables: ActStore) => Promise<boolean>,
  assertStill?: AssertStill,
): Promise<boolean> {
  return commitAct(service, [iss], write, (isWritten) => (isWritten ? entry : undefined), assertStill);
}
