import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { DerReader, parseBase64, parseBase64url, toBase64, toPem, utf8 } from '@assay/formats';
import {
  createSeededRandom,
  createTestRoots,
  createVirtualPhone,
  type Fault,
  type VirtualApp,
} from '@assay/virtual-devices';

/** Evidence of virtual phones, in the documents that the command line reads. */

const NOW: number = Date.UTC(2026, 10, 21, 12);
export const AT: string = new Date(NOW).toISOString();
const CHALLENGE = 'a challenge of this test';

const APP: VirtualApp = {
  appleId: 'TEST123456.com.example.bank',
  bundleVersion: '4201',
  package: 'com.example.bank',
  signer: 'ab'.repeat(32),
  versionCode: 4201,
};

const random = createSeededRandom(utf8('command line'));
const roots = createTestRoots(random);

export const ANDROID_ROOT: string = roots.anchors.android.map(({ pem }) => pem).join('\n');
export const APPLE_ROOT: string = roots.anchors.apple.map(({ pem }) => pem).join('\n');

/** A key attestation: the document, and its chain as PEM. */
export async function androidEvidence(faults: readonly Fault[] = []) {
  const phone = createVirtualPhone({ platform: 'android', roots, app: APP, random, clock: () => NOW, faults });
  if (phone.order !== 'statement_first') throw new TypeError('an Android phone');
  const { evidence } = await phone.attestNewKey(CHALLENGE);
  if (!Array.isArray(evidence.data)) throw new TypeError('a list of certificates');
  const chain = evidence.data.map(String);
  return {
    pem: chain.map((each) => `${toPem(parseBase64(each), 'CERTIFICATE')}\n`).join(''),
    document: {
      ...{ id: 'android', kind: 'android-key-attestation', chain, challenge: { utf8: CHALLENGE }, verifyAt: AT },
      ...{ expectedPackage: APP.package, expectedDigestSha256Hex: APP.signer },
    },
  };
}

function createPhone() {
  const phone = createVirtualPhone({ platform: 'ios', roots, app: APP, random, clock: () => NOW });
  if (phone.order !== 'key_first') throw new TypeError('an iOS phone');
  return phone;
}

/** An App Attest attestation. */
export async function appleEvidence() {
  const phone = createPhone();
  const anchor = await phone.createAnchor();
  const { data } = await phone.attest(anchor, CHALLENGE);
  return {
    ...{ id: 'apple', attestationObject: String(data), keyId: toBase64(parseBase64url(anchor)), appId: APP.appleId },
    ...{ clientDataHash: createHash('sha256').update(CHALLENGE).digest('base64'), verifyAt: AT },
  };
}

/** An App Attest assertion, with the key that it is checked by. */
export async function assertionEvidence() {
  const phone = createPhone();
  const anchor = await phone.createAnchor();
  const attested = await phone.attest(anchor, CHALLENGE);
  const { data } = await phone.assert(anchor, CHALLENGE);
  return {
    assertionObject: String(data),
    clientData: CHALLENGE,
    appId: APP.appleId,
    key: attestedKey(String(attested.data)),
  };
}

/** Of the certificate that the attestation begins with. */
function attestedKey(attestation: string): KeyObject {
  const text = Buffer.from(attestation, 'base64');
  const start = text.indexOf(Uint8Array.from([0x30, 0x82]));
  const der = DerReader.of(text.subarray(start), { maxBytes: text.length }).raw();
  return new X509Certificate(der).publicKey;
}
