import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ConfigError, type Facts, provenValue } from '@assay/core';
import { loadAnchor } from '@assay/x509';
import { describeVectors } from '../../../../tools/vectors.ts';
import { APP_ATTESTATION_ROOT } from '../../src/apple/anchors/app-attestation-root.ts';
import { ROOT_CA_G3 } from '../../src/apple/anchors/root-ca-g3.ts';
import type { Appraisal } from '../../src/index.ts';
import {
  type AssertionVector,
  type AttestationVector,
  assertVector,
  attest,
  derivedCases,
  hex,
  pointOfPem,
  type ReceiptVector,
  readFolder,
  receive,
  receiveFrom,
  syntheticCases,
} from '../support/apple-vectors.ts';

const LATER = [Date.UTC(2026, 10, 21), Date.UTC(2030, 0, 1)];
const FIVE_MINUTES = 300_000;
/** The signer's chain was damaged in the published copy; the attestation around it is whole. */
const DAMAGED_RECEIPTS: readonly string[] = ['appattestdecoder-2026-01'];

describeVectors('App Attest vectors', (dir) => {
  describe('genuine attestations', () => {
    for (const vector of readFolder<AttestationVector>(dir, 'apple/attestations')) {
      it(`${vector.id} at its time`, () => verifiesAsExpected(vector));
      it(`${vector.id} after its end`, () => isRefusedAfterItsEnd(vector));
    }
  });

  describe('genuine assertions', () => {
    for (const vector of readFolder<AssertionVector>(dir, 'apple/assertions')) {
      it(vector.id, () => {
        const result = assertVector(vector);
        assert.equal(result.outcome, 'verified');
        assert.equal(result.proven.counter, (vector.expected as { counter: number }).counter);
      });
    }
  });

  describe('genuine receipts', () => {
    for (const vector of readFolder<ReceiptVector>(dir, 'apple/receipts')) {
      it(`${vector.id} when just received`, () => showsItsFields(vector));
      it(`${vector.id} out of storage`, () => {
        for (const at of LATER) assert.equal(receive(vector, 'any', at).outcome, 'verified');
      });
    }
  });

  describe('receipts inside genuine attestations', () => {
    for (const vector of readFolder<AttestationVector>(dir, 'apple/attestations')) {
      it(vector.id, () => {
        const result = receiveFrom(vector, FIVE_MINUTES);
        if (DAMAGED_RECEIPTS.includes(vector.id)) {
          assert.equal(result.outcome === 'rejected' && result.error.code, 'x509.signature_invalid');
        } else {
          assert.equal(result.outcome, 'verified');
          assert.equal(result.proven.environment, vector.environment);
        }
      });
    }
  });

  describe('one-input changes', () => {
    for (const { name, vector, run } of derivedCases(dir)) it(name, () => isRefused(run(), vector));
  });

  describe('synthetic cases', () => {
    for (const { name, vector, run } of syntheticCases(dir)) {
      it(name, () => {
        if (vector.expected === 'accept') assert.equal(run().outcome, 'verified');
        else isRefused(run(), vector);
      });
    }
  });

  describe('anchors', () => {
    for (const [file, record] of [
      ['apple_app_attestation_root_ca.pem', APP_ATTESTATION_ROOT],
      ['apple_root_ca_g3.pem', ROOT_CA_G3],
    ] as const) {
      it(`${record.id} is the vendor's`, () => {
        assert.equal(record.pem.trim(), readFileSync(join(dir, 'attestation/roots', file), 'utf8').trim());
      });
    }

    for (const file of readdirSync(join(dir, 'attestation/roots/not-genuine'))) {
      it(`${file} is refused at loading, under any digest`, () =>
        refusesAnchor(join(dir, 'attestation/roots/not-genuine', file)));
    }
  });
});

interface ExpectedAttestation {
  readonly publicKeyPem: string;
  readonly authDataExtensions: { readonly apple_bundle_version_01: string } | null;
}

function verifiesAsExpected(vector: AttestationVector): void {
  const expected = vector.expected as ExpectedAttestation;
  const result = attest(vector);
  assert.equal(result.outcome, 'verified');
  assert.equal(result.proven.environment, vector.environment);
  assert.equal(hex(result.proven.publicKey), hex(pointOfPem(expected.publicKeyPem)));
  assert.equal(result.proven.bundleVersion, expected.authDataExtensions?.apple_bundle_version_01);
  assert.equal(result.proven.category, expected.authDataExtensions === null ? undefined : 'platform');
  assert.match(provenValue(result.facts.device.osVersion) ?? '', /^\d+\.\d+(\.\d+)?$/);
}

/** Every genuine leaf here has ended by the day of the later clocks; the intermediate is valid until March 2030. */
function isRefusedAfterItsEnd(vector: AttestationVector): void {
  for (const at of LATER) {
    const result = attest(vector, at);
    assert.equal(result.outcome === 'rejected' && result.error.code, 'x509.expired');
  }
}

function showsItsFields(vector: ReceiptVector): void {
  const result = receive(vector, FIVE_MINUTES);
  assert.equal(result.outcome, 'verified');
  const { fields } = vector.expected;
  const { proven } = result;
  assert.deepEqual(
    [proven.appId, proven.type, proven.token, proven.environment],
    [fields['appId'], fields['type'], fields['token'], 'development'],
  );
  assert.equal(proven.riskMetric?.toString(), fields['riskMetric']);
  assert.equal(proven.notBefore === undefined, fields['notBefore'] === undefined);
  const times: readonly (readonly [number | undefined, string | undefined])[] = [
    [proven.creationTime, fields['creationTime']],
    [proven.notBefore, fields['notBefore']],
    [proven.expirationTime, fields['expirationTime']],
  ];
  for (const [time, text] of times) {
    if (text !== undefined) assert.equal(time, Date.parse(text));
  }
}

function isRefused(result: Appraisal<unknown>, vector: AttestationVector | AssertionVector): void {
  if (result.outcome === 'rejected') assert.ok(['evidence', 'request'].includes(result.error.family));
  else assert.equal(policyAdmits(result.facts, vector), false);
}

/** The part of a policy that these cases ask for: allowed environments and launch categories. */
function policyAdmits(facts: Facts, vector: AttestationVector | AssertionVector): boolean {
  if (!('allowedEnvironments' in vector)) return true;
  const environment = provenValue(facts.app.environment) ?? '';
  const isCategoryMissing = vector.launchPolicy?.required === true && facts.app.category.known === 'absent';
  return vector.allowedEnvironments?.includes(environment) === true && !isCategoryMissing;
}

function refusesAnchor(path: string): void {
  const pem = readFileSync(path, 'utf8');
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const digest = hash('sha256', der, 'hex');
  for (const sha256 of [digest, APP_ATTESTATION_ROOT.sha256]) {
    assert.throws(
      () => loadAnchor({ ...APP_ATTESTATION_ROOT, pem, sha256 }),
      (error) => error instanceof ConfigError && error.code === 'x509.anchor_not_genuine',
    );
  }
}
