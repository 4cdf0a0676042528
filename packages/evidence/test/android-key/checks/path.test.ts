import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANDROID_TOLERANCES, X509_REASONS } from '@assay/x509';
import { path } from '../../../src/android-key/checks/path.ts';
import { verifyKeyAttestation } from '../../../src/android-key/index.ts';
import { createChainMemory } from '../../../src/shared/chain-memory.ts';
import { testFaults } from '../../support/check-faults.ts';
import {
  type ChainSpec,
  DAY,
  flipped,
  ISSUERS,
  lookalike,
  mintKeyAttestation,
  mintRkp,
  NOW,
} from '../../support/mint-android.ts';
import { anchorOf } from '../../support/mint-certificate.ts';

function attempt(changes: Partial<ChainSpec>, at: number = NOW) {
  const { input, context } = mintKeyAttestation(changes);
  return verifyKeyAttestation(input, { ...context, at });
}

/** The last byte of a certificate belongs to its signature. */
const spoiling = (index: number) => (certificates: readonly Uint8Array[]) =>
  certificates.map((der, at) => (at === index ? flipped(der, der.length - 1) : der));

const withoutRoot = (certificates: readonly Uint8Array[]) => certificates.slice(0, -1);
const early = mintRkp({ notBefore: NOW + DAY, notAfter: NOW + 2 * DAY }, []);
const code = 'x509.signature_invalid';

describe('path', () => {
  testFaults(path, [
    { name: 'a spoilt leaf signature', code, run: () => attempt({ chain: spoiling(0) }) },
    { name: 'a spoilt attester signature', code, run: () => attempt({ chain: spoiling(1) }) },
    { name: 'a spoilt intermediate signature', code, run: () => attempt({ chain: spoiling(2) }) },
    {
      name: 'a chain of the lookalike that leaves its root out',
      code,
      run: () => attempt({ issuers: ISSUERS.factoryOfLookalike, chain: withoutRoot }),
    },
    {
      name: 'an issuer left for another of the same place',
      code: 'x509.issuer_mismatch',
      run: () =>
        attempt({
          chain: ([leaf, , ...above]) => [leaf, ISSUERS.rkp[0]?.certificate, ...above].filter((d) => d !== undefined),
        }),
    },
    {
      name: 'remotely provisioned issuers past their end',
      code: 'x509.expired',
      run: () => attempt({ issuers: ISSUERS.rkpExpired }),
    },
    {
      name: 'remotely provisioned issuers before their beginning',
      code: 'x509.not_yet_valid',
      run: () => attempt({ issuers: early }),
    },
    {
      name: 'factory issuers before their beginning',
      code: 'x509.not_yet_valid',
      run: () => attempt({}, NOW - 500 * DAY),
    },
  ]);

  it('finds the anchor that signed among several of one name, in any order', () => {
    const { input, context } = mintKeyAttestation({ chain: withoutRoot });
    const [real] = context.trust.anchors;
    assert.ok(real !== undefined);
    const twin = { ...anchorOf('twin', lookalike.certificate), kind: 'software' };
    for (const anchors of [
      [twin, real],
      [real, twin],
    ]) {
      const result = verifyKeyAttestation(input, { ...context, trust: { anchors } });
      assert.ok(result.outcome === 'verified');
      assert.equal(result.proven.anchorId, real.id);
      assert.equal(result.facts.chain.provisioning.known, 'proven');
    }
  });

  it('remembers the issuers that phones share, and nothing that one phone has for itself', () => {
    for (const [issuers, own] of [
      [ISSUERS.factory, 1],
      [ISSUERS.rkp, 2],
    ] as const) {
      const memory = createChainMemory(16);
      const { input, context } = mintKeyAttestation({ issuers });
      assert.equal(verifyKeyAttestation(input, { ...context, memory }).outcome, 'verified');
      const remembered = input.chain.map((der) => memory.issuers.find(der, ANDROID_TOLERANCES) !== undefined);
      assert.deepEqual(
        remembered,
        input.chain.map((_, index) => index >= own),
      );
    }
  });

  it('ignores a spoilt signature of the presented root: its key is the anchor', () => {
    assert.equal(attempt({ chain: spoiling(3) }).outcome, 'verified');
  });

  it('ignores how long ago factory issuers ended', () => {
    assert.equal(attempt({}, NOW + 10_000 * DAY).outcome, 'verified');
  });

  it('declares codes that are registered as evidence', () => {
    const evidence = Object.values(X509_REASONS).filter(({ family }) => family === 'evidence');
    const registered = new Set<string>(evidence.map(({ code }) => code));
    for (const code of path.codes) assert.ok(registered.has(code), code);
  });
});
