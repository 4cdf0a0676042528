import { createHash } from 'node:crypto';
import { type AuditRow, type AuditStore, type Clock, UpstreamError } from '@assay/core';
import { lengthPrefixed, toBase64url, utf8 } from '@assay/formats';

/** What one admin act says of itself. `detail` must hold no secret. */
export interface AuditEntry {
  readonly actor: string;
  readonly act: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

const GENESIS = toBase64url(new Uint8Array(32));
/** Every lost race is somebody else's row: so many writers at once are no operators any more. */
const MAX_RACES = 256;

/**
 * Appends one act to the issuer's hash chain: each row's hash covers every member and the hash before it, so a row
 * that is altered, dropped or slipped in later breaks the chain.
 * @throws UpstreamError `store.busy` when other writers win every race.
 */
export async function appendAudit(store: AuditStore, clock: Clock, iss: string, entry: AuditEntry): Promise<AuditRow> {
  for (let race = 0; race < MAX_RACES; race++) {
    const last = await store.lastAudit(iss);
    const row = chained(last, { iss, at: clock(), ...entry, detail: JSON.stringify(entry.detail) });
    if (await store.appendAudit(row)) return row;
  }
  throw new UpstreamError('store.busy', 'the audit log is being written by others', true);
}

type Unchained = Omit<AuditRow, 'seq' | 'previous' | 'hash'>;

function chained(last: AuditRow | undefined, act: Unchained): AuditRow {
  const linked = { ...act, seq: (last?.seq ?? 0) + 1, previous: last?.hash ?? GENESIS };
  return { ...linked, hash: auditHash(linked) };
}

/** SHA-256 over the length-prefixed members, base64url. */
export function auditHash(row: Omit<AuditRow, 'hash'>): string {
  const members = [row.iss, String(row.seq), String(row.at), row.actor, row.act, row.subject, row.detail, row.previous];
  const hash = createHash('sha256').update('assay/audit/v1\0');
  for (const member of members) hash.update(lengthPrefixed(utf8(member)));
  return toBase64url(hash.digest());
}

/**
 * Reads the whole chain and names the first row that does not follow from the one before it. Rows cut off at the end leave a
 * chain that holds: whoever must notice that compares `rows` with a number kept elsewhere.
 */
export async function verifyAudit(
  store: AuditStore,
  iss: string,
): Promise<{ readonly rows: number; readonly brokenAt?: number }> {
  let previous = GENESIS;
  let seq = 0;
  for (;;) {
    const page = await store.audit(iss, seq, 500);
    if (page.length === 0) return { rows: seq };
    for (const row of page) {
      const follows = row.seq === seq + 1 && row.previous === previous && row.hash === auditHash(row);
      if (!follows) return { rows: seq, brokenAt: seq + 1 };
      previous = row.hash;
      seq = row.seq;
    }
  }
}
