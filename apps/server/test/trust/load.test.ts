import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Fetch } from '@assay/core';
import { GOOGLE_HARDWARE_ANCHORS } from '@assay/evidence';
import { signAdvisories } from '@assay/service';
import { importSigningKey } from '@assay/tokens';
import { loadConfig } from '../../src/config/load.ts';
import { loadTrust } from '../../src/trust/load.ts';
import { roots } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-trust-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const write = (text: string): string => {
  files += 1;
  const path = join(folder, `file-${files}`);
  writeFileSync(path, text);
  return path;
};
const MINUTE = 60_000;
const random = (length: number) => new Uint8Array(length);

const noStore = { trustCopy: async () => undefined, keepTrustCopy: async () => {} };

/** As {@link loadTrust}, out of settings. */
function load(settings: object, clock = Date.now, fetch?: Fetch) {
  const environments = [{ name: 'dev', kind: 'development' }];
  return loadTrust(loadConfig({ origin: 'https://attest.example.com', environments, ...settings }, {}, {}), {
    clock,
    random,
    fetch,
  });
}

describe('trust', () => {
  it('is the vendors’ roots, or test roots and nothing else', () => {
    const vendors = load({});
    assert.ok(vendors.apple.attestation.length > 0 && vendors.android.length > 0 && !vendors.isTest);
    const testRoots = write(roots.anchors.android.map(({ pem }) => pem).join(''));
    const test = load({ testRoots });
    assert.ok(test.isTest && test.version === 'test');
    const ids = new Set(vendors.android.map(({ spki }) => Buffer.from(spki).toString('hex')));
    assert.ok(test.android.every(({ spki }) => !ids.has(Buffer.from(spki).toString('hex'))));
  });

  for (const text of ['', '# nothing\n', 'no PEM']) {
    it(`is not ${JSON.stringify(text)}: an empty list of roots stops the start`, () => {
      const testRoots = write(text);
      assert.throws(() => load({ testRoots }), {
        code: 'server.test_roots_unreadable',
      });
    });
  }

  it('reads a newer status list within a minute, and keeps the last good one when it is broken', () => {
    let now = Date.now();
    const statusList = write('{"entries":{}}');
    const trust = load({ statusList }, () => now);
    const first = trust.statusList()?.version;
    assert.ok(first !== undefined && trust.statusListAt() !== undefined);
    const change = (text: string, seconds: number) => {
      writeFileSync(statusList, text);
      utimesSync(statusList, seconds, seconds);
    };
    change(roots.statusList, 2_000_000_000);
    assert.equal(trust.statusList()?.version, first, 'not looked at yet');
    now += MINUTE;
    const readAt = now;
    const second = trust.statusList()?.version;
    assert.notEqual(second, first);
    change('{"entries":', 2_000_000_100);
    now += MINUTE;
    assert.equal(trust.statusList()?.version, second);
    rmSync(statusList);
    now += MINUTE;
    assert.equal(trust.statusList()?.version, second);
    assert.equal(trust.statusListAt(), readAt, 'not later than it was read');
  });

  it('counts a status list as none once its copy is older than configured, and tells its age all the same', () => {
    let now = Date.UTC(2026, 10, 21);
    const fetched = now;
    const statusList = write(roots.statusList);
    const fetch = () => utimesSync(statusList, now / 1000, now / 1000);
    fetch();
    const trust = load({ statusListMaxAgeHours: 2, statusList }, () => now);
    const { version } = trust.statusList() ?? {};
    now += 120 * MINUTE;
    assert.ok(version !== undefined && trust.statusList()?.version === version, 'old, not too old');
    now += 1;
    assert.equal(trust.statusList(), undefined);
    assert.equal(trust.statusListAt(), fetched);
    fetch();
    now += MINUTE;
    assert.equal(trust.statusList()?.version, version, 'fetched again');
  });

  it('does not start on a status list that is missing or broken', () => {
    for (const statusList of [join(folder, 'none'), write('{'), write('{"entries":[]}')]) {
      assert.throws(() => load({ statusList }), {
        code: 'server.status_list_unreadable',
      });
    }
  });

  it('believes a root that Google newly publishes only where that was chosen, and says so', async () => {
    const [stranger] = roots.anchors.android;
    const published = JSON.stringify([...GOOGLE_HARDWARE_ANCHORS.map(({ pem }) => pem), stranger?.pem]);
    const answers: Fetch = async ({ url }) =>
      url.endsWith('/root') ? new Response(published) : new Response('', { status: 500 });
    for (const [newRoots, count] of [
      ['report', 2],
      ['trust', 3],
    ] as const) {
      const trust = load({ trustRefresh: 'on', newRoots }, Date.now, answers);
      const before = trust.version;
      await trust.refresh(noStore, new AbortController().signal);
      assert.equal(trust.android.length, count);
      const { anchors, trustedRoots, sources } = trust.state();
      assert.equal(anchors, trust.version);
      assert.equal(trustedRoots.length, count - 2);
      assert.equal(trust.version === before, newRoots === 'report', 'records tell the sets apart');
      const google = sources.find(({ source }) => source === 'google-roots');
      assert.deepEqual(
        google?.alarms.map(({ alarm }) => alarm),
        ['root_unknown'],
        'loud either way',
      );
    }
  });

  it('asks for no roots beside test roots, and for nothing where it is not to', () => {
    const testRoots = write(roots.anchors.android.map(({ pem }) => pem).join(''));
    const sourcesOf = (settings: object) =>
      load(settings)
        .state()
        .sources.map(({ source }) => source);
    assert.deepEqual(sourcesOf({ testRoots }), []);
    assert.deepEqual(sourcesOf({ testRoots, trustRefresh: 'on' }), ['google-status']);
    assert.deepEqual(sourcesOf({ trustRefresh: 'off' }), []);
    const vendors = ['google-status', 'google-roots', 'apple-attestation-root', 'apple-receipt-root'];
    assert.deepEqual(sourcesOf({ trustRefresh: 'on' }), vendors);
    const huawei = [{ source: 'huawei-roots', url: 'https://mirror.example.com/roots.pem' }];
    assert.deepEqual(sourcesOf({ trustRefresh: 'on', trustSources: huawei }), [...vendors, 'huawei-roots']);
    const statusList = write(roots.statusList);
    assert.deepEqual(sourcesOf({ trustRefresh: 'on', statusList }).length, 4, 'the list is the file, and once');
  });

  it('takes advisories out of a file, and their key as a public one alone', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const now = Math.floor(Date.now() / 1000);
    const key = importSigningKey(privateKey.export({ format: 'der', type: 'pkcs8' }));
    const text = { assay: 'advisories/1', version: 3, issued: now, expires: now + 60, advisories: [] } as const;
    const advisories = write(signAdvisories(text, key));
    const publicPem = write(publicKey.export({ format: 'pem', type: 'spki' }).toString());
    const trust = load({ advisories, advisoriesKeys: [publicPem] });
    await trust.refresh(noStore, new AbortController().signal);
    assert.equal(trust.advisories()?.version, 3);
    assert.equal(trust.state().sources[0]?.from, advisories);
    const privatePem = write(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
    for (const path of [privatePem, write('no key'), join(folder, 'none')]) {
      assert.throws(() => load({ advisories, advisoriesKeys: [path] }), { code: 'server.advisories_key_unreadable' });
    }
  });
});
