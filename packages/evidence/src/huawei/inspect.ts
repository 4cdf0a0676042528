/**
 * A description for people, as plain JSON and without any trust decision: nothing here is proven. The nonce is left out,
 * since a description ends up in tickets and logs.
 */
import { parseStrictJson } from '@assay/formats';
import { attributeValues, type Certificate, describeKey, parseCertificate } from '@assay/x509';
import { readMembers } from '../shared/compact.ts';
import { passedOver } from '../shared/vendor-json.ts';
import { FLAVOURS, type Flavour, type SysIntegrityPayload } from './flavours.ts';
import { parseJws } from './jws.ts';

export interface SysIntegrityDescription {
  readonly flavour: Flavour;
  readonly alg: string | null;
  readonly certificates: readonly HuaweiCertificateDescription[];
  readonly result: SysIntegrityResultDescription;
}

export interface HuaweiCertificateDescription {
  readonly commonName: string | null;
  readonly key: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

export interface SysIntegrityResultDescription {
  readonly package: string | null;
  readonly signers: readonly string[];
  readonly appId: string | null;
  readonly madeAt: string | null;
  readonly basicIntegrity: boolean | null;
  readonly detail: readonly string[];
  readonly passedOver: readonly string[];
}

/**
 * Describes a result of either service, told apart by the name of its bundle.
 *
 * @throws RequestError `evidence.*`, `base64.*`, `json.*`, `x509.*` when it does not decode
 */
export function inspectSysIntegrity(token: string): SysIntegrityDescription {
  const jws = parseJws(token);
  const value = parseStrictJson(jws.payload);
  const flavour = flavourOf(value);
  const { read, shape } = FLAVOURS[flavour];
  return {
    flavour,
    alg: typeof jws.alg === 'string' ? jws.alg : null,
    certificates: jws.x5c.map((der) => describeCertificate(parseCertificate(der))),
    result: { ...describeResult(readMembers(value, read)), passedOver: passedOver(value, shape) },
  };
}

/** By a member that only one of the services writes. */
function flavourOf(value: unknown): Flavour {
  return typeof value === 'object' && value !== null && 'hapBundleName' in value ? 'harmony' : 'hms';
}

function describeCertificate({ subject, key, notBefore, notAfter }: Certificate): HuaweiCertificateDescription {
  return {
    commonName: attributeValues(subject, '2.5.4.3')[0] ?? null,
    key: describeKey(key),
    notBefore: new Date(notBefore).toISOString(),
    notAfter: new Date(notAfter).toISOString(),
  };
}

/** The last moment that a Date can hold. */
const MAX_DATE = 8.64e15;

function describeResult(payload: SysIntegrityPayload): Omit<SysIntegrityResultDescription, 'passedOver'> {
  const { timestamp = Number.POSITIVE_INFINITY } = payload;
  return {
    package: payload.package ?? null,
    signers: payload.signers,
    appId: payload.appId ?? null,
    madeAt: timestamp <= MAX_DATE ? new Date(timestamp).toISOString() : null,
    basicIntegrity: payload.basicIntegrity ?? null,
    detail: payload.detail,
  };
}
