import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeyFirstAdapter } from '@assay/client';
import { UpstreamError } from '@assay/core';
import { createApp, type TestApp } from './support/app.ts';
import { createIos } from './support/platform.ts';
import { API, nextFor, refusedReply, signed } from './support/server.ts';
import { createTimers } from './support/timers.ts';

const outage = (): Promise<never> =>
  Promise.reject(new UpstreamError('test.server_unavailable', 'serverUnavailable', true));
const invalidKey = (): Promise<never> => Promise.reject(new Error('invalidKey'));

/** An iPhone that counts the A it makes, each of its own name, and whose attestation a test can break. */
function createPhone() {
  const { adapter, platform } = createIos();
  const phone = { made: 0, broken: undefined as (() => Promise<never>) | undefined };
  const counting: KeyFirstAdapter = {
    ...adapter,
    createAnchor: async () => {
      phone.made += 1;
      return Buffer.alloc(32, phone.made).toString('base64url');
    },
    attest: (anchor, binding) => phone.broken?.() ?? adapter.attest(anchor, binding),
  };
  return { phone, adapter: counting, platform };
}

const anchorsOf = ({ server }: TestApp) => server.requests.map(({ statement }) => statement.akid);

describe('the key of App Attest', () => {
  it('is tried again after an outage, also by the app after a restart', async () => {
    const { phone, adapter, platform } = createPhone();
    const app = createApp('ios', { adapter });
    phone.broken = outage;
    for (let round = 0; round < 3; round += 1) {
      assert.equal((await app.restart().token(API)).kind, 'wait');
      app.pass(120);
    }
    assert.deepEqual([phone.made, platform.keys.size], [1, 0]);
    phone.broken = undefined;
    assert.equal((await app.restart().token(API)).kind, 'ok');
    assert.equal(phone.made, 1);
  });

  it('is tried again after a call that never returned', async () => {
    const timers = createTimers();
    const { phone, adapter } = createPhone();
    const app = createApp('ios', { adapter, timer: timers.timer });
    phone.broken = timers.hang;
    const asked = app.client.token(API);
    await timers.called;
    timers.ring();
    assert.equal((await asked).kind, 'wait');
    phone.broken = undefined;
    app.pass(120);
    assert.equal((await app.client.token(API)).kind, 'ok');
    assert.equal(phone.made, 1);
  });

  it('is given up when the platform knows it no more', async () => {
    const { phone, adapter } = createPhone();
    const app = createApp('ios', { adapter });
    phone.broken = invalidKey;
    await app.client.token(API);
    phone.broken = undefined;
    app.pass(120);
    assert.equal((await app.client.token(API)).kind, 'ok');
    assert.equal(phone.made, 2);
  });

  it('stays through refresh and rekey, and is a new one after reenroll, once an hour', async () => {
    const { phone, adapter, platform } = createPhone();
    const app = createApp('ios', { adapter });
    for (const call of [app.client.refresh, app.client.refresh, app.client.rekey])
      assert.equal((await call()).kind, 'ok');
    assert.deepEqual([new Set(anchorsOf(app)).size, phone.made], [1, 1]);
    app.server.answer = (request) =>
      signed(
        refusedReply(request, app.server.clock(), { action: 'reenroll', next: nextFor(request, app.server.clock()) }),
      );
    for (let round = 0; round < 4; round += 1) {
      await app.client.refresh();
      app.pass(600);
    }
    assert.equal(phone.made, 2);
    assert.equal(platform.keys.size, 1);
    assert.notEqual(anchorsOf(app).at(-1), anchorsOf(app)[0]);
  });
});
