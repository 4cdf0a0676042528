/**
 * Descriptions for people, as plain JSON and without any trust decision: nothing here is proven. Key identifiers, nonces,
 * hashes, tokens and raw bytes are left out, since a description ends up in tickets and logs.
 */
import type { CborMap } from '@assay/formats';
import { type Certificate, parseCertificate } from '@assay/x509';
import { parseAssertionObject } from './assertion/object.ts';
import { parseAttestationObject } from './attestation/object.ts';
import { readOperatingSystem, UNKNOWN_SYSTEM } from './attestation/os-version.ts';
import { parseAttestationData } from './authenticator-data.ts';
import { readLaunchInfo } from './launch-info.ts';
import { parseSignedData } from './receipt/cms.ts';
import { parsePayload } from './receipt/payload.ts';

export interface LaunchDescription {
  readonly category: string | null;
  readonly bundleVersion: string | null;
}

export interface CertificateDescription {
  readonly issuer: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly extensions: readonly string[];
}

export interface AttestationDescription {
  readonly format: string;
  readonly certificates: readonly CertificateDescription[];
  readonly counter: number;
  /** The sixteen bytes as text, without trailing zeros. */
  readonly environment: string;
  readonly launch: LaunchDescription;
  readonly osVersion: string | null;
  readonly osBuild: string | null;
  readonly osFamily: string | null;
  readonly receiptBytes: number;
}

export interface AssertionDescription {
  readonly counter: number;
  readonly launch: LaunchDescription;
}

export interface ReceiptDescription {
  readonly type: string;
  readonly appId: string;
  readonly environment: string | null;
  readonly creationTime: string;
  readonly notBefore: string | null;
  readonly expirationTime: string;
  readonly riskMetric: number | null;
  readonly certificates: readonly CertificateDescription[];
}

const clause = 'inspection';

/** @throws RequestError when the bytes are no attestation object */
export function inspectAppAttest(bytes: Uint8Array): AttestationDescription {
  const object = parseAttestationObject(bytes);
  const data = parseAttestationData(object.authenticatorData);
  const certificates = object.x5c.map((der) => parseCertificate(der));
  const [leaf] = certificates;
  const system = leaf === undefined ? UNKNOWN_SYSTEM : readOperatingSystem(leaf);
  return {
    format: object.format,
    certificates: certificates.map(describeCertificate),
    counter: data.counter,
    environment: new TextDecoder().decode(data.aaguid).replace(/\0+$/, ''),
    launch: describeLaunch(data.extensions),
    osVersion: system.version ?? null,
    osBuild: system.build ?? null,
    osFamily: system.family ?? null,
    receiptBytes: object.receipt.length,
  };
}

/** @throws RequestError when the bytes are no assertion object */
export function inspectAssertion(bytes: Uint8Array): AssertionDescription {
  const { authenticatorData } = parseAssertionObject(bytes);
  return { counter: authenticatorData.counter, launch: describeLaunch(authenticatorData.extensions) };
}

/** @throws RequestError when the bytes are no receipt */
export function inspectReceipt(bytes: Uint8Array): ReceiptDescription {
  const signed = parseSignedData(bytes);
  const payload = parsePayload(signed.content);
  return {
    type: payload.type,
    appId: payload.appId,
    environment: payload.environment ?? null,
    creationTime: isoTime(payload.creationTime),
    notBefore: payload.notBefore === undefined ? null : isoTime(payload.notBefore),
    expirationTime: isoTime(payload.expirationTime),
    riskMetric: payload.riskMetric ?? null,
    certificates: signed.certificates.map((der) => describeCertificate(parseCertificate(der))),
  };
}

/** Without the subject: in a leaf it is the key identifier. */
function describeCertificate(certificate: Certificate): CertificateDescription {
  return {
    issuer: certificate.issuer.attributes.map(({ value }) => value).join(', '),
    notBefore: isoTime(certificate.notBefore),
    notAfter: isoTime(certificate.notAfter),
    extensions: [...certificate.extensions.keys()],
  };
}

function describeLaunch(extensions: CborMap): LaunchDescription {
  const { category, bundleVersion } = readLaunchInfo(extensions, clause);
  return { category: category ?? null, bundleVersion: bundleVersion ?? null };
}

const isoTime = (time: number): string => new Date(time).toISOString();
