import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, EvidenceError } from '@assay/core';
import { openPlayToken, PLAY_INTEGRITY_CHECKS, verifyPlayIntegrity } from '../../src/play-integrity/index.ts';
import { mintPlayIntegrity, mintPlayToken, NOW, PACKAGE, PLAY_KEYS, VERDICT } from '../support/mint-play.ts';
import { saying } from '../support/run-play.ts';

const { input, context } = mintPlayIntegrity();

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof ConfigError && error.code === code;
}

describe('verifyPlayIntegrity', () => {
  it('proves what Play says', () => {
    const appraisal = verifyPlayIntegrity(input, context);
    assert.ok(appraisal.outcome === 'verified', JSON.stringify(appraisal.checks));
    assert.deepEqual(appraisal.proven, {
      package: PACKAGE,
      versionCode: '42',
      timestamp: NOW,
      labels: ['basic', 'device', 'strong'],
      legacyLabels: [],
      openedBy: 'local',
    });
    assert.ok(appraisal.checks.every(({ outcome }) => outcome === 'passed'));
  });

  it("takes what Google's endpoint decoded, and says what it did not check", () => {
    const { binding, apps } = input;
    const appraisal = verifyPlayIntegrity({ payload: VERDICT, binding, apps }, { at: NOW });
    assert.ok(appraisal.outcome === 'verified');
    assert.equal(appraisal.proven.openedBy, 'google');
    const notRun = appraisal.checks.filter(({ outcome }) => outcome === 'not_run').map(({ check }) => check);
    assert.deepEqual(notRun, ['play-integrity.token', 'play-integrity.decryption', 'play-integrity.signature']);
    const local = verifyPlayIntegrity(input, context);
    assert.ok(local.outcome === 'verified');
    assert.deepEqual(appraisal.facts, local.facts);
  });

  it('judges a decoded verdict as it judges an opened one', () => {
    const { binding, apps } = input;
    const half = { requestDetails: { requestPackageName: PACKAGE, timestampMillis: NOW, requestHash: '\ud800' } };
    for (const payload of [null, [], 'token', { requestDetails: 1 }, {}, half]) {
      assert.equal(verifyPlayIntegrity({ payload, binding, apps }, { at: NOW }).outcome, 'rejected');
    }
    assert.equal(verifyPlayIntegrity({ payload: VERDICT, binding, apps }, { at: NOW + 1e9 }).outcome, 'rejected');
  });

  it('hands out the labels of before without taking them for facts', () => {
    const labels = { deviceRecognitionVerdict: [], legacyDeviceRecognitionVerdict: ['MEETS_DEVICE_INTEGRITY'] };
    const appraisal = saying('deviceIntegrity', labels)();
    assert.ok(appraisal.outcome === 'verified');
    assert.deepEqual([appraisal.proven.labels, appraisal.proven.legacyLabels], [[], ['device']]);
    assert.deepEqual(appraisal.facts.device.labels, { known: 'proven', value: [], by: 'play-integrity' });
  });

  it('refuses a configuration that would compare nothing, or cannot open anything', () => {
    const run = (changes: Partial<typeof input>, keys = context.keys) =>
      verifyPlayIntegrity({ ...input, ...changes }, { at: NOW, keys });
    assert.throws(() => run({ apps: [] }), hasCode('play.apps_empty'));
    assert.throws(() => run({ apps: [{ package: PACKAGE, digests: [] }] }), hasCode('play.apps_empty'));
    assert.throws(
      () => run({ apps: [{ package: PACKAGE, digests: ['AB'] }] }),
      hasCode('play.signer_digest_malformed'),
    );
    assert.throws(() => run({ binding: { kind: 'standard', requestHash: '' } }), hasCode('play.binding_empty'));
    assert.throws(() => run({ binding: { kind: 'classic', nonce: new Uint8Array() } }), hasCode('play.binding_empty'));
    assert.throws(() => verifyPlayIntegrity(input, { at: NOW }), hasCode('play.keys_missing'));
    for (const wrong of [{ decryptionKey: new Uint8Array(16) }, { verificationKey: new Uint8Array(91) }]) {
      assert.throws(() => run({}, { ...PLAY_KEYS, ...wrong }), hasCode('play.keys_malformed'));
    }
  });

  it('gives every check an id, a clause and codes of its own', () => {
    const ids = PLAY_INTEGRITY_CHECKS.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { id, clause, codes } of PLAY_INTEGRITY_CHECKS) {
      assert.match(id, /^play-integrity\.[a-z_]+$/);
      assert.ok(clause.length > 0 && codes.length > 0, id);
    }
  });
});

describe('openPlayToken', () => {
  it('gives the verdict of a token by these keys, and of no other', () => {
    assert.deepEqual(openPlayToken(mintPlayToken(), PLAY_KEYS), VERDICT);
    const forged = mintPlayToken({ sign: () => new Uint8Array(64) });
    assert.throws(() => openPlayToken(forged, PLAY_KEYS), EvidenceError);
  });
});
