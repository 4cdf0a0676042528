import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { presetOf } from '@assay/policy';
import { writeCertificate } from './support/certificate.ts';
import { APP, ENGINES, OTHER_APP, register } from './support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-measures-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describe('what the server is set up with', async () => {
  const site = await ENGINES[0]?.createSite();
  assert.ok(site !== undefined);
  after(() => site.remove());
  const running = await site.start({ ...writeCertificate(folder, 1) });
  await register(running, [APP, OTHER_APP]);
  const { server, iss, operatorUrl } = running;
  const { store, clock } = server.service;
  const scrape = async () => (await fetch(`${operatorUrl}/metrics`)).text();
  const place = 'tenant="acme",env="dev"';

  it('the pin set of each app that has one, and since when', async () => {
    const row = { iss, app: APP.package, epoch: 2, hash: 'h', document: '{}' };
    for (const version of [7, 8]) await store.addPinSet({ ...row, version, publishedAt: version * 1_000 });
    const text = await scrape();
    const app = `${place},app="${APP.package}"`;
    assert.match(text, new RegExp(`^assay_pinset_info\\{${app},epoch="2",version="8"\\} 1$`, 'm'));
    assert.match(text, new RegExp(`^assay_pinset_published_timestamp_seconds\\{${app}\\} 8$`, 'm'));
    assert.equal(text.match(/^assay_pinset_info\{/gm)?.length, 1, 'the set before is not shown any more');
  });

  it('policies and their versions', async () => {
    const source = (presetOf('strict')?.source ?? '').replace(/^name: .*$/m, 'name: house');
    const row = { iss, name: 'house', source, author: 'ann', createdAt: clock(), restores: null };
    await store.addPolicyVersion({ ...row, version: 1 });
    const text = await scrape();
    assert.match(text, new RegExp(`^assay_policy_info\\{${place},policy="strict",version="1"\\} 1$`, 'm'));
    assert.match(text, new RegExp(`^assay_policy_info\\{${place},policy="house",version="1"\\} 1$`, 'm'));
    assert.match(text, new RegExp(`^assay_policies_broken\\{${place}\\} 0$`, 'm'));
    await store.addPolicyVersion({ ...row, version: 2, source: 'rules: 1' });
    assert.match(await scrape(), new RegExp(`^assay_policies_broken\\{${place}\\} 1$`, 'm'));
  });

  it('orders in force, and above all a policy that rests', async () => {
    const off = { iss, id: '0'.repeat(32), effect: 'enforce_off', target: 'app', value: APP.package } as const;
    const end = { createdAt: clock(), expiresAt: clock() + 3_600_000, endedAt: null };
    await store.addOrder({ ...off, app: APP.package, policy: null, reason: 'incident', author: 'ann', ...end });
    const text = await scrape();
    assert.match(text, new RegExp(`^assay_enforcement_off\\{${place},app="${APP.package}"\\} 1$`, 'm'));
    assert.match(text, new RegExp(`^assay_enforcement_off\\{${place},app="${OTHER_APP.package}"\\} 0$`, 'm'));
    assert.match(text, new RegExp(`^assay_orders_active\\{${place},effect="enforce_off"\\} 1$`, 'm'));
    assert.match(text, new RegExp(`^assay_orders_active\\{${place},effect="ban"\\} 0$`, 'm'));
  });

  it('rows of token keys that were not sealed here', async () => {
    assert.match(await scrape(), new RegExp(`^assay_keys_unproven\\{${place}\\} 0$`, 'm'));
    const [own] = await store.keys(iss, 'token');
    assert.ok(own !== undefined);
    await store.addKey({ ...own, kid: 'slipped-in', state: 'next' });
    server.service.keys.forget();
    assert.match(await scrape(), new RegExp(`^assay_keys_unproven\\{${place}\\} 1$`, 'm'));
  });

  it('the end of the certificate in force', async () => {
    const [, end] =
      /^assay_certificate_expiry_timestamp_seconds\{host="attest\.example\.com"\} (\d+)/m.exec(await scrape()) ?? [];
    assert.ok(Number(end) > clock() / 1_000);
  });

  it('pages that listen to the live stream', async () => {
    assert.match(await scrape(), /^assay_sse_clients 0$/m);
    const stop = new AbortController();
    const page = await fetch(`${operatorUrl}/live/events`, { signal: stop.signal });
    await page.body?.getReader().read();
    assert.match(await scrape(), /^assay_sse_clients 1$/m);
    stop.abort();
  });
});
