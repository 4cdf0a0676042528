import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { der, utf8 } from '@assay/formats';
import { ATTESTATION_CHECKS, createChainMemory, verifyAppAttestAttestation } from '../../../src/index.ts';
import { APP_ID, device, keyIdOf, launchMap, mintAttestation, pointOf } from '../../support/mint-apple.ts';
import { extension, LEAF_EXTENSIONS } from '../../support/mint-certificate.ts';
import { attesting } from '../../support/run-apple.ts';

const BY = 'apple-app-attest';

describe('verifyAppAttestAttestation', () => {
  it('proves key, app and environment', () => {
    const result = attesting()();
    assert.equal(result.outcome, 'verified');
    const { proven, facts } = result;
    assert.deepEqual(Buffer.from(proven.keyId), Buffer.from(keyIdOf(device)));
    assert.deepEqual(Buffer.from(proven.publicKey), Buffer.from(pointOf(device)));
    assert.deepEqual(
      [proven.counter, proven.appId, proven.environment, proven.category, proven.bundleVersion],
      [0, APP_ID, 'production', undefined, undefined],
    );
    assert.deepEqual(Buffer.from(proven.receipt), Buffer.from('receipt'));
    assert.deepEqual(
      proven.certificates.map(({ serialHex }) => serialHex),
      ['3', '2'],
    );
    assert.deepEqual(facts.chain.anchor, { known: 'proven', value: 'test-app-attestation-root', by: BY });
    assert.deepEqual(facts.key.attestedLevel, { known: 'proven', value: 'secure_enclave', by: BY });
    assert.deepEqual(facts.key.protection, { known: 'claimed', value: 'app_asserted', by: BY });
    assert.deepEqual(facts.app.category, { known: 'absent' });
    assert.deepEqual(
      result.checks.map(({ check, outcome }) => [check, outcome]),
      ATTESTATION_CHECKS.map(({ id }) => [id, 'passed']),
    );
  });

  it('tells development from production', () => {
    const result = attesting({ aaguid: utf8('appattestdevelop') })();
    assert.equal(result.outcome, 'verified');
    assert.deepEqual(result.facts.app.environment, { known: 'proven', value: 'development', by: BY });
  });

  for (const flags of [0x40, 0xc0]) {
    it(`reads the extension map, whatever the flags 0x${flags.toString(16)} say`, () => {
      const result = attesting({ flags, extensions: launchMap(Uint8Array.of(2, 0, 0, 0), '7') })();
      assert.equal(result.outcome, 'verified');
      assert.deepEqual(result.facts.app.category, { known: 'proven', value: 'testflight', by: BY });
      assert.deepEqual(result.facts.app.build, { known: 'proven', value: '7', by: BY });
    });
  }

  it('reads version and build of the system', () => {
    const system = der.sequence(
      der.explicit(1400, der.octets(utf8('27.0'))),
      der.explicit(1104, der.integer(2n)),
      der.explicit(1403, der.octets(utf8('24A325'))),
    );
    const result = attesting({
      leafExtensions: [...LEAF_EXTENSIONS, extension('1.2.840.113635.100.8.7', false, system)],
    })();
    assert.equal(result.outcome, 'verified');
    assert.deepEqual(result.facts.device.osVersion, { known: 'proven', value: '27.0', by: BY });
    assert.deepEqual(result.facts.device.osBuild, { known: 'proven', value: '24A325', by: BY });
  });

  it('decides alike with a memory, also about an expired leaf', () => {
    const memory = createChainMemory(8);
    const { input, context } = mintAttestation();
    assert.equal(verifyAppAttestAttestation(input, { ...context, memory }).outcome, 'verified');
    assert.equal(verifyAppAttestAttestation(input, { ...context, memory }).outcome, 'verified');
    const late = verifyAppAttestAttestation(input, { ...context, memory, at: context.at + 5 * 86_400_000 });
    assert.equal(late.outcome === 'rejected' && late.error.code, 'x509.expired');
  });

  it('refuses to run without App IDs or anchors', () => {
    const { input, context } = mintAttestation();
    assert.throws(
      () => verifyAppAttestAttestation({ ...input, appIds: [] }, context),
      (error) => error instanceof ConfigError && error.code === 'apple.app_ids_empty',
    );
    assert.throws(
      () => verifyAppAttestAttestation(input, { ...context, trust: { attestation: [] } }),
      (error) => error instanceof ConfigError && error.code === 'x509.anchors_empty',
    );
  });
});
