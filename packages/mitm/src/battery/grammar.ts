import { flag, integer, list, matching, misfit, object, oneOf, type Reader } from '@assay/formats/shape';
import { type PinSetRecipe, STEPS, type Step } from '../case.ts';
import {
  CERTIFICATES,
  type CertificateRecipe,
  type ChainRecipe,
  type HttpRecipe,
  KEYS,
  type RawRecipe,
  type Recipe,
  type StapleRecipe,
  type Template,
  type TimestampsRecipe,
  TLS_VERSIONS,
  type TlsRecipe,
} from '../recipe.ts';
import { isTemplate } from './template.ts';

/** Certificates, names and steps of one case. */
const MAX_LISTED = 16;
/** More than any client was found to bear, and little enough to be forged in a second. */
const MAX_FURTHER = 20_000;
const MAX_STRANGERS = 500;
/** A century, in seconds. */
const MAX_CLOCK = 3_153_600_000;

const template: Reader<string> = (value, path) =>
  typeof value === 'string' && value.length <= 253 && isTemplate(value)
    ? value
    : misfit(path, 'at most 253 characters, in which braces are around a known placeholder');

const name = oneOf(CERTIFICATES);
const span = matching(/^[+-][0-9]{1,4}[mhdy]$/, 'a span such as -1d, +12h or +2y');
const absent = oneOf(['absent']);

const timestamps: Reader<TimestampsRecipe> = object(
  { by: oneOf(['embedded', 'handshake', 'none']) },
  { fault: oneOf(['none', 'signature', 'unknown-log', 'one-operator', 'too-few', 'future']) },
);

const certificate: Reader<CertificateRecipe> = object(
  {},
  {
    key: oneOf(KEYS.map((key) => key.name)),
    issuer: oneOf([...CERTIFICATES, 'self']),
    commonName: template,
    names: list(template, MAX_LISTED),
    addresses: list(matching(/^[0-9a-fA-F.:]{2,45}$/, 'an address'), MAX_LISTED),
    furtherNames: integer(0, MAX_FURTHER),
    notBefore: span,
    notAfter: span,
    serial: oneOf(['zero', 'negative', 'too-long']),
    version: oneOf([1, 2, 3]),
    basicConstraints: oneOf(['ca', 'not-ca', 'absent']),
    pathLength: integer(0, 255),
    keyUsage: either(absent, list(oneOf(['digitalSignature', 'keyCertSign', 'cRLSign', 'keyEncipherment']), 4, 1)),
    extKeyUsage: either(absent, list(oneOf(['serverAuth', 'clientAuth', 'codeSigning', 'ocspSigning', 'any']), 5, 1)),
    extKeyUsageCritical: flag,
    permitted: list(template, MAX_LISTED),
    excluded: list(template, MAX_LISTED),
    furtherExcluded: integer(0, MAX_FURTHER),
    unknownExtension: oneOf(['critical', 'plain']),
    mustStaple: flag,
    poison: flag,
    timestamps,
    hash: oneOf(['sha256', 'sha384', 'sha1', 'md5']),
    signature: oneOf(['broken']),
    encoding: oneOf(['indefinite-length', 'long-length', 'unsorted-set', 'trailing-octet']),
    spki: oneOf(['unknown-curve']),
  },
);

const chain: Reader<ChainRecipe> = object(
  {},
  {
    leaf: certificate,
    intermediate: certificate,
    upper: certificate,
    root: certificate,
    authority: oneOf(['lab', 'unknown', 'impostor']),
    depth: oneOf([1, 2]),
    send: list(name, MAX_LISTED, 1),
    strangers: integer(0, MAX_STRANGERS),
  },
);

const tls: Reader<TlsRecipe> = object(
  {},
  {
    versions: list(oneOf(TLS_VERSIONS), TLS_VERSIONS.length, 1),
    cipher: matching(/^TLS_[A-Za-z0-9_]{1,60}$/, 'the name that IANA gives a cipher suite'),
    groupBits: oneOf([1024, 2048]),
    downgrade: oneOf(['with-sentinel', 'without-sentinel']),
    alpn: list(matching(/^[!-~]{1,32}$/, 'a protocol name'), MAX_LISTED, 1),
    clientCertificate: oneOf(['request']),
    sessions: oneOf(['tickets', 'none', 'early-data']),
  },
);

const STAPLE = {
  status: oneOf(['good', 'revoked', 'unknown', 'try-later', 'none']),
  fault: oneOf(['expired', 'signature', 'serial', 'foreign-responder', 'no-next-update']),
};

const http: Reader<HttpRecipe> = object(
  {},
  {
    redirect: matching(/^https?:\/\/[!-~]{1,200}$/, 'an address'),
    hsts: flag,
    connection: oneOf(['close']),
    http3: flag,
    cleartext: oneOf(['answered']),
  },
);

const raw: Reader<RawRecipe> = object({ kind: oneOf(['closed', 'held', 'garbage', 'ssl3']) });

const PIN_SET = {
  pins: list(oneOf(KEYS.map((key) => key.name)), KEYS.length, 1),
  fault: oneOf(['signature', 'rolled-back', 'other-app', 'stale', 'expired', 'unavailable']),
  intercepted: flag,
};

/** `Object.keys` of a table whose keys are its type. */
const step: Reader<Step> = oneOf(Object.keys(STEPS) as Step[]);

const SURROUNDINGS = {
  host: template,
  steps: list(step, MAX_LISTED, 1),
  clock: integer(-MAX_CLOCK, MAX_CLOCK),
};
const SERVER = { chain, tls, http, raw };

/** What a client meets in a case: the server, and what surrounds it. */
export interface Setting extends Recipe {
  readonly host: Template;
  readonly steps: readonly Step[];
  readonly clock?: number;
  readonly pinSet?: PinSetRecipe;
}

/** Some of its members, to be laid over another setting. */
export interface Change extends Partial<Omit<Setting, 'staple' | 'pinSet'>> {
  readonly staple?: Partial<StapleRecipe>;
  readonly pinSet?: Partial<PinSetRecipe>;
}

const { status, ...ofStaple } = STAPLE;
const { pins, ...ofPinSet } = PIN_SET;

export const change: Reader<Change> = object(
  {},
  { ...SERVER, ...SURROUNDINGS, staple: object({}, STAPLE), pinSet: object({}, PIN_SET) },
);

export const setting: Reader<Setting> = object(
  { host: SURROUNDINGS.host, steps: SURROUNDINGS.steps },
  {
    ...SERVER,
    clock: SURROUNDINGS.clock,
    staple: object({ status }, ofStaple),
    pinSet: object({ pins }, ofPinSet),
  },
);

function either<A, B>(first: Reader<A>, second: Reader<B>): Reader<A | B> {
  return (value, path) => (typeof value === 'string' ? first(value, path) : second(value, path));
}
