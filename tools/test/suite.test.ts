import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ROOT } from '../command.ts';
import { assertEachHasTests, discover } from '../suite/discover.ts';
import { RemarkTaker, remarkLines } from '../suite/remarks.ts';
import { selection } from '../suite/selection.ts';
import { closingLine, isGreen, joined, type Summary } from '../suite/totals.ts';

const FILES = ['packages/core/test/errors.test.ts', 'packages/x509/test/crl.test.ts'];

describe('what a run covers', () => {
  it('is everything without filters', () => {
    assert.deepEqual(selection(FILES, []), { files: FILES, namePatterns: [] });
  });

  it('is the files whose path has a filter in it', () => {
    assert.deepEqual(selection(FILES, ['x509']).files, [FILES[1]]);
  });

  it('is the tests of a name', () => {
    assert.deepEqual(selection(FILES, ['--name=refuses', 'core']), { files: [FILES[0]], namePatterns: ['refuses'] });
  });

  it('is never nothing', () => {
    assert.throws(() => selection(FILES, ['nonsense']), { name: 'TaskError' });
  });

  it('has this very file', () => {
    const tools = discover(ROOT).find(({ dir }) => dir === 'tools');
    assert.ok(tools?.tests.includes('tools/test/suite.test.ts'));
  });

  it('refuses a workspace with sources and no test', () => {
    const workspace = { dir: 'packages/one', sources: ['packages/one/src/index.ts'], tests: [] };
    assert.throws(() => assertEachHasTests([workspace]), { name: 'TaskError', message: /packages\/one/ });
    assertEachHasTests([{ ...workspace, sources: [] }]);
  });
});

describe('how a run ends', () => {
  const summary = (counts: Partial<Summary['counts']>, success = true): Summary => ({
    success,
    counts: { tests: 3, passed: 2, skipped: 1, todo: 0, ...counts },
  });

  it('counts what passed, failed and was skipped', () => {
    assert.equal(closingLine(summary({})), '2 passed, 0 failed, 1 skipped');
    assert.equal(closingLine(summary({ tests: 6, todo: 1 })), '2 passed, 2 failed, 2 skipped');
  });

  it('adds runs up, and one that failed fails all', () => {
    assert.equal(closingLine(joined([summary({}), summary({})])), '4 passed, 0 failed, 2 skipped');
    assert.equal(isGreen(joined([summary({}), summary({})])), true);
    assert.equal(isGreen(joined([summary({}), summary({}, false)])), false);
    assert.equal(isGreen(joined([])), false);
  });

  it('is green only when tests passed and none failed', () => {
    assert.equal(isGreen(summary({})), true);
    assert.equal(isGreen(summary({ tests: 4 })), false);
    assert.equal(isGreen(summary({ passed: 0, tests: 1 })), false);
    assert.equal(isGreen(summary({}, false)), false);
  });
});

describe('what a run says again at its end', () => {
  const file = '/repo/packages/one/test/a.test.ts';
  const at = { file, line: 7 };
  const failure = (failureType: string) => ({ ...at, details: { error: { failureType } } });

  it('names failed tests below their suites, and no suite for the sake of its tests', () => {
    const taker = new RemarkTaker('/repo');
    for (const [nesting, name] of ['outer', 'inner', 'first'].entries()) taker.started({ name, nesting });
    taker.failed({ name: 'first', nesting: 2, ...failure('testCodeFailure') });
    taker.started({ name: 'second', nesting: 2 });
    taker.failed({ name: 'second', nesting: 2, todo: 'later', ...failure('testCodeFailure') });
    taker.failed({ name: 'inner', nesting: 1, ...failure('subtestsFailed') });
    taker.failed({ name: 'outer', nesting: 0, ...failure('hookFailed') });
    assert.deepEqual(taker.remarks.failed, [
      'outer › inner › first  (packages/one/test/a.test.ts:7)',
      'outer  (packages/one/test/a.test.ts:7)',
    ]);
  });

  it('says why something was skipped, each reason once', () => {
    const taker = new RemarkTaker('/repo');
    for (const skip of ['no database', 'no database', true, false, undefined])
      taker.passed({ name: 'x', nesting: 0, skip });
    const lines = remarkLines([taker.remarks, { failed: ['a › b'], skipped: ['no database'] }]);
    assert.deepEqual(lines, ['failed:', '  a › b', 'skipped:', '  3 × no database', '  1 × no reason given']);
  });

  it('is nothing when all went well, and short when nothing did', () => {
    assert.deepEqual(remarkLines([{ failed: [], skipped: [] }]), []);
    const failed = Array.from({ length: 100 }, (_, index) => `test ${index}`);
    assert.deepEqual(remarkLines([{ failed, skipped: [] }]).slice(-2), ['  test 39', '  and 60 more']);
  });
});
