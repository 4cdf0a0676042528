import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { Store } from '@assay/core';
import { openSqlite } from '@assay/store';

/** A real store in a folder of its own, closed and removed after the file's tests. */
export async function openVendorStore(): Promise<Store> {
  const dir = mkdtempSync(join(tmpdir(), 'assay-vendors-'));
  const store = await openSqlite({ path: join(dir, 'assay.db') });
  after(async () => {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return store;
}
