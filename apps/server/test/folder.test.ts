import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { makeFolder } from '../src/folder.ts';

describe('makeFolder', () => {
  const base = mkdtempSync(join(tmpdir(), 'assay-folder-'));
  after(() => rmSync(base, { recursive: true, force: true }));

  it('makes a folder with those above it, by the mode that is given', () => {
    makeFolder(join(base, 'a/b/c'), 0o700);
    for (const each of ['a', 'a/b', 'a/b/c']) assert.equal(statSync(join(base, each)).mode & 0o777, 0o700);
  });

  it('leaves a folder that is there as it is', () => {
    makeFolder(base);
    assert.equal(statSync(base).mode & 0o777, 0o700);
  });

  it('tells of a file that stands in the way', () => {
    writeFileSync(join(base, 'file'), '');
    assert.throws(() => makeFolder(join(base, 'file')), { code: 'EEXIST' });
    assert.throws(() => makeFolder(join(base, 'file/below')), { code: 'ENOTDIR' });
  });

  it('ends where a parent says that it is not there, though it is', { skip: !existsSync('/proc/self') }, () => {
    assert.throws(() => makeFolder('/proc/assay/x'), { code: 'ENOENT' });
  });
});
