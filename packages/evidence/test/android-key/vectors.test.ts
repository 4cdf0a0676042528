import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { knownValue } from '@assay/core';
import { toHex } from '@assay/formats';
import { describeVectors } from '../../../../tools/vectors.ts';
import { inspectKeyAttestation, parseStatusList } from '../../src/android-key/index.ts';
import {
  appraiseGenuine,
  causesOf,
  chainOf,
  derivedCases,
  type GenuineVector,
  genuineVectors,
  ownAnchor,
  syntheticCases,
} from '../support/android-vectors.ts';

const TODAY = Date.UTC(2026, 10, 21);
const LATER = Date.UTC(2030, 0, 1);

/** What the vectors call a cause, and what we call it: codes of the verifier, rules of the policy. */
const CAUSES: Readonly<Record<string, string>> = {
  'challenge-mismatch': 'android.challenge_mismatch',
  'package-mismatch': 'android.package_mismatch',
  'application-id-missing': 'android.app_id_missing',
  'target-missing-attestation-extension': 'android.key_description_missing',
  revoked: 'android.revoked',
  'untrusted-root': 'android.root_untrusted',
  'certificate-expired': 'x509.expired',
  'certificate-not-yet-valid': 'x509.not_yet_valid',
  'boot-state-self_signed': 'boot_state',
  'origin-not-generated': 'origin',
  'root-of-trust-missing': 'root_of_trust',
};

/** Cases whose label is wider than our code. */
const NARROWER: Readonly<Record<string, string>> = {
  'keystore2-unknown-package': 'android.os_transient_unknown_package',
};

describeVectors('genuine Android chains', (dir) => {
  const vectors = genuineVectors(dir);
  for (const vector of vectors) {
    const { chainSignatures, trustedHardwareRoot, strictPolicy } = vector.expected;
    describe(vector.id, () => {
      it('verifies exactly when signatures and root are good', () => {
        const isGood = chainSignatures === 'valid' && trustedHardwareRoot;
        assert.equal(appraiseGenuine(dir, vector).outcome, isGood ? 'verified' : 'rejected');
      });

      it('has good signatures under its own root, where the vector says so', () => {
        const { outcome } = appraiseGenuine(dir, vector, Date.parse(vector.verifyAt), [ownAnchor(dir, vector)]);
        assert.equal(outcome, chainSignatures === 'valid' ? 'verified' : 'rejected');
      });

      it('meets the strict policy as expected, at three clocks', () => {
        const causes = causesOf(appraiseGenuine(dir, vector));
        assert.equal(causes.length === 0 ? 'accept' : 'reject', strictPolicy, causes.join());
        // Remotely provisioned issuers have ended meanwhile; factory chains are what they were.
        const later = vector.provisioning === 'rkp' ? ['x509.expired'] : causes;
        for (const clock of [TODAY, LATER]) assert.deepEqual(causesOf(appraiseGenuine(dir, vector, clock)), later);
      });

      it('states what the vector states', () => assertStatement(dir, vector));

      it('keeps identifiers of the device out of everything', () => {
        const outputs = [appraiseGenuine(dir, vector), inspectKeyAttestation(chainOf(dir, vector))];
        const text = JSON.stringify(outputs, (_, value) => (value instanceof Uint8Array ? toHex(value) : value));
        for (const identifier of identifiersOf(vector)) assert.ok(!text.includes(identifier));
      });
    });
  }

  it('hold an IMEI to keep out', () => {
    assert.equal(vectors.flatMap(identifiersOf).length, 2);
  });
});

function assertStatement(dir: string, vector: GenuineVector): void {
  const appraisal = appraiseGenuine(dir, vector, Date.parse(vector.verifyAt), [ownAnchor(dir, vector)]);
  if (appraisal.outcome === 'rejected') {
    assert.notEqual(vector.expected.chainSignatures, 'valid');
    return;
  }
  const { proven, facts } = appraisal;
  const { attestationVersion, keymasterVersion, hardwareEnforced } = vector.keyDescription;
  const serials = proven.certificates.map(({ serialHex }) => serialHex);
  assert.deepEqual([proven.attestationVersion, proven.keyMintVersion], [attestationVersion, keymasterVersion]);
  assert.deepEqual(serials, vector.serialsHex);
  assert.equal(proven.provisioning, vector.provisioning === 'unknown' ? 'software' : vector.provisioning);
  assert.equal(knownValue(facts.chain.certificatesIssued), vector.provisioningInfo?.['1']);
  if ('purpose' in hardwareEnforced) assert.deepEqual(knownValue(facts.key.purposes), hardwareEnforced['purpose']);
  if ('model' in hardwareEnforced) assert.equal(knownValue(facts.device.model), hardwareEnforced['model']);
}

function identifiersOf({ keyDescription }: GenuineVector): readonly string[] {
  const { imei, meid, serial, secondImei } = keyDescription.hardwareEnforced;
  const texts = [imei, meid, serial, secondImei].filter((value) => typeof value === 'string');
  return texts.flatMap((text) => [text, toHex(Buffer.from(text))]);
}

describeVectors('one-input changes of genuine Android chains', (dir) => {
  const cases = derivedCases(dir);
  it('are all here', () => assert.equal(cases.length, 45));
  for (const { name, expected, reason, run } of cases) {
    it(`${name}: ${reason ?? expected}`, () => {
      assert.deepEqual(causesOf(run()), reason === null ? [] : [CAUSES[reason]]);
    });
  }
});

describeVectors('synthetic Android chains', (dir) => {
  for (const { name, expected, reason, run } of syntheticCases(dir)) {
    it(`${name}: ${expected}`, () => {
      const causes = causesOf(run());
      if (expected === 'accept') assert.deepEqual(causes, []);
      if (expected === 'reject') assert.equal(causes[0], NARROWER[name] ?? CAUSES[reason ?? '']);
    });
  }
});

describeVectors('published status lists', (dir) => {
  const folder = join(dir, 'attestation/android/status');
  it('read whole, SUSPENDED included', () => {
    const current = parseStatusList(readFileSync(join(folder, 'status-list-2025-01.json')));
    assert.equal(current.entries.size, 467);
    const sample = parseStatusList(readFileSync(join(folder, 'status-list-sample-google.json')));
    assert.equal(sample.entries.get('cc66e9a93713b6e643b26c15879786f7')?.status, 'SUSPENDED');
  });
});
