import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { createServer, loadConfig } from '@assay/server';

const folder = mkdtempSync(join(tmpdir(), 'assay-first-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const configIn = (data: string) =>
  loadConfig(
    {
      ...{ data, origin: 'https://attest.example.com', listen: '127.0.0.1:0', adminListen: '127.0.0.1:0' },
      logLevel: 'silent',
      trustRefresh: 'off',
    },
    {},
    {},
  );

it('starts for the first time in a folder that is not there yet, and keeps it to this user', async () => {
  const data = join(folder, 'deep/data');
  const server = await createServer(configIn(data), { clock: Date.now, talk: () => {} });
  const { publicUrl } = await server.listen();
  assert.equal((await fetch(`${publicUrl}/readyz`)).status, 200);
  await server.stop();
  assert.equal(statSync(data).mode & 0o777, 0o700);
  for (const file of readdirSync(data)) assert.equal(statSync(join(data, file)).mode & 0o077, 0, file);
});

it('does not start again without the key file, and makes no new one', async () => {
  const data = join(folder, 'lost');
  const server = await createServer(configIn(data), { clock: Date.now, talk: () => {} });
  await server.stop();
  rmSync(join(data, 'kek'));
  await assert.rejects(createServer(configIn(data), { clock: Date.now, talk: () => {} }), {
    code: 'server.kek_missing',
  });
  assert.ok(!readdirSync(data).includes('kek'));
});
