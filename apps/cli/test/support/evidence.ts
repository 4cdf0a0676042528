import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { DerReader, parseBase64, parseBase64url, toBase64, toPem, utf8 } from '@assay/formats';
import {
  createSeededRandom,
  createTestRoots,
  createVirtualPhone,
  type Fault,
  type VirtualApp,
  type VirtualPhone,
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

const common = { roots, app: APP, random, clock: () => NOW };

/** The two keys of the Play Console, as it writes them. */
export const PLAY_KEYS = {
  decryptionKey: toBase64(roots.playKeys.decryptionKey),
  verificationKey: toBase64(roots.playKeys.verificationKey),
};

export const huaweiRoot = (flavour: 'hms' | 'harmony'): string =>
  roots.anchors.huawei
    .filter(({ kind }) => kind === flavour)
    .map(({ pem }) => pem)
    .join('\n');

async function tokenOf(phone: VirtualPhone, binding: string): Promise<string> {
  if (phone.order !== 'software_key') throw new TypeError('a phone with a token alone');
  return String((await phone.attest(binding)).data);
}

/** A Play Integrity token of a standard request. */
export async function playEvidence(faults: readonly Fault[] = []) {
  const phone = createVirtualPhone({ ...common, platform: 'android', brings: 'play', faults });
  return {
    ...{ id: 'play', token: await tokenOf(phone, CHALLENGE), expectedRequestHash: CHALLENGE, verifyAt: AT },
    ...{ expectedPackage: APP.package, expectedDigestSha256Hex: APP.signer, ...PLAY_KEYS },
  };
}

/** A system integrity result. */
export async function huaweiEvidence(flavour: 'hms' | 'harmony', faults: readonly Fault[] = []) {
  const nonce = toBase64(utf8(CHALLENGE));
  const phone =
    flavour === 'hms'
      ? createVirtualPhone({ ...common, platform: 'android', brings: 'hms', faults })
      : createVirtualPhone({ ...common, platform: 'harmonyos', faults });
  return {
    ...{ id: flavour, flavour, jws: await tokenOf(phone, flavour === 'hms' ? CHALLENGE : nonce), verifyAt: AT },
    ...{ expectedNonce: nonce, expectedPackage: APP.package, expectedDigestSha256Hex: APP.signer },
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
