import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Random } from '@assay/core';
import { concat, toPem, uint32 } from '@assay/formats';
import { createAuthorities, TEST_ROOT_NAME, type TestAuthorities } from './certificates/authorities.ts';
import { createKeys, type TestKeys } from './certificates/keys.ts';
import type { Authority } from './certificates/mint.ts';

/** A root in the form that `loadAnchor` of `@assay/x509` takes. For environments of kind `development` alone. */
export interface TestAnchor {
  readonly id: string;
  readonly pem: string;
  /** SHA-256 of the DER, lower-case hex. */
  readonly sha256: string;
  readonly source: typeof TEST_ROOT_NAME;
  readonly date: string;
  /**
   * `hardware`: verifiers take for proven what phones under this root say, as they do under Google's. `hms`, `harmony`: which
   * of Huawei's services signs under it.
   */
  readonly kind?: 'hardware' | 'hms' | 'harmony';
}

/** The two keys of Play Integrity for one app, as the Play Console hands them out, decoded. */
export interface TestPlayKeys {
  readonly decryptionKey: Uint8Array;
  /** SubjectPublicKeyInfo. */
  readonly verificationKey: Uint8Array;
}

/** Authorities of one's own, and look-alikes that nobody is told to trust. */
export interface TestRoots {
  readonly anchors: {
    readonly apple: readonly TestAnchor[];
    readonly android: readonly TestAnchor[];
    readonly huawei: readonly TestAnchor[];
  };
  /** What a server opens the Play tokens of test phones with. */
  readonly playKeys: TestPlayKeys;
  /** The attestation status list under these roots, JSON: it names the leaked attestation certificate. */
  readonly statusList: string;
  readonly genuine: TestAuthorities;
  /** The same names, other keys. */
  readonly lookalike: TestAuthorities;
  /** Signs results of HMS: RSA, which cannot be made out of given bytes, so it is made when it is first asked for. */
  readonly hmsKey: () => KeyObject;
  /** Who signs as Google Play, and who would like to. */
  readonly playSigners: { readonly genuine: TestKeys; readonly lookalike: TestKeys };
}

const AES_256_BYTES = 32;

/**
 * Makes test roots out of `random`: the same bytes give the same names and keys. Whoever trusts them trusts everybody who
 * can run this code, so a server takes them in environments of kind `development` only.
 */
export function createTestRoots(random: Random): TestRoots {
  const genuine = createAuthorities(random);
  const [, appleRoot] = genuine.apple;
  const [, , googleRoot] = genuine.factory;
  if (googleRoot === undefined) throw new TypeError('a factory chain ends at its root');
  const lookalike = createAuthorities(random);
  const playSigners = { genuine: createKeys(random), lookalike: createKeys(random) };
  return {
    anchors: {
      apple: [anchorOf('assay-test-apple', appleRoot)],
      android: [{ ...anchorOf('assay-test-google', googleRoot), kind: 'hardware' }],
      huawei: [
        { ...anchorOf('assay-test-hms', genuine.hms[1]), kind: 'hms' },
        { ...anchorOf('assay-test-harmony', genuine.harmony[1]), kind: 'harmony' },
      ],
    },
    playKeys: { decryptionKey: random(AES_256_BYTES), verificationKey: playSigners.genuine.spki },
    statusList: statusListOf(genuine.leaked[0]),
    ...{ genuine, lookalike, playSigners, hmsKey: createRsaKeyOnce() },
  };
}

function createRsaKeyOnce(): () => KeyObject {
  let made: KeyObject | undefined;
  return () => {
    made ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    return made;
  };
}

/**
 * An endless stream out of a seed, so that server and phones in different processes can make the same test roots. Nothing
 * made with it is a secret to whoever knows the seed.
 */
export function createSeededRandom(seed: Uint8Array): Random {
  let counter = 0;
  return (length) => {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, () => {
      counter += 1;
      return createHash('sha256')
        .update(concat(seed, uint32(counter)))
        .digest();
    });
    return concat(...blocks).subarray(0, length);
  };
}

function anchorOf(id: string, { certificate }: Authority): TestAnchor {
  const sha256 = createHash('sha256').update(certificate).digest('hex');
  return { id, pem: toPem(certificate, 'CERTIFICATE'), sha256, source: TEST_ROOT_NAME, date: '2020-01-01' };
}

function statusListOf({ serial }: Authority): string {
  return JSON.stringify({ entries: { [serial.toString(16)]: { status: 'REVOKED', reason: 'KEY_COMPROMISE' } } });
}
