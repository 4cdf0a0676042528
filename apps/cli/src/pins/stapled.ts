import { AssayError } from '@assay/core';
import { type Certificate, type OcspStatus, parseOcspResponse, verifyOcsp } from '@assay/x509';

/** What the stapled OCSP response proves. */
export interface Stapled {
  /** `none` when nothing was stapled, `not proven` with a code when it was and does not hold. */
  readonly status: 'none' | 'good' | 'revoked' | 'unknown' | 'not proven';
  readonly code: string | null;
  /** ISO 8601. */
  readonly thisUpdate: string | null;
  readonly nextUpdate: string | null;
}

const NONE: Stapled = { status: 'none', code: null, thisUpdate: null, nextUpdate: null };

/** Where a responder names no next update: as long as the Baseline Requirements let a response live. */
const MAX_AGE_MS = 10 * 86_400_000;

export interface StapledInput {
  readonly response: Uint8Array | undefined;
  readonly leaf: Certificate;
  readonly issuer: Certificate | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Verified under the issuer that the path names: without one nothing is proven. `proven` carries its timestamps. */
export function judgeStapled({ response, leaf, issuer, at }: StapledInput): {
  readonly told: Stapled;
  readonly proven: OcspStatus | undefined;
} {
  if (response === undefined) return { told: NONE, proven: undefined };
  const unproven = (code: string) => ({ told: { ...NONE, status: 'not proven', code } as const, proven: undefined });
  if (issuer === undefined) return unproven('x509.untrusted');
  try {
    const proven = verifyOcsp({ response: parseOcspResponse(response), leaf, issuer, at, maxAge: MAX_AGE_MS });
    const { status, thisUpdate, nextUpdate } = proven;
    return { told: { status, code: null, thisUpdate: isoOf(thisUpdate), nextUpdate: isoOf(nextUpdate) }, proven };
  } catch (error) {
    if (error instanceof AssayError) return unproven(error.code);
    throw error;
  }
}

const isoOf = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString());
