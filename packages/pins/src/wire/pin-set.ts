import { parseStrictJson, utf8 } from '@assay/formats';
import { distinct, flag, integer, matching, misfit, object, oneOf, type Reader } from '@assay/formats/shape';
import { reading } from './fault.ts';
import { appId, counter, envName, MAX_DOCUMENT_BYTES, MAX_HOSTS, MAX_PINS, seconds } from './limits.ts';

/** What an app does once a set is past its expiry: go on enforcing it, allow nothing, or trust the system's roots. */
export type OnExpiry = 'keep' | 'block' | 'system';

export interface PinnedHost {
  /** Lower-case name, punycode, no wildcard. */
  readonly h: string;
  /** Whether every name below it is meant too. */
  readonly sub: boolean;
  /** `monitor` reports and lets pass. */
  readonly mode: 'enforce' | 'monitor';
  /** Seconds since the epoch. */
  readonly exp: number;
  /** base64 SHA-256 of a SubjectPublicKeyInfo; one of them must be in the validated chain. */
  readonly spki: readonly string[];
  /** Pins that are dropped at once, even where an app would keep an older set until the new one has worked. */
  readonly revoked?: readonly string[];
}

/** One signed document for each app and environment (`docs/protocol.md`). Times are seconds since the epoch. */
export interface PinSet {
  readonly app: string;
  readonly env: string;
  readonly epoch: number;
  readonly v: number;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  /** Seconds after which an app asks for a newer set. */
  readonly refresh: number;
  readonly hosts: readonly PinnedHost[];
  readonly on_expiry: OnExpiry;
  /** Path below the issuer that pin failures are reported to. */
  readonly report_to?: string;
}

const KIND = 'assay-pins/1';

/** Labels of letters, digits and inner dashes; the last begins with a letter, so no address of numbers passes. */
const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
const PIN = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

const pins = distinct(matching(PIN, 'base64 of 32 bytes'), MAX_PINS, 1);

const pinnedHost: Reader<PinnedHost> = object(
  { h: matching(HOST, 'a host name'), sub: flag, mode: oneOf(['enforce', 'monitor']), exp: seconds, spki: pins },
  { revoked: pins },
);

const readDocument = object(
  {
    _: oneOf([KIND]),
    app: appId,
    env: envName,
    epoch: counter,
    v: counter,
    iat: seconds,
    nbf: seconds,
    exp: seconds,
    refresh: integer(60, 30 * 86_400),
    hosts: distinct(pinnedHost, MAX_HOSTS, 1, ({ h }) => h),
    on_expiry: oneOf(['keep', 'block', 'system']),
  },
  { report_to: matching(/^\/[A-Za-z0-9/_.-]{1,127}$/, 'a path') },
);

/**
 * Reads the payload of a pin set.
 *
 * @throws RequestError `pins.document_malformed`, or a format's code.
 */
export function parsePinSet(payload: Uint8Array): PinSet {
  return reading(() => {
    const json = parseStrictJson(payload, { maxBytes: MAX_DOCUMENT_BYTES, maxDepth: 5 });
    const { _, ...set } = readDocument(json, '$');
    if (set.exp <= set.nbf || set.exp <= set.iat) misfit('$.exp', 'later than nbf and iat');
    return set;
  });
}

/** The payload of a pin set, ready to be signed. */
export function toPinSetPayload(set: PinSet): Uint8Array {
  return utf8(JSON.stringify({ _: KIND, ...set }));
}
