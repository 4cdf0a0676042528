/** Makes App Attest receipts under a test root, in definite lengths or, as Apple sends them, in BER. */
import { sign } from 'node:crypto';
import { concat, der, TAG, utf8 } from '@assay/formats';
import type { ReceiptContext, ReceiptInput } from '../../src/index.ts';
import { APP_ID, DAY, device, NOW, pointOf, sha256 } from './mint-apple.ts';
import {
  type Authority,
  anchorOf,
  commonName,
  extension,
  generateKeys,
  type Issuer,
  type KeyPair,
  LEAF_EXTENSIONS,
  mintAuthority,
  mintCertificate,
} from './mint-certificate.ts';

const YEARS = { notBefore: NOW - 400 * DAY, notAfter: NOW + 400 * DAY };

export const receiptRoot: Authority = mintAuthority({ name: 'Test Root', serial: 1n, issuer: undefined, ...YEARS });
export const receiptIntermediate: Authority = mintAuthority({
  name: 'Test Integration CA',
  serial: 2n,
  issuer: receiptRoot,
  ...YEARS,
});
const signerKeys: KeyPair = generateKeys();
const receiptTrust = { receipt: [anchorOf('test-root', receiptRoot.certificate)] };

/** The attested certificate inside a receipt is only read for its key. */
export function attestedCertificate(keys: KeyPair): Uint8Array {
  return mintCertificate({
    subject: commonName('Test key'),
    publicKey: keys.publicKey,
    issuer: receiptRoot,
    serial: 9n,
    ...YEARS,
    extensions: LEAF_EXTENSIONS,
  });
}

const RECEIPT_MARK: Uint8Array = extension('1.2.840.113635.100.12.15', false, der.null());

export interface ReceiptSpec {
  /** Field number to value, in this order. */
  readonly fields: ReadonlyMap<number, Uint8Array>;
  /** Field values appended after all others. */
  readonly extraFields: readonly (readonly [number, Uint8Array])[];
  readonly signerExtensions: readonly Uint8Array[];
  readonly signerNotAfter: number;
  readonly signerIssuer: Issuer;
  readonly certificates: (signer: Uint8Array) => readonly Uint8Array[];
  readonly digestAlgorithm: string;
  readonly version: bigint;
  readonly signerVersion: bigint;
  /** Members after the certificates and after the signature, where CMS has revocation lists and unsigned attributes. */
  readonly revocationLists: readonly Uint8Array[];
  readonly unsignedAttributes: readonly Uint8Array[];
  readonly signatureKeys: KeyPair;
  /** Signed attributes in the order given; undefined signs the content itself, as Apple does. */
  readonly attributes: ((content: Uint8Array) => readonly Uint8Array[]) | undefined;
  /** Changes the content after it was signed. */
  readonly tamper: (content: Uint8Array) => Uint8Array;
  readonly tail: Uint8Array;
}

const FIELDS: ReadonlyMap<number, Uint8Array> = new Map([
  [2, utf8(APP_ID)],
  [3, attestedCertificate(device)],
  [4, sha256(utf8('challenge'))],
  [5, utf8('token')],
  [6, utf8('RECEIPT')],
  [7, utf8('production')],
  [12, utf8('2026-11-20T23:59:00.5Z')],
  [17, utf8('2')],
  [19, utf8('2026-11-21T23:59:00Z')],
  [21, utf8('2027-02-18T23:59:00.25Z')],
]);

export const CREATED: number = Date.parse('2026-11-20T23:59:00.500Z');

/** The default fields with one replaced, or left out. */
export function fieldsWith(id: number, value: string | Uint8Array | undefined): ReadonlyMap<number, Uint8Array> {
  const fields = new Map(FIELDS);
  if (value === undefined) fields.delete(id);
  else fields.set(id, typeof value === 'string' ? utf8(value) : value);
  return fields;
}

const RECEIPT: ReceiptSpec = {
  fields: FIELDS,
  extraFields: [],
  signerExtensions: [...LEAF_EXTENSIONS, RECEIPT_MARK],
  signerNotAfter: NOW + DAY,
  signerIssuer: receiptIntermediate,
  certificates: (signer) => [signer, receiptIntermediate.certificate, receiptRoot.certificate],
  digestAlgorithm: '2.16.840.1.101.3.4.2.1',
  version: 1n,
  signerVersion: 1n,
  revocationLists: [],
  unsignedAttributes: [],
  signatureKeys: signerKeys,
  attributes: undefined,
  tamper: (content) => content,
  tail: new Uint8Array(),
};

export interface ReceiptAttempt {
  readonly input: ReceiptInput;
  readonly context: ReceiptContext;
}

export function mintReceipt(changes: Partial<ReceiptSpec> = {}, input: Partial<ReceiptInput> = {}): ReceiptAttempt {
  const spec = { ...RECEIPT, ...changes };
  return {
    input: {
      receipt: concat(signedData(spec), spec.tail),
      appIds: [APP_ID],
      publicKey: pointOf(device),
      maxCreationAgeMs: 300_000,
      ...input,
    },
    context: { trust: receiptTrust, at: NOW },
  };
}

export function attribute(oid: string, value: Uint8Array): Uint8Array {
  return der.sequence(der.oid(oid), der.set(value));
}

export const CONTENT_TYPE: Uint8Array = attribute('1.2.840.113549.1.9.3', der.oid('1.2.840.113549.1.7.1'));

export function messageDigest(digest: Uint8Array): Uint8Array {
  return attribute('1.2.840.113549.1.9.4', der.octets(digest));
}

function payload({ fields, extraFields }: ReceiptSpec): Uint8Array {
  const items = [...fields, ...extraFields].map(([type, value]) =>
    der.sequence(der.integer(BigInt(type)), der.integer(1n), der.octets(value)),
  );
  return der.raw(TAG.SET, concat(...items));
}

function signedData(spec: ReceiptSpec): Uint8Array {
  const content = payload(spec);
  const algorithm = der.sequence(der.oid(spec.digestAlgorithm), der.null());
  const signer = mintCertificate({
    subject: commonName('Test Receipt Signing'),
    publicKey: signerKeys.publicKey,
    issuer: spec.signerIssuer,
    serial: 3n,
    notBefore: NOW - 30 * DAY,
    notAfter: spec.signerNotAfter,
    extensions: spec.signerExtensions,
  });
  return der.sequence(
    der.oid('1.2.840.113549.1.7.2'),
    der.explicit(
      0,
      der.sequence(
        der.integer(spec.version),
        der.set(algorithm),
        der.sequence(der.oid('1.2.840.113549.1.7.1'), der.explicit(0, der.octets(spec.tamper(content)))),
        der.implicit(0, concat(...spec.certificates(signer)), { constructed: true }),
        ...spec.revocationLists,
        der.set(signerInfo(spec, content, algorithm)),
      ),
    ),
  );
}

function signerInfo(spec: ReceiptSpec, content: Uint8Array, algorithm: Uint8Array): Uint8Array {
  const attributes = spec.attributes === undefined ? undefined : concat(...spec.attributes(content));
  const signed = attributes === undefined ? content : der.raw(TAG.SET, attributes);
  return der.sequence(
    der.integer(spec.signerVersion),
    der.sequence(spec.signerIssuer.name, der.integer(3n)),
    algorithm,
    ...(attributes === undefined ? [] : [der.implicit(0, attributes, { constructed: true })]),
    der.sequence(der.oid('1.2.840.10045.4.3.2')),
    der.octets(sign('sha256', signed, spec.signatureKeys.privateKey)),
    ...spec.unsignedAttributes,
  );
}
