import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { createFileStorage, createMemoryStorage } from '@assay/client/node';

const folder = await mkdtemp(join(tmpdir(), 'assay-client-'));
after(() => rm(folder, { recursive: true }));

const STORAGES = { memory: createMemoryStorage(), file: createFileStorage(folder) };

describe('storage', () => {
  for (const [name, storage] of Object.entries(STORAGES)) {
    it(`${name}: gives back what was set last, and nothing for another name`, async () => {
      await storage.set('assay https://a/t/x/e/y', 'one');
      await storage.set('assay https://a/t/x/e/y', 'two');
      assert.equal(await storage.get('assay https://a/t/x/e/y'), 'two');
      assert.equal(await storage.get('../other'), undefined);
    });
  }

  it('file: survives a new start, is for its owner only and leaves no drafts', async () => {
    assert.equal(await createFileStorage(folder).get('assay https://a/t/x/e/y'), 'two');
    const [file = '', ...others] = await readdir(folder);
    assert.deepEqual(others, []);
    if (process.platform !== 'win32') assert.equal((await stat(join(folder, file))).mode & 0o777, 0o600);
  });

  it('file: a fault of the disk is no empty storage', async () => {
    await assert.rejects(createFileStorage(join(folder, 'missing')).set('a', 'b'), { code: 'ENOENT' });
  });
});
