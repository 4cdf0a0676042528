import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fs, {
  chmodSync,
  existsSync,
  fstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it, mock } from 'node:test';
import { keyCheckOf } from '@assay/secrets';
import { openSqlite } from '@assay/store';
import { addKek, openInstallationKek, openKeks } from '../src/kek.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-kek-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const random = (length: number) => new Uint8Array(randomBytes(length));
const open = (path: string) => openKeks(path, random, () => {}, [])[0];

describe('key-encryption key file', () => {
  it('is made at the first start for this user alone, and opened at the next', () => {
    const path = join(folder, 'deep/kek');
    const first = open(path);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder, 'deep')).mode & 0o777, 0o700);
    const text = readFileSync(path, 'utf8');
    assert.equal(open(path)?.id, first?.id);
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

  it('has its name on the disk before anything can be sealed under its keys', () => {
    const path = join(folder, 'durable');
    const { fsyncSync } = fs;
    const named: (string | undefined)[] = [];
    const note = (handle: number) => {
      if (fstatSync(handle).isDirectory()) named.push(existsSync(path) ? readFileSync(path, 'utf8') : undefined);
      fsyncSync(handle);
    };
    mock.method(fs, 'fsyncSync', note);
    syncBuiltinESMExports();
    try {
      open(path);
      const first = readFileSync(path, 'utf8');
      addKek(path, random);
      assert.deepEqual(named, [first, readFileSync(path, 'utf8')]);
    } finally {
      mock.restoreAll();
      syncBuiltinESMExports();
    }
  });

  it('is made beside what a crash of a process of the same number left', () => {
    const path = join(folder, 'crashed');
    writeFileSync(`${path}.${process.pid}`, 'v1 ha', { mode: 0o600 });
    assert.ok(open(path) !== undefined);
  });

  it('that is damaged or empty is never written over', () => {
    for (const text of ['', 'v1 broken', '\0']) {
      const path = join(folder, 'damaged');
      writeFileSync(path, text, { mode: 0o600 });
      assert.throws(() => open(path), { family: 'config' });
      assert.equal(readFileSync(path, 'utf8'), text);
    }
  });
});

describe('the keys of an installation', () => {
  const world = { random, clock: Date.now, talk: () => {} };

  it('are remembered: a lost file stops the start and is not replaced', async () => {
    const [path, store] = [join(folder, 'lost'), await openSqlite({ path: join(folder, 'lost.db') })];
    await openInstallationKek(path, store, world);
    const text = readFileSync(path, 'utf8');
    rmSync(path);
    await assert.rejects(openInstallationKek(path, store, world), { code: 'server.kek_missing' });
    assert.equal(existsSync(path), false);
    writeFileSync(path, text, { mode: 0o600 });
    await openInstallationKek(path, store, world);
    await store.close();
  });

  it('are compared: the file of another installation is refused', async () => {
    const [path, store] = [join(folder, 'mine'), await openSqlite({ path: join(folder, 'mine.db') })];
    await openInstallationKek(path, store, world);
    const other = join(folder, 'other');
    open(other);
    await assert.rejects(openInstallationKek(other, store, world), { code: 'secrets.kek_unknown' });
    await store.close();
  });

  it('leave only check values in the database', async () => {
    const [path, store] = [join(folder, 'checks'), await openSqlite({ path: join(folder, 'checks.db') })];
    await openInstallationKek(path, store, world);
    const [kek] = openKeks(path, random, () => {}, []);
    assert.ok(kek !== undefined);
    assert.deepEqual(JSON.parse((await store.registered('', 'setting', 'kek-checks'))?.value ?? ''), [keyCheckOf(kek)]);
    await store.close();
  });
});
