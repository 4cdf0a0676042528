import { type JsonValue, parseStrictJson, utf8 } from '@assay/formats';
import { appId, counter, envName, MAX_DOCUMENT_BYTES, MAX_HOSTS, MAX_PINS, seconds } from './limits.ts';
import { boolean, exactly, listOf, malformed, oneOf, type Reader, text, whole } from './shape.ts';

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

const pins = listOf(text(PIN, 'base64 of 32 bytes'), MAX_PINS, String);
const reportPath = text(/^\/[A-Za-z0-9/_.-]{1,127}$/, 'a path');

const pinnedHost: Reader<PinnedHost> = (value, path) => {
  const { h, sub, mode, exp, spki, revoked } = exactly(value, path, ['h', 'sub', 'mode', 'exp', 'spki'], ['revoked']);
  return {
    h: text(HOST, 'a host name')(h, `${path}.h`),
    sub: boolean(sub, `${path}.sub`),
    mode: oneOf('enforce', 'monitor')(mode, `${path}.mode`),
    exp: seconds(exp, `${path}.exp`),
    spki: pins(spki, `${path}.spki`),
    ...(revoked === undefined ? {} : { revoked: pins(revoked, `${path}.revoked`) }),
  };
};

const MEMBERS = ['_', 'app', 'env', 'epoch', 'v', 'iat', 'nbf', 'exp', 'refresh', 'hosts', 'on_expiry'];

/**
 * Reads the payload of a pin set.
 *
 * @throws RequestError `pins.document_malformed`, or a format's code.
 */
export function parsePinSet(payload: Uint8Array): PinSet {
  const json = parseStrictJson(payload, { maxBytes: MAX_DOCUMENT_BYTES, maxDepth: 5 });
  const members = exactly(json, '$', MEMBERS, ['report_to']);
  oneOf(KIND)(members['_'], '$._');
  const set = { ...headOf(members), ...bodyOf(members) };
  if (set.exp <= set.nbf || set.exp <= set.iat) malformed('$.exp', 'later than nbf and iat');
  return set;
}

type Members = Readonly<Record<string, JsonValue>>;

function headOf({
  app,
  env,
  epoch,
  v,
  iat,
  nbf,
  exp,
}: Members): Pick<PinSet, 'app' | 'env' | 'epoch' | 'v' | 'iat' | 'nbf' | 'exp'> {
  return {
    app: appId(app, '$.app'),
    env: envName(env, '$.env'),
    epoch: counter(epoch, '$.epoch'),
    v: counter(v, '$.v'),
    iat: seconds(iat, '$.iat'),
    nbf: seconds(nbf, '$.nbf'),
    exp: seconds(exp, '$.exp'),
  };
}

function bodyOf({
  refresh,
  hosts,
  on_expiry,
  report_to,
}: Members): Pick<PinSet, 'refresh' | 'hosts' | 'on_expiry' | 'report_to'> {
  return {
    refresh: whole(60, 30 * 86_400)(refresh, '$.refresh'),
    hosts: listOf(pinnedHost, MAX_HOSTS, ({ h }) => h)(hosts, '$.hosts'),
    on_expiry: oneOf('keep', 'block', 'system')(on_expiry, '$.on_expiry'),
    ...(report_to === undefined ? {} : { report_to: reportPath(report_to, '$.report_to') }),
  };
}

/** The payload of a pin set, ready to be signed. */
export function toPinSetPayload(set: PinSet): Uint8Array {
  return utf8(JSON.stringify({ _: KIND, ...set }));
}
