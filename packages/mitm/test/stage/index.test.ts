import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '@assay/core';
import type { Connection } from '../../src/observation.ts';
import { ask, openConnect, secure, Wire } from './support/clients.ts';
import { HOST, openWorld } from './support/world.ts';

describe('a stage', () => {
  it('tells of a connection as it is opened, learns something and ends', async (t) => {
    const told: Connection[] = [];
    const world = await openWorld(t, { onConnection: (connection) => told.push(connection) });
    await ask(await openConnect(world.port));
    const last = await world.only();
    assert.deepEqual([told[0]?.closed, told[0]?.records, told.at(-1)], ['open', [], last]);
    assert.equal(last.id, 1); // as people count
    assert.ok(told.every((one, at) => one.applicationBytes >= (told[at - 1]?.applicationBytes ?? 0)));
    assert.deepEqual(JSON.parse(JSON.stringify(last)), last);
  });

  it('ends with everything that it holds', async (t) => {
    const world = await openWorld(t);
    const wires = [new Wire(world.port), await openConnect(world.port), new Wire(world.port).say(Buffer.from([5]))];
    const socket = await secure(await openConnect(world.port), { ALPNProtocols: ['h2'] });
    await Promise.all([world.stage.close(), world.stage.close()]);
    await Promise.all(wires.map((wire) => wire.hearAll()));
    assert.deepEqual(new Set(world.stage.connections().map(({ closed }) => closed)), new Set(['by-us']));
    await assert.rejects(openConnect(world.port));
    socket.destroy();
  });

  it('says which port is taken', async (t) => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    t.after(() => taken.close());
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await assert.rejects(
      openWorld(t, { port }),
      (error) =>
        error instanceof ConfigError &&
        error.code === 'mitm.port_unavailable' &&
        error.detail.found === `127.0.0.1, port ${port}`,
    );
  });

  it('listens on its address alone', async (t) => {
    const world = await openWorld(t, { address: '::1', hosts: [HOST] });
    await assert.rejects(openConnect(world.port));
  });

  it('leaves nothing that keeps a process alive', async () => {
    const script = fileURLToPath(new URL('support/leaves-nothing.ts', import.meta.url));
    const status = await new Promise((resolve) => {
      const words = [...process.execArgv.filter((word) => word.startsWith('--conditions')), script];
      execFile(process.execPath, words, { timeout: 20_000 }, (error, stdout) => resolve(error ?? stdout));
    });
    assert.equal(status, '200\n');
  });
});
