/**
 * The part of CMS SignedData (RFC 5652, 5) that Apple's receipts use: one signer, SHA-256 with ECDSA, content inside.
 * Receipts come in BER with indefinite lengths and a split OCTET STRING, so they are normalised first.
 */
import { RequestError } from '@assay/core';
import { DerReader, normaliseBer, TAG } from '@assay/formats';

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const;

/** Context-specific constructed [0], [1]. */
const CONTEXT_0 = 0xa0;

export interface SignedData {
  readonly content: Uint8Array;
  /** DER certificates in the order sent. */
  readonly certificates: readonly Uint8Array[];
  readonly signer: Signer;
}

export interface Signer {
  /** DER Name of the issuer and content octets of the serial number of the signer's certificate. */
  readonly issuer: Uint8Array;
  readonly serial: Uint8Array;
  readonly attributes: SignedAttributes | undefined;
  /** DER ECDSA-Sig-Value. */
  readonly signature: Uint8Array;
}

export interface SignedAttributes {
  /** The attributes as a DER SET, which is what the signature covers (RFC 5652, 5.4). */
  readonly der: Uint8Array;
  readonly messageDigest: Uint8Array;
}

/** @throws RequestError `der.*`, `evidence.form_unsupported` */
export function parseSignedData(bytes: Uint8Array): SignedData {
  const outer = DerReader.of(normaliseBer(bytes));
  const contentInfo = outer.enter(TAG.SEQUENCE);
  outer.end();
  expectOid(contentInfo, OID.signedData);
  const wrapper = contentInfo.enter(CONTEXT_0);
  contentInfo.end();
  const signedData = wrapper.enter(TAG.SEQUENCE);
  wrapper.end();
  return readSignedData(signedData);
}

function readSignedData(reader: DerReader): SignedData {
  expectVersion(reader);
  const digests = reader.enter(TAG.SET);
  expectAlgorithm(digests, OID.sha256);
  digests.end();
  const content = readContent(reader.enter(TAG.SEQUENCE));
  const certificates = readCertificates(reader.enter(CONTEXT_0));
  const signers = reader.enter(TAG.SET);
  reader.end();
  const signer = readSigner(signers.enter(TAG.SEQUENCE));
  signers.end();
  return { content, certificates, signer };
}

function readContent(reader: DerReader): Uint8Array {
  expectOid(reader, OID.data);
  const wrapper = reader.enter(CONTEXT_0);
  reader.end();
  const content = wrapper.octetString();
  wrapper.end();
  return content;
}

function readCertificates(reader: DerReader): readonly Uint8Array[] {
  const certificates: Uint8Array[] = [];
  while (!reader.isEmpty) certificates.push(reader.raw(TAG.SEQUENCE));
  return certificates;
}

function readSigner(reader: DerReader): Signer {
  expectVersion(reader);
  const identifier = reader.enter(TAG.SEQUENCE);
  const issuer = identifier.raw(TAG.SEQUENCE);
  const serial = identifier.integerBytes();
  identifier.end();
  expectAlgorithm(reader, OID.sha256);
  const attributes = reader.peek() === CONTEXT_0 ? readAttributes(reader.raw(CONTEXT_0)) : undefined;
  expectAlgorithm(reader, OID.ecdsaWithSha256);
  const signature = reader.octetString();
  reader.end();
  return { issuer, serial, attributes, signature };
}

function readAttributes(tagged: Uint8Array): SignedAttributes {
  const der = Uint8Array.from(tagged);
  der[0] = TAG.SET;
  const values = new Map<string, Uint8Array>();
  const set = DerReader.of(der).enter(TAG.SET);
  while (!set.isEmpty) {
    const attribute = set.enter(TAG.SEQUENCE);
    const oid = attribute.oid();
    if (values.has(oid)) throw unsupported('each signed attribute once');
    values.set(oid, attribute.raw(TAG.SET));
    attribute.end();
  }
  const contentType = onlyValue(values, OID.contentType);
  if (contentType.oid() !== OID.data) throw unsupported('content type data');
  return { der, messageDigest: onlyValue(values, OID.messageDigest).octetString() };
}

/** The single value of a mandatory attribute (RFC 5652, 11.1 and 11.2). */
function onlyValue(values: ReadonlyMap<string, Uint8Array>, oid: string): DerReader {
  const set = values.get(oid);
  if (set === undefined) throw unsupported(`signed attribute ${oid}`);
  const reader = DerReader.of(set).enter(TAG.SET);
  const value = DerReader.of(reader.raw());
  reader.end();
  return value;
}

/** What follows from the form: content of type data, a signer named by issuer and serial (RFC 5652, 5.1 and 5.3). */
function expectVersion(reader: DerReader): void {
  if (reader.smallInteger() !== 1) throw unsupported('version 1');
}

function expectOid(reader: DerReader, expected: string): void {
  if (reader.oid() !== expected) throw unsupported(expected);
}

/** AlgorithmIdentifier with absent or NULL parameters. */
function expectAlgorithm(reader: DerReader, expected: string): void {
  const algorithm = reader.enter(TAG.SEQUENCE);
  expectOid(algorithm, expected);
  if (!algorithm.isEmpty) algorithm.nullValue();
  algorithm.end();
}

function unsupported(expected: string): RequestError {
  return new RequestError('evidence.form_unsupported', 'the signed data is not of the form that Apple uses', {
    expected,
  });
}
