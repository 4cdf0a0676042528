import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { freePort, started } from '../../mitm/interceptors/process.ts';

/** A proxy in one line: listens on the port of its first argument. */
const LISTEN = "require('net').createServer().listen(Number(process.argv[1]), '127.0.0.1')";

test('a proxy counts as started when it listens, and is gone when it is closed', async () => {
  const port = await freePort();
  const close = await started(process.execPath, ['-e', LISTEN, `${port}`], port);
  await close();
  await new Promise<void>((resolve) => {
    const again = createServer().listen(port, '127.0.0.1', () => again.close(() => resolve()));
  });
});

test('a proxy that ends at once says why', async () => {
  const port = await freePort();
  const broken = "process.stderr.write('no authority'); process.exit(1)";
  await assert.rejects(started(process.execPath, ['-e', broken], port), /does not listen: no authority/);
});

test('a proxy that is not on this machine is no proxy', async () => {
  await assert.rejects(started('/nowhere/squid', [], await freePort()), { code: 'ENOENT' });
});
