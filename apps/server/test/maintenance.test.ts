import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sealSecret } from '@assay/secrets';
import { restored, rewrap } from '@assay/server';
import { retainedEvidence, type Service, setSecret, verifyAudit } from '@assay/service';
import { APP, appraisalsOf, createPhone, ENGINES, type RunningServer, register, type Site } from './support/world.ts';

const world = { clock: Date.now, talk: () => {} };
const rule = { minimum: 'substantial', maxPerDay: 96, lifetime: 900, onWarning: false } as const;
const kekOf = (site: Site) => join(site.settings().data, 'kek');
const linesOf = (site: Site) =>
  readFileSync(kekOf(site), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('v1 '));
const keep = (site: Site, ...lines: readonly (string | undefined)[]) =>
  writeFileSync(kekOf(site), `${lines.join('\n')}\n`);

/** Two versions of a secret, and evidence that is kept: something sealed of every kind. */
async function fill(running: RunningServer): Promise<void> {
  const { server, iss } = running;
  const issuer = server.service.issuers.get(iss);
  assert.ok(issuer !== undefined);
  await register(running);
  const { store, clock }: Service = server.service;
  const app = await store.registered(iss, 'app', APP.package);
  const document = { ...JSON.parse(app?.value ?? ''), retainEvidenceDays: 1 };
  await store.register(iss, 'app', APP.package, JSON.stringify(document), app?.version ?? 0, clock());
  server.service.registry.forget();
  for (const byte of [1, 2]) {
    await setSecret(server.service, 'ann', issuer, APP.package, 'maps', new Uint8Array([byte]), rule);
  }
  assert.equal((await createPhone(running, 'android').ask('enrol')).status, 200);
  const { kek, random } = server.service;
  const place = { iss, app: APP.package, name: 'receipt', version: 1 };
  await store.putReceipt({
    ...{ iss, app: APP.package, attestedKey: 'key', lineage: 'lineage', environment: 'production' },
    ...{ sealed: await sealSecret(kek, new Uint8Array([3]), place, random), metric: null, metricAt: null },
    ...{ nextAt: null, failures: 0 },
  });
}

for (const engine of ENGINES) {
  describe(`a change of the key-encryption key over ${engine.name}`, { skip: engine.skip }, () => {
    it('puts every row under the new key: a start with it alone works, with the old one alone is refused', async () => {
      const site = await engine.createSite();
      try {
        const first = await site.start();
        await fill(first);
        const [appraisal] = await appraisalsOf(first);
        const tokenKey = (await first.server.service.keys.of(first.iss)).token.kid;
        await first.server.stop();

        const [old] = linesOf(site);
        const report = await rewrap(site.settings(), world, { newKey: true });
        const [fresh, ...others] = linesOf(site);
        assert.deepEqual(others, [old], 'the old key stays in the file');
        assert.equal(report.current, fresh?.split(' ')[1]);
        assert.deepEqual(report.changed, { key: 4, secret: 2, evidence: 1, receipt: 1 });
        assert.deepEqual([report.unchanged, report.unopened], [NONE, NONE]);

        await (await site.start()).server.stop();
        keep(site, old);
        await assert.rejects(site.start(), { code: 'secrets.kek_unknown' });
        keep(site, fresh);
        const second = await site.start();
        const { service } = second.server;
        assert.equal((await service.keys.of(second.iss)).token.kid, tokenKey);
        assert.ok(await retainedEvidence(service, second.iss, appraisal?.id ?? ''));
        assert.equal((await createPhone(second, 'ios').ask('enrol')).status, 200);
        const row = await service.store.lastAudit(second.iss);
        assert.deepEqual([row?.actor, row?.act, row?.subject], ['assay:command-line', 'kek.rewrap', report.current]);
        assert.ok(!('brokenAt' in (await verifyAudit(service.store, second.iss))));
      } finally {
        await site.remove();
      }
    });

    it('says what is under it already, and keeps asking for the old key while a row needs it', async () => {
      const site = await engine.createSite();
      try {
        const first = await site.start();
        await fill(first);
        const { store } = first.server.service;
        const [row] = await store.sealedRows('evidence', undefined, 1);
        const damaged = row?.sealed.replace(/^v1\.[^.]+/, 'v1.somebody') ?? '';
        assert.ok(await store.rewrap('evidence', row?.key ?? [], row?.sealed ?? '', damaged));
        await first.server.stop();
        const before = await rewrap(site.settings(), world, { newKey: false });
        assert.deepEqual([before.changed, before.unchanged], [NONE, { key: 4, secret: 2, evidence: 0, receipt: 1 }]);
        const after = await rewrap(site.settings(), world, { newKey: true });
        assert.deepEqual([after.changed.key, after.unopened], [4, { ...NONE, evidence: 1 }]);
        keep(site, linesOf(site)[0]);
        await assert.rejects(site.start(), { code: 'secrets.kek_unknown' });
      } finally {
        await site.remove();
      }
    });
  });
}

const NONE = { key: 0, secret: 0, evidence: 0, receipt: 0 };

describe('acts beside a server', () => {
  const [engine] = ENGINES;

  it('are refused while one runs on the folder, and make no installation by mistake', async () => {
    const site = await engine?.createSite();
    assert.ok(site !== undefined);
    try {
      await assert.rejects(rewrap(site.settings(), world, { newKey: false }), { code: 'server.database_missing' });
      const { createServer } = await import('@assay/server');
      const server = await createServer(site.settings(), world);
      try {
        await assert.rejects(restored(site.settings(), world, { tokenKeys: false }), { code: 'server.data_in_use' });
        await assert.rejects(createServer(site.settings(), world), { code: 'server.data_in_use' });
        await assert.rejects(rewrap(site.settings(), world, { newKey: true }), { code: 'server.data_in_use' });
        assert.equal(linesOf(site).length, 1, 'the key file is left as it was');
      } finally {
        await server.stop();
      }
      await (await createServer(site.settings(), world)).stop();
    } finally {
      await site.remove();
    }
  });
});
