import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { der, utf8 } from '@assay/formats';
import { inspectKeyAttestation } from '../../src/android-key/index.ts';
import { changed, HARDWARE, ISSUERS, mintChain, mintExtendedChain, PACKAGE, SIGNER } from '../support/mint-android.ts';
import { LEAF_EXTENSIONS } from '../support/mint-certificate.ts';

describe('inspectKeyAttestation', () => {
  it('describes a chain as plain JSON', () => {
    const description = inspectKeyAttestation(mintChain({ issuers: ISSUERS.rkp }));
    assert.deepEqual(JSON.parse(JSON.stringify(description)), description);
    assert.deepEqual([description.provisioning, description.certificatesIssued], ['rkp', 64]);
    const text = JSON.stringify(description.keyDescription);
    for (const part of [PACKAGE, SIGNER, '"verifiedBootState":"verified"', '"challengeBytes":43']) {
      assert.ok(text.includes(part), part);
    }
  });

  it('leaves identifiers, challenge and serial numbers out', () => {
    const secret = utf8('identifier-of-one-device');
    const hardware = changed(HARDWARE, [714, der.octets(secret)], [502, der.integer(0x5eed_5eed)]);
    const text = JSON.stringify(inspectKeyAttestation(mintChain({ hardware, uniqueId: secret })));
    for (const part of ['identifier', Buffer.from(secret).toString('hex'), `${0x5eed_5eed}`, 'om4FPL', 'aa01']) {
      assert.ok(!text.includes(part), part);
    }
  });

  it('describes what no verifier would take', () => {
    const extended = inspectKeyAttestation(mintExtendedChain(undefined));
    assert.equal(extended.provisioning, null);
    assert.equal(extended.keyDescription, null);
    assert.deepEqual(
      extended.certificates.map(({ hasKeyDescription }) => hasKeyDescription),
      [false, true, false, false, false],
    );
    assert.equal(inspectKeyAttestation(mintChain({ leafExtensions: LEAF_EXTENSIONS })).keyDescription, null);
    assert.deepEqual(inspectKeyAttestation([]).certificates, []);
  });

  it('lists tags that it cannot read', () => {
    const hardware = changed(HARDWARE, [9_999, der.null()]);
    assert.match(JSON.stringify(inspectKeyAttestation(mintChain({ hardware }))), /"unknownTags":\[9999\]/);
  });

  it('refuses what does not decode', () => {
    assert.throws(() => inspectKeyAttestation([Uint8Array.of(0)]), RequestError);
  });
});
