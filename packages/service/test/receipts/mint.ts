/** App Attest receipts under a test root, in the form that Apple's have. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { concat, der, TAG, toPem, utf8 } from '@assay/formats';
import { loadAnchor, type TrustAnchor } from '@assay/x509';

const DAY = 86_400_000;
export const START: number = Date.UTC(2026, 10, 21, 12);
const [BEFORE, AFTER] = [START - 300 * DAY, START + 300 * DAY];

interface Keys {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}
interface Authority {
  readonly name: Uint8Array;
  readonly keys: Keys;
}

const newKeys = (): Keys => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const nameOf = (text: string) => der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8(text))));
const spkiOf = (key: KeyObject): Uint8Array => key.export({ format: 'der', type: 'spki' });
const extension = (oid: string, critical: boolean, value: Uint8Array) =>
  der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octets(value));

const ECDSA = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const AUTHORITY = [
  extension('2.5.29.19', true, der.sequence(der.boolean(true))),
  extension('2.5.29.15', true, der.bits(Uint8Array.of(0x06), 1)),
];
const LEAF = extension('2.5.29.19', true, der.sequence());
const RECEIPT_MARK = extension('1.2.840.113635.100.12.15', false, der.null());

function certify(
  subject: Uint8Array,
  key: KeyObject,
  issuer: Authority,
  extensions: readonly Uint8Array[],
): Uint8Array {
  const tbs = der.sequence(
    ...[der.explicit(0, der.integer(2n)), der.integer(3n), ECDSA, issuer.name],
    ...[der.sequence(der.utcTime(BEFORE), der.utcTime(AFTER)), subject, spkiOf(key)],
    der.explicit(3, der.sequence(...extensions)),
  );
  return der.sequence(tbs, ECDSA, der.bits(sign('sha256', tbs, issuer.keys.privateKey)));
}

const root: Authority = { name: nameOf('Test receipt root'), keys: newKeys() };
const issuing: Authority = { name: nameOf('Test receipt issuer'), keys: newKeys() };
const signer = newKeys();
const rootDer = certify(root.name, root.keys.publicKey, root, AUTHORITY);
const issuingDer = certify(issuing.name, issuing.keys.publicKey, root, AUTHORITY);
const signerDer = certify(nameOf('Test receipt signer'), signer.publicKey, issuing, [LEAF, RECEIPT_MARK]);

export const RECEIPT_ANCHORS: readonly TrustAnchor[] = [
  loadAnchor({
    ...{ id: 'test-receipt-root', source: 'made by the test', date: '2026-11-21' },
    ...{ pem: toPem(rootDer, 'CERTIFICATE'), sha256: createHash('sha256').update(rootDer).digest('hex') },
  }),
];

export const APP_ID = 'TEAM123456.com.example.bank';
export const device: Keys = newKeys();
export const otherDevice: Keys = newKeys();
export const pointOf = ({ publicKey }: Keys): Uint8Array => spkiOf(publicKey).subarray(-65);

export interface ReceiptSpec {
  readonly appId: string;
  readonly keys: Keys;
  readonly type: 'ATTEST' | 'RECEIPT';
  /** Epoch milliseconds. */
  readonly at: number;
  readonly metric: number | undefined;
}

export function mintReceipt(change: Partial<ReceiptSpec> = {}): Uint8Array {
  const spec: ReceiptSpec = { appId: APP_ID, keys: device, type: 'ATTEST', at: START, metric: undefined, ...change };
  const content = der.raw(TAG.SET, concat(...fieldsOf(spec).map(toField)));
  const sha256 = der.sequence(der.oid('2.16.840.1.101.3.4.2.1'), der.null());
  const signerInfo = der.sequence(
    ...[der.integer(1n), der.sequence(issuing.name, der.integer(3n)), sha256, ECDSA],
    der.octets(sign('sha256', content, signer.privateKey)),
  );
  const signedData = der.sequence(
    ...[der.integer(1n), der.set(sha256)],
    der.sequence(der.oid('1.2.840.113549.1.7.1'), der.explicit(0, der.octets(content))),
    der.implicit(0, concat(signerDer, issuingDer, rootDer), { constructed: true }),
    der.set(signerInfo),
  );
  return der.sequence(der.oid('1.2.840.113549.1.7.2'), der.explicit(0, signedData));
}

const toField = ([type, value]: readonly [number, Uint8Array | string]) =>
  der.sequence(der.integer(BigInt(type)), der.integer(1n), der.octets(typeof value === 'string' ? utf8(value) : value));

function fieldsOf({ appId, keys, type, at, metric }: ReceiptSpec): readonly (readonly [number, Uint8Array | string])[] {
  const iso = (time: number) => new Date(time).toISOString();
  return [
    [2, appId],
    [3, certify(nameOf('Test key'), keys.publicKey, root, [LEAF])],
    [4, createHash('sha256').update('challenge').digest()],
    [5, 'token'],
    [6, type],
    [7, 'production'],
    [12, iso(at)],
    ...(metric === undefined ? [] : [[17, String(metric)] as const]),
    ...(type === 'RECEIPT' ? [[19, iso(at + DAY)] as const] : []),
    [21, iso(at + 90 * DAY)],
  ];
}
