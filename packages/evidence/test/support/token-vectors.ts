import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePem, toHex } from '@assay/formats';
import { loadAnchor, type TrustAnchor } from '@assay/x509';
import { type Appraisal, type HuaweiFlavour, verifyPlayIntegrity, verifySysIntegrity } from '../../src/index.ts';

/** A case of the synthetic vectors of Play Integrity or Huawei. */
export interface TokenCase {
  readonly name: string;
  /** As the documentation names it. */
  readonly label: string;
  /** `policy`: the checks pass, and a policy decides. */
  readonly expected: 'accept' | 'reject' | 'policy';
  readonly run: () => Appraisal<unknown>;
}

interface PlayVectors {
  readonly decryptionKey: string;
  readonly verificationKey: string;
  readonly defaults: {
    readonly expectedPackage: string;
    readonly expectedDigest: string;
    readonly now: string;
    readonly maxAgeSeconds: number;
  };
  readonly cases: readonly {
    readonly id: string;
    readonly token: string;
    readonly expected: TokenCase['expected'];
    readonly expectedRequestHash?: string;
    readonly expectedNonceBytes?: string;
  }[];
}

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'base64');

export function playCases(dir: string): readonly TokenCase[] {
  const vectors: PlayVectors = read(dir, 'play-integrity');
  const { defaults, decryptionKey, verificationKey } = vectors;
  const keys = { decryptionKey: bytesOf(decryptionKey), verificationKey: bytesOf(verificationKey) };
  const apps = [{ package: defaults.expectedPackage, digests: [toHex(bytesOf(defaults.expectedDigest))] }];
  const context = { at: Date.parse(defaults.now), keys, maxAgeMs: defaults.maxAgeSeconds * 1000 };
  return vectors.cases.map(({ id, token, expected, expectedNonceBytes, expectedRequestHash = '' }) => {
    const binding =
      expectedNonceBytes === undefined
        ? ({ kind: 'standard', requestHash: expectedRequestHash } as const)
        : ({ kind: 'classic', nonce: bytesOf(expectedNonceBytes) } as const);
    return { ...named(id, expected), run: () => verifyPlayIntegrity({ token, binding, apps }, context) };
  });
}

interface HuaweiVectors {
  readonly rootPem: Readonly<Record<HuaweiFlavour, string>>;
  readonly expectedNonce: string;
  readonly expectedPackage: string;
  readonly expectedAppId: string;
  readonly expectedCertDigestBase64: string;
  readonly expectedHapCertificateSha256: string;
  readonly verifyAt: string;
  readonly maxAgeSeconds: number;
  readonly cases: readonly {
    readonly id: string;
    readonly flavour: HuaweiFlavour;
    readonly jws: string;
    readonly expected: TokenCase['expected'];
  }[];
}

export function huaweiCases(dir: string): readonly TokenCase[] {
  const vectors: HuaweiVectors = read(dir, 'huawei');
  const { expectedPackage, expectedAppId: appId, verifyAt, maxAgeSeconds } = vectors;
  const anchors = [anchorOf('hms', vectors.rootPem.hms), anchorOf('harmony', vectors.rootPem.harmony)];
  const context = { trust: { anchors }, at: Date.parse(verifyAt), maxAgeMs: maxAgeSeconds * 1000 };
  const digests = { hms: vectors.expectedCertDigestBase64, harmony: vectors.expectedHapCertificateSha256 };
  return vectors.cases.map(({ id, flavour, jws, expected }) => {
    const apps = [{ package: expectedPackage, digests: [digests[flavour]], appId }];
    const nonce = bytesOf(vectors.expectedNonce);
    return { ...named(id, expected), run: () => verifySysIntegrity({ jws, flavour, nonce, apps }, context) };
  });
}

const named = (id: string, expected: TokenCase['expected']) => ({ name: id, label: `synthetic: ${id}`, expected });

function read<T>(dir: string, folder: string): T {
  return JSON.parse(readFileSync(join(dir, 'attestation', folder, 'synthetic-cases.json'), 'utf8'));
}

function anchorOf(kind: HuaweiFlavour, pem: string): TrustAnchor {
  const [der = new Uint8Array()] = parsePem(pem, 'CERTIFICATE');
  const sha256 = createHash('sha256').update(der).digest('hex');
  return loadAnchor({ id: `vectors-${kind}`, kind, pem, sha256, source: 'the vectors', date: '2026-11-21' });
}
