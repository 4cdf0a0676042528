/** The vendor of the status list is cut off in mid-load: a real server that stops answering, real requests, a real store. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { ConfigInput } from '@assay/server';
import { appraisalsOf, createPhone, ENGINES, type RunningServer, register, roots } from '../support/world.ts';

const HOUR = 3_600_000;
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const answerWell: Answer = (_, response) => response.end(roots.statusList);
const hang: Answer = () => {};

const vendor = { answer: answerWell, asked: 0 };
const listener = createServer((request, response) => {
  vendor.asked += 1;
  vendor.answer(request, response);
});
listener.listen(0, '127.0.0.1');
await once(listener, 'listening');
after(() => {
  listener.close();
  listener.closeAllConnections();
});
const { port } = listener.address() as AddressInfo; // a TCP server's address
const CONFIG: Partial<ConfigInput> = {
  trustRefresh: 'on',
  trustSources: [{ source: 'google-status', url: `http://127.0.0.1:${port}/status` }],
};

/** Resolves once it is so: what happens in the background is waited for, not timed. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turn();
}

async function isPending(work: Promise<unknown>): Promise<boolean> {
  return (await Promise.race([work.then(() => false), turn(true)])) as boolean;
}

const revocations = async (at: RunningServer, count: number) =>
  (await appraisalsOf(at))
    .slice(0, count)
    .map(({ facts }) => facts.chain.revocation.known === 'proven' && facts.chain.revocation.value);

for (const engine of ENGINES) {
  describe(`${engine.name}: the status list`, { skip: engine.skip }, () => {
    it('goes on from the last good copy, says when that is too old, and makes no request wait', async () => {
      vendor.answer = answerWell;
      const site = await engine.createSite();
      const clock = { ahead: 0 };
      const at = await site.start(CONFIG, { clock: () => Date.now() + clock.ahead });
      const { trust, service } = at.server;
      const stop = new AbortController();
      try {
        await register(at);
        await until(() => trust.statusList() !== undefined);

        const phones = Array.from({ length: 12 }, () => createPhone(at, 'android'));
        const enrolled = phones.map(async (phone, index) => {
          // In mid-load: some have their answer, some are under way, some are still to come.
          if (index === 4) vendor.answer = hang;
          return (await phone.ask('enrol')).status;
        });
        assert.deepEqual(await Promise.all(enrolled), Array(12).fill(200));

        clock.ahead = 2 * HOUR;
        const asked = vendor.asked;
        const looking = trust.refresh(service.store, stop.signal);
        await until(() => vendor.asked > asked);
        for (const phone of phones) assert.equal((await phone.ask('refresh')).status, 200);
        assert.equal(await isPending(looking), true, 'the vendor has been silent all the while');
        assert.deepEqual(await revocations(at, 12), Array(12).fill('not_listed'));

        clock.ahead = 73 * HOUR;
        assert.equal(trust.statusList(), undefined);
        const [phone] = phones;
        assert.equal((await phone?.ask('refresh'))?.status, 200);
        assert.deepEqual(await revocations(at, 1), ['not_checked']);
        assert.equal(await isPending(looking), true);

        const ready = await fetch(`${at.operatorUrl}/readyz`);
        assert.equal(ready.status, 200, 'what an old list means, the policy says');
        const { notes } = (await ready.json()) as { readonly notes?: object };
        assert.deepEqual(notes, { 'trust google-status': 'stale, unusable' });
        assert.equal(
          'notes' in ((await (await fetch(`${at.url}/readyz`)).json()) as object),
          false,
          'not for everybody',
        );
        const metrics = await (await fetch(`${at.operatorUrl}/metrics`)).text();
        assert.match(metrics, /^assay_trust_alarms\{source="google-status",alarm="unusable"\} 1$/m);
        assert.match(metrics, /^assay_trust_age_seconds\{source="google-status"\} 26\d{4}/m);
        stop.abort();
        await looking;
      } finally {
        stop.abort();
        await site.remove();
      }
    });

    it('is there after a restart while its vendor is silent, and for a replica that never asked', async () => {
      vendor.answer = answerWell;
      const site = await engine.createSite();
      try {
        const first = await site.start(CONFIG);
        await until(() => first.server.trust.statusList() !== undefined);
        const kept = () => first.server.service.store.trustCopy('google-status');
        while ((await kept()) === undefined) await turn();
        await first.server.stop();
        vendor.answer = hang;
        const second = await site.start(CONFIG);
        assert.notEqual(second.server.trust.statusList(), undefined, 'at once');
      } finally {
        await site.remove();
      }
    });
  });
}
