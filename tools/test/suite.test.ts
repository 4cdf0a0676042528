import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ROOT } from '../command.ts';
import { assertEachHasTests, discover } from '../suite/discover.ts';
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
