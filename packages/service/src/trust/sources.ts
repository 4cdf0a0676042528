import { hash } from 'node:crypto';
import { parseStatusList, type StatusList } from '@assay/evidence';
import { decodeUtf8 } from '@assay/formats';
import type { EcJwk } from '@assay/formats/shape';
import { type Advisories, assertSuccessor, readAdvisories } from './advisories.ts';
import type { Bounds } from './freshness.ts';
import { type PublishedRoot, parseRoots, ROOT_FORMS, type RootForm } from './published-roots.ts';
import type { TrustSourceName } from './state.ts';
import type { Source } from './tracked.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MIB = 1 << 20;

const TIMEOUT_MS = 20 * SECOND;

/** The status list is news within hours, roots within days, the operator's own advisories within minutes. */
const STATUS_BOUNDS: Bounds = { leastMs: 5 * MINUTE, usualMs: HOUR, mostMs: DAY };
const ROOT_BOUNDS: Bounds = { leastMs: HOUR, usualMs: DAY, mostMs: 7 * DAY };
const ADVISORY_BOUNDS: Bounds = { leastMs: MINUTE, usualMs: 5 * MINUTE, mostMs: HOUR };

/** How long without a confirmation before it is an alarm: several of the longest pauses. */
export const STALE_MS: Readonly<Record<TrustSourceName, number>> = {
  'google-status': 2 * DAY,
  'google-roots': 15 * DAY,
  'apple-attestation-root': 15 * DAY,
  'apple-receipt-root': 15 * DAY,
  'huawei-roots': 15 * DAY,
  advisories: 3 * HOUR,
};

/** The status list as verifiers take it. */
export interface StatusCopy {
  readonly list: StatusList;
  /** First 16 hex digits of the text's SHA-256. */
  readonly version: string;
}

export function readStatusCopy(text: string): StatusCopy {
  return { list: parseStatusList(text), version: digestOf(text) };
}

export function digestOf(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 16);
}

const decode = (bytes: Uint8Array): string => decodeUtf8(bytes);

/** https://android.googleapis.com/attestation/status: 50 KB in January 2025. */
export function statusSource(url: string): Source<StatusCopy> {
  return {
    ...{ name: 'google-status', url, accept: 'application/json', maxBytes: 8 * MIB, timeoutMs: TIMEOUT_MS },
    ...{ bounds: STATUS_BOUNDS, decode, parse: readStatusCopy },
  };
}

/** Where roots are published, and in which form. */
export interface RootRow {
  readonly name: Extract<TrustSourceName, `${string}-root${'' | 's'}`>;
  readonly form: RootForm;
}

/** Huawei publishes no address that a program may rely on: `huawei-roots` is asked only where the operator names one. */
export const ROOT_ROWS: readonly RootRow[] = [
  { name: 'google-roots', form: 'jsonOfPem' },
  { name: 'apple-attestation-root', form: 'pem' },
  { name: 'apple-receipt-root', form: 'der' },
  { name: 'huawei-roots', form: 'pem' },
];

export const VENDOR_URLS: Readonly<Partial<Record<TrustSourceName, string>>> = {
  'google-status': 'https://android.googleapis.com/attestation/status',
  'google-roots': 'https://android.googleapis.com/attestation/root',
  'apple-attestation-root': 'https://www.apple.com/certificateauthority/Apple_App_Attestation_Root_CA.pem',
  'apple-receipt-root': 'https://www.apple.com/certificateauthority/AppleRootCA-G3.cer',
};

export function rootSource({ name, form }: RootRow, url: string): Source<readonly PublishedRoot[]> {
  return {
    ...{ name, url, accept: '*/*', maxBytes: MIB, timeoutMs: TIMEOUT_MS, bounds: ROOT_BOUNDS },
    decode: (bytes) => ROOT_FORMS[form].decode(bytes),
    parse: (text) => parseRoots(form, text, url),
  };
}

export function advisorySource(url: string, keys: readonly EcJwk[]): Source<Advisories> {
  return {
    ...{ name: 'advisories', url, accept: '*/*', maxBytes: MIB, timeoutMs: TIMEOUT_MS, bounds: ADVISORY_BOUNDS },
    ...{ decode, parse: (text) => readAdvisories(text, keys), assertSuccessor },
  };
}
