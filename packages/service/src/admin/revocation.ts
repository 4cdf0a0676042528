import type { Service } from '../context.ts';
import { listedSerials } from '../keys/listed-serials.ts';
import { announce, type Judge, type Review, reviewRevoked } from '../trust/review.ts';
import { type Actor, commitChange } from './act.ts';

/** Revocations under way at once: they share commits. */
const BATCH = 50;

/**
 * Revokes every active instance of an issuer whose chain holds a certificate of the loaded status list, and judges its newest
 * appraisal again: one look-up for each entry, so it is meant to run once for each version of the list. Without a list
 * nothing happens.
 *
 * @returns how many instances were revoked
 * @throws UpstreamError when the store is away; what was revoked until then stays so, and a second run does the rest
 */
export async function revokeListed(service: Service, iss: string, by?: Judge): Promise<number> {
  const status = service.trust.statusList();
  if (status === undefined) return 0;
  const { record } = await service.keys.of(iss);
  let revoked = 0;
  for (const serial of listedSerials(status.list, iss, record)) {
    const named = await service.store.instancesBySerial(iss, serial);
    for (let start = 0; start < named.length; start += BATCH) {
      const batch = named.slice(start, start + BATCH);
      const done = await Promise.all(batch.map((jkt) => revokeForCertificate(service, iss, jkt, status.version, by)));
      revoked += done.filter(Boolean).length;
    }
  }
  return revoked;
}

/** Status and review are one transaction: an instance is active, and found again, until both are there. */
async function revokeForCertificate(
  service: Service,
  iss: string,
  jkt: string,
  version: string,
  by: Judge | undefined,
): Promise<boolean> {
  const review = await reviewRevoked(service, { iss, jkt }, 'certificate_revoked', version, by);
  const written = await service.store.atomically(async (tables) => {
    if (!(await tables.setInstanceStatus(iss, jkt, 'revoked'))) return 'nothing';
    return review !== undefined && (await tables.addReappraisal(review.row)) ? 'both' : 'status';
  });
  if (written === 'both') announceIf(service, review);
  return written !== 'nothing';
}

/** Revokes one instance and judges its newest appraisal again; false when none has this thumbprint. */
export async function revokeInstance(
  service: Service,
  actor: Actor,
  iss: string,
  jkt: string,
  by?: Judge,
): Promise<boolean> {
  const review = await reviewRevoked(service, { iss, jkt }, 'instance_revoked', '', by);
  let isNews = false;
  const entry = { actor, act: 'instance.revoke', subject: jkt, detail: {} };
  const isRevoked = await commitChange(service, iss, entry, async (tables) => {
    if (!(await tables.setInstanceStatus(iss, jkt, 'revoked'))) return false;
    isNews = review !== undefined && (await tables.addReappraisal(review.row));
    return true;
  });
  if (isNews) announceIf(service, review);
  return isRevoked;
}

function announceIf(service: Service, review: Review | undefined): void {
  if (review !== undefined) announce(service, review);
}
