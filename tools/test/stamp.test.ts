import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { expectedStamp, isCurrent, writeStamp } from '../bootstrap/stamp.mjs';

describe('install stamp', () => {
  let dir = '';
  const put = (file: string, text: string): void => {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  };

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'assay-stamp-'));
    put('package.json', '{ "workspaces": ["packages/*"] }');
    put('package-lock.json', '{}');
    put('packages/one/package.json', '{ "name": "one" }');
    put('node_modules/.keep', '');
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('is missing at first and current once written', () => {
    assert.equal(isCurrent(dir), false);
    writeStamp(dir);
    assert.equal(isCurrent(dir), true);
  });

  for (const file of ['package.json', 'package-lock.json', 'packages/one/package.json', 'packages/two/package.json']) {
    it(`goes stale with ${file}`, () => {
      writeStamp(dir);
      put(file, '{ "workspaces": ["packages/*"], "name": "changed" }');
      assert.equal(isCurrent(dir), false);
    });
  }

  it('differs by platform', () => {
    assert.notEqual(expectedStamp(dir, 'linux-x64'), expectedStamp(dir, 'linux-arm64'));
  });

  it('tells which file a text is in', () => {
    const before = expectedStamp(dir);
    put('package-lock.json', '{ "workspaces": ["packages/*"] }');
    put('package.json', '{}');
    assert.notEqual(expectedStamp(dir), before);
  });

  it('refuses a workspace pattern that it would not follow', () => {
    put('package.json', '{ "workspaces": ["packages/**"] }');
    assert.throws(() => expectedStamp(dir), /only "folder\/\*"/);
  });
});
