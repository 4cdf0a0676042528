import assert from 'node:assert/strict';
import { it } from 'node:test';
import { describeVectors } from '../../../../tools/vectors.ts';
import { PLAY_INTEGRITY_CHECKS, PLAY_REASONS } from '../../src/index.ts';
import { describeRows, readPage, testRefusals } from '../support/documentation.ts';
import { playCases } from '../support/token-vectors.ts';

const PAGE = readPage('play-integrity.md');

describeRows(PAGE, PLAY_INTEGRITY_CHECKS, 'play-integrity');

it('the documentation knows every reason code that no check has', () => {
  const ofChecks = new Set<string>(PLAY_INTEGRITY_CHECKS.flatMap(({ codes }) => codes));
  for (const code of Object.keys(PLAY_REASONS)) {
    assert.ok(ofChecks.has(code) || PAGE.text.includes(`\`${code}\``), code);
  }
});

it('the documentation says what the samples are', () => assert.match(PAGE.text, /Proven by synthetic samples only/));

describeVectors('documentation of Play Integrity against the vectors', (dir) => {
  testRefusals(
    PAGE,
    /^synthetic: /,
    playCases(dir).filter(({ expected }) => expected === 'reject'),
  );
});
