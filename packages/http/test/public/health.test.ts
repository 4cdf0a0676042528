import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createListener } from '../../src/listener.ts';
import { registerHealth } from '../../src/public/health.ts';
import { createHttpWorld } from '../support/world.ts';

describe('health', () => {
  it('is ready when everything is well, and not while one thing is not', async () => {
    let state: string | undefined;
    const world = await createHttpWorld({ checks: [{ name: 'store', check: async () => state }] });
    for (const app of [world.publicApp, world.operatorApp]) {
      const read = () => app.inject({ url: '/readyz', headers: { host: 'localhost' } });
      state = undefined;
      assert.deepEqual((await read()).json(), { status: 'ok', checks: { store: 'ok' } });
      state = 'store.unavailable';
      const response = await read();
      assert.equal(response.statusCode, 503);
      assert.deepEqual(response.json(), { status: 'not ready', checks: { store: 'store.unavailable' } });
      assert.equal((await app.inject({ url: '/livez', headers: { host: 'localhost' } })).statusCode, 200);
    }
  });

  it('notes what deserves a look, and is ready all the same', async () => {
    let noted: Readonly<Record<string, string>> = { 'trust google-status': 'stale' };
    const app = createListener({ logger: undefined, bodyLimit: 1024 });
    registerHealth(app, { checks: [], stopping: () => false, notes: () => noted });
    const found = await app.inject('/readyz');
    assert.deepEqual([found.statusCode, found.json()], [200, { status: 'ok', checks: {}, notes: noted }]);
    noted = {};
    assert.deepEqual((await app.inject('/readyz')).json(), { status: 'ok', checks: {} });
    await app.close();
  });

  it('is not ready while the server stops', async () => {
    const { publicApp, hands } = await createHttpWorld();
    hands.stopping = true;
    assert.equal((await publicApp.inject('/readyz')).statusCode, 503);
  });

  it('asks once for a flood of probes', async () => {
    let asked = 0;
    const check = async () => {
      asked += 1;
      await new Promise((resolve) => setImmediate(resolve));
      return undefined;
    };
    const { publicApp } = await createHttpWorld({ checks: [{ name: 'store', check }] });
    await publicApp.ready();
    await Promise.all(Array.from({ length: 50 }, () => publicApp.inject('/readyz')));
    assert.ok(asked < 50);
  });
});
