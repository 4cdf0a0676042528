import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
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

/** As {@link loadTrust}, out of settings. */
function load(settings: object, clock = Date.now) {
  const environments = [{ name: 'dev', kind: 'development' }];
  return loadTrust(loadConfig({ origin: 'https://attest.example.com', environments, ...settings }, {}, {}), {
    clock,
    random,
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
    const second = trust.statusList()?.version;
    assert.notEqual(second, first);
    change('{"entries":', 2_000_000_100);
    now += MINUTE;
    assert.equal(trust.statusList()?.version, second);
    rmSync(statusList);
    now += MINUTE;
    assert.equal(trust.statusList()?.version, second);
    assert.equal(trust.statusListAt(), 2_000_000_000_000);
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
});
