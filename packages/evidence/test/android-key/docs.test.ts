import assert from 'node:assert/strict';
import { it } from 'node:test';
import { describeVectors } from '../../../../tools/vectors.ts';
import { ANDROID_KEY_REASONS, KEY_ATTESTATION_CHECKS } from '../../src/android-key/index.ts';
import { derivedCases, genuineCases, syntheticCases } from '../support/android-vectors.ts';
import { describeRows, readPage, testRefusals } from '../support/documentation.ts';

const PAGE = readPage('android-key-attestation.md');

describeRows(PAGE, KEY_ATTESTATION_CHECKS, 'android-key');

it('the documentation knows every reason code that no check has', () => {
  const ofChecks = new Set(KEY_ATTESTATION_CHECKS.flatMap(({ codes }) => codes));
  for (const code of Object.keys(ANDROID_KEY_REASONS))
    assert.ok(ofChecks.has(code) || PAGE.text.includes(`\`${code}\``), code);
});

describeVectors('documentation of key attestation against the vectors', (dir) => {
  const cases = [...genuineCases(dir), ...derivedCases(dir), ...syntheticCases(dir)];
  const refused = cases.filter(({ expected }) => expected === 'reject');
  testRefusals(PAGE, /^(genuine|derived|synthetic): /, refused);
});
