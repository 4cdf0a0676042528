import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { knownValue } from '@assay/core';
import { app } from '../../../src/play-integrity/checks/app.ts';
import { testFaults } from '../../support/check-faults.ts';
import { PACKAGE, SIGNER } from '../../support/mint-play.ts';
import { saying, verifying } from '../../support/run-play.ts';

const OTHER = Buffer.alloc(32, 0xcd).toString('base64url');
const OURS = Buffer.from(SIGNER, 'hex').toString('base64url');
const signedBy = (...certificateSha256Digest: readonly string[]) => saying('appIntegrity', { certificateSha256Digest });
const signer = 'play.signer_mismatch';

describe('app', () => {
  testFaults(app, [
    {
      name: 'an app that is not the one that requested',
      code: 'play.package_mismatch',
      run: saying('appIntegrity', { packageName: 'com.example.fake' }),
    },
    {
      name: 'another app that is expected too',
      code: 'play.package_mismatch',
      run: saying('appIntegrity', { packageName: 'com.example.other' }),
    },
    {
      name: 'an app that Play recognises and does not name',
      code: 'play.package_mismatch',
      run: saying('appIntegrity', { packageName: undefined }),
    },
    {
      name: 'an app that Play does not recognise and does not name',
      code: 'play.package_mismatch',
      run: saying('appIntegrity', { appRecognitionVerdict: 'UNRECOGNIZED_VERSION', packageName: undefined }),
    },
    {
      name: 'an app that Play names without its signers',
      code: signer,
      run: saying('appIntegrity', { certificateSha256Digest: undefined }),
    },
    {
      name: 'an app of no verdict that is named without its signers',
      code: signer,
      run: saying('appIntegrity', { appRecognitionVerdict: undefined, certificateSha256Digest: undefined }),
    },
    { name: 'another signer', code: signer, run: signedBy(OTHER) },
    { name: 'a signer too many', code: signer, run: signedBy(OURS, OTHER) },
    { name: 'no signer', code: signer, run: signedBy() },
    { name: 'a signer that is no digest', code: signer, run: signedBy('?') },
    { name: 'a shorter digest', code: signer, run: signedBy('AAAA') },
  ]);

  it('leaves it to the policy when Play names no app', () => {
    const verdict = { appRecognitionVerdict: 'UNEVALUATED' };
    const nothing = { packageName: undefined, certificateSha256Digest: undefined, versionCode: undefined };
    const appraisal = saying('appIntegrity', { ...nothing, ...verdict })();
    assert.ok(appraisal.outcome === 'verified');
    assert.equal(appraisal.facts.app.id.known, 'claimed');
    assert.equal(knownValue(appraisal.facts.app.recognition), 'unevaluated');
  });

  it('does not compare signers that nobody named', () => {
    assert.equal(verifying({}, { apps: [{ package: PACKAGE }] })().outcome, 'verified');
  });

  it('does not mix the package of one expected app with the signer of another', () => {
    const apps = [
      { package: PACKAGE, digests: ['cd'.repeat(32)] },
      { package: 'com.example.other', digests: [SIGNER] },
    ];
    assert.equal(verifying({}, { apps })().outcome, 'rejected');
  });
});
