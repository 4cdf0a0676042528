import { verifyAppAttestReceipt } from '@assay/evidence';
import { parseBase64url } from '@assay/formats';
import type { Service } from '../context.ts';
import { firstAt } from './plan.ts';
import { sealReceipt } from './sealed.ts';

/** The receipt that came with an attestation, with the instance that the attestation made. */
export interface NewReceipt {
  readonly iss: string;
  readonly app: string;
  readonly appIds: readonly string[];
  /** base64url, as the instance keeps it: the digest of the key, and its uncompressed point. */
  readonly attestedKey: string;
  readonly attestedSpki: string;
  readonly lineage: string;
  readonly environment: string;
  readonly receipt: Uint8Array;
}

/** `refused`: not Apple's, or about another key; the attestation itself is none the worse for it. */
export type Remembered =
  | { readonly outcome: 'kept' }
  | { readonly outcome: 'not_renewed_here' }
  | { readonly outcome: 'refused'; readonly code: string };

/** Receipts that were just made; Apple's advice. */
export const FRESH_MS = 300_000;

interface Ports extends Pick<Service, 'store' | 'kek' | 'random' | 'vendors' | 'memory'> {
  readonly trust: Pick<Service['trust'], 'apple'>;
}

/**
 * Keeps the receipt of an attestation, to ask Apple about it later. It is verified first: an attestation does not cover its
 * receipt, so anybody on the way could have put another one in its place. Where no key for Apple is configured nothing is kept.
 *
 * @param at the clock of the decision that the attestation was part of
 * @throws UpstreamError `store.*`; call it once the enrolment is committed, and never let it fail that
 */
export async function rememberReceipt(ports: Ports, fresh: NewReceipt, at: number): Promise<Remembered> {
  if (ports.vendors.appleReceipt === undefined) return { outcome: 'not_renewed_here' };
  const { iss, app, appIds, attestedKey, lineage, environment, receipt } = fresh;
  const publicKey = parseBase64url(fresh.attestedSpki);
  const input = { receipt, appIds, publicKey, maxCreationAgeMs: FRESH_MS };
  const appraisal = verifyAppAttestReceipt(input, { trust: ports.trust.apple, at, memory: ports.memory });
  if (appraisal.outcome === 'rejected') return { outcome: 'refused', code: appraisal.error.code };
  const key = { iss, app, attestedKey };
  await ports.store.putReceipt({
    ...{ ...key, lineage, environment, sealed: await sealReceipt(ports, key, { publicKey, receipt }) },
    ...{ metric: null, metricAt: null, nextAt: firstAt(at, ports.random), failures: 0 },
  });
  return { outcome: 'kept' };
}
