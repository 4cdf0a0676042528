import assert from 'node:assert/strict';
import { it } from 'node:test';
import { describeVectors } from '../../../../tools/vectors.ts';
import { HUAWEI_REASONS, SYS_INTEGRITY_CHECKS } from '../../src/index.ts';
import { describeRows, readPage, testRefusals } from '../support/documentation.ts';
import { huaweiCases } from '../support/token-vectors.ts';

const PAGE = readPage('huawei-sysintegrity.md');

describeRows(PAGE, SYS_INTEGRITY_CHECKS, 'huawei');

it('the documentation knows every reason code that no check has', () => {
  const ofChecks = new Set<string>(SYS_INTEGRITY_CHECKS.flatMap(({ codes }) => codes));
  for (const code of Object.keys(HUAWEI_REASONS)) {
    assert.ok(ofChecks.has(code) || PAGE.text.includes(`\`${code}\``), code);
  }
});

it('the documentation says what the samples are', () => assert.match(PAGE.text, /Proven by synthetic samples only/));

describeVectors("documentation of Huawei's results against the vectors", (dir) => {
  testRefusals(
    PAGE,
    /^synthetic: /,
    huaweiCases(dir).filter(({ expected }) => expected === 'reject'),
  );
});
