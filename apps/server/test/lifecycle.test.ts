import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { API, createPhone, ENGINES, register } from './support/world.ts';

for (const engine of ENGINES) {
  describe(`a server over ${engine.name}`, { skip: engine.skip }, async () => {
    if (engine.skip) return;
    const site = await engine.createSite();
    after(() => site.remove());

    it('finishes the requests under way when it stops, and starts again where it was', async () => {
      const first = await site.start();
      await register(first);
      const phone = createPhone(first, 'android');
      const prepared = await phone.prepare('enrol');
      const { store } = first.server.service;
      const { repeat } = store;
      let release = () => {};
      const reached = new Promise<void>((arrived) => {
        Object.assign(store, {
          repeat: async (...args: Parameters<typeof repeat>) => {
            await new Promise<void>((resolve) => {
              release = resolve;
              arrived();
            });
            return repeat(...args);
          },
        });
      });
      const answer = phone.send(prepared);
      await reached;
      const stopping = first.server.stop();
      release();
      const { status, reply } = await answer;
      await stopping;
      assert.equal(status, 200);
      assert.ok(reply?.result === 'ok' && reply.tokens[API] !== undefined);
      await first.server.stop();
      const second = await site.start();
      phone.instance = prepared.instance;
      const again = createPhone(second, 'android');
      assert.equal((await again.ask('enrol')).status, 200);
      assert.ok(await second.server.service.store.instance(second.iss, prepared.instance.jkt));
    });

    it('writes the rejections that have gathered when it stops', async () => {
      const one = await site.start();
      await fetch(`${one.url}${one.base}/v1/attest`, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      });
      await one.server.stop();
      const two = await site.start();
      assert.ok((await two.server.service.store.rejectionCounts(two.iss, 0)).length > 0);
    });

    it('is not ready when its store is away', async () => {
      const { server, url } = await site.start();
      assert.equal((await fetch(`${url}/readyz`)).status, 200);
      await server.service.store.close();
      const response = await fetch(`${url}/readyz`);
      assert.ok(response.status >= 500, String(response.status));
      assert.equal((await fetch(`${url}/livez`)).status, 200);
    });

    it('closes its store when it cannot be put together', async () => {
      await assert.rejects(site.start({ trustedProxies: ['no address'] }));
      const { url } = await site.start();
      assert.equal((await fetch(`${url}/readyz`)).status, 200);
    });

    it('does not start on an origin that is none', async () => {
      await assert.rejects(site.start({ origin: 'https://attest.example.com/path' }), {
        code: 'service.issuer_invalid',
      });
    });
  });
}
