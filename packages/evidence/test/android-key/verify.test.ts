import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { ANDROID_TOLERANCES } from '@assay/x509';
import { KEY_ATTESTATION_CHECKS, verifyKeyAttestation } from '../../src/android-key/index.ts';
import { createChainMemory } from '../../src/shared/chain-memory.ts';
import { device, hardwareAnchor, ISSUERS, mintKeyAttestation, NOW, PACKAGE } from '../support/mint-android.ts';
import { spkiOf } from '../support/mint-certificate.ts';

function verified(...args: Parameters<typeof verifyKeyAttestation>) {
  const appraisal = verifyKeyAttestation(...args);
  if (appraisal.outcome === 'verified') return appraisal;
  return assert.fail(`${appraisal.error.code} ${JSON.stringify(appraisal.error.detail)}`);
}

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof ConfigError && error.code === code;
}

describe('verifyKeyAttestation', () => {
  it('proves the attested key', () => {
    const { input, context } = mintKeyAttestation();
    const { proven, checks } = verified(input, context);
    const [leaf] = input.chain;
    assert.ok(leaf);
    assert.deepEqual(Buffer.from(proven.publicKey), spkiOf(device.publicKey));
    assert.deepEqual(proven.publicJwk, device.publicKey.export({ format: 'jwk' }));
    assert.deepEqual(proven.leafDigest, createHash('sha256').update(leaf).digest());
    assert.equal(proven.anchorId, hardwareAnchor.id);
    assert.equal(proven.provisioning, 'factory');
    assert.deepEqual([proven.attestationVersion, proven.keyMintVersion], [400, 400]);
    assert.equal(proven.createdAt, NOW);
    assert.equal(proven.certificates.length, 4);
    assert.deepEqual(
      checks.filter(({ outcome }) => outcome !== 'passed').map(({ check, outcome }) => [check, outcome]),
      [
        ['android-key.key_match', 'not_run'],
        ['android-key.revocation', 'not_run'],
      ],
    );
  });

  for (const [shape, issuers, provisioning] of [
    ['factory', ISSUERS.factory, 'factory'],
    ['factory past its end', ISSUERS.factoryExpired, 'factory'],
    ['remotely provisioned', ISSUERS.rkp, 'rkp'],
    ['software', ISSUERS.software, 'software'],
  ] as const) {
    it(`takes a chain of the shape: ${shape}`, () => {
      const { input, context } = mintKeyAttestation({ issuers });
      assert.equal(verified(input, context).proven.provisioning, provisioning);
    });
  }

  it('takes a chain without its root', () => {
    const { input, context } = mintKeyAttestation({ chain: (certificates) => certificates.slice(0, -1) });
    assert.equal(verified(input, context).proven.certificates.length, 3);
  });

  it('remembers issuers of verified chains only, and changes no verdict by it', () => {
    const memory = createChainMemory(16);
    const { input, context } = mintKeyAttestation();
    const [, attester] = input.chain;
    assert.ok(attester);
    const early = { ...context, memory, at: 0 };
    assert.equal(verifyKeyAttestation(input, early).outcome, 'rejected');
    assert.equal(memory.issuers.find(attester, ANDROID_TOLERANCES), undefined);
    for (let round = 0; round < 2; round += 1) verified(input, { ...context, memory });
    assert.ok(memory.issuers.find(attester, ANDROID_TOLERANCES));
    assert.equal(verifyKeyAttestation(input, early).outcome, 'rejected');
  });

  it('does not compare apps when none are named', () => {
    const { input, context } = mintKeyAttestation();
    const { apps, ...unnamed } = input;
    assert.equal(apps?.length, 2);
    const { facts, checks } = verified(unnamed, context);
    assert.equal(checks.find(({ check }) => check === 'android-key.app_identity')?.outcome, 'not_run');
    assert.equal(facts.app.id.known === 'absent' ? undefined : facts.app.id.value, PACKAGE);
  });

  it('refuses a configuration that would compare nothing', () => {
    const { input, context } = mintKeyAttestation();
    const run = (apps: typeof input.apps, anchors = context.trust.anchors) =>
      verifyKeyAttestation({ ...input, ...(apps && { apps }) }, { ...context, trust: { anchors } });
    assert.throws(() => run([]), hasCode('android.apps_empty'));
    assert.throws(() => run([{ package: PACKAGE, digests: [] }]), hasCode('android.apps_empty'));
    assert.throws(() => run([{ package: PACKAGE, digests: ['AB:CD'] }]), hasCode('android.signer_digest_malformed'));
    assert.throws(() => run(input.apps, []), hasCode('x509.anchors_empty'));
  });

  it('gives every check an id, a clause and codes of its own', () => {
    const ids = KEY_ATTESTATION_CHECKS.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { id, clause, codes } of KEY_ATTESTATION_CHECKS) {
      assert.match(id, /^android-key\.[a-z_]+$/);
      assert.ok(clause.length > 0 && codes.length > 0, id);
    }
  });
});
