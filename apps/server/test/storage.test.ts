import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { openStore } from '../src/storage.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-storage-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const SQLITE = { data: join(folder, 'data'), databaseUrl: undefined };

describe('the store in a data folder', () => {
  it('belongs to one server until that one closes it', async () => {
    const store = await openStore(SQLITE);
    if (process.platform !== 'win32') assert.equal(statSync(SQLITE.data).mode & 0o777, 0o700);
    await assert.rejects(openStore(SQLITE), { code: 'server.data_in_use' });
    await store.ping();
    await store.close();
    await (await openStore(SQLITE)).close();
  });

  it('is free again when it could not be opened', async () => {
    const data = join(folder, 'broken');
    await (await openStore({ ...SQLITE, data })).close();
    writeFileSync(join(data, 'assay.db'), 'no database at all, but long enough to be looked at');
    await assert.rejects(openStore({ ...SQLITE, data }), { code: 'store.corrupt' });
    await assert.rejects(openStore({ ...SQLITE, data }), { code: 'store.corrupt' });
  });
});
