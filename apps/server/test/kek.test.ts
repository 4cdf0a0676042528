import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { openKekFile } from '../src/kek.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-kek-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const random = (length: number) => new Uint8Array(randomBytes(length));
const open = (path: string) => openKekFile(path, random, () => {});

describe('key-encryption key file', () => {
  it('is made at the first start for this user alone, and opened at the next', () => {
    const path = join(folder, 'deep/kek');
    const first = open(path);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder, 'deep')).mode & 0o777, 0o700);
    const text = readFileSync(path, 'utf8');
    assert.equal(open(path).currentId, first.currentId);
    assert.equal(readFileSync(path, 'utf8'), text);
  });

  for (const mode of [0o644, 0o640, 0o604, 0o620, 0o601]) {
    it(`is refused with mode ${mode.toString(8)}`, () => {
      const path = join(folder, `kek-${mode}`);
      open(path);
      chmodSync(path, mode);
      assert.throws(() => open(path), { code: 'server.kek_readable_by_others' });
    });
  }

  it('that is damaged or empty is never written over', () => {
    for (const text of ['', 'v1 broken', '\0']) {
      const path = join(folder, 'damaged');
      writeFileSync(path, text, { mode: 0o600 });
      assert.throws(() => open(path), { family: 'config' });
      assert.equal(readFileSync(path, 'utf8'), text);
    }
  });
});
