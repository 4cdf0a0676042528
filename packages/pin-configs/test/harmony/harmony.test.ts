import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchHarmony } from '../../src/harmony/match.ts';
import { harmonyPinnedHosts, readHarmony } from '../../src/harmony/read.ts';
import type { Connection } from '../../src/match/outcome.ts';
import { UnreadableFile } from '../../src/unreadable.ts';
import { CA, connectionTo, LEAF, OTHER } from '../apple/connection.ts';

const pinSet = (pins: readonly string[], expiration = '2027-01-01') => ({
  expiration,
  pin: pins.map((digest) => ({ 'digest-algorithm': 'sha256', digest })),
});

const fileOf = (config: object, more: object = {}) => JSON.stringify({ 'network-security-config': config, ...more });
const domainConfig = (name: string, pins: readonly string[], more: object = {}) => ({
  'domain-config': [{ domains: [{ name, 'include-subdomains': true }], 'pin-set': pinSet(pins), ...more }],
});

function answer(text: string, host: string, change: Partial<Connection> = {}): string {
  const { answer: said, because } = matchHarmony(readHarmony('network_config.json', text), connectionTo(host, change));
  return `${said} ${because}`;
}

describe('HarmonyOS network_config.json', () => {
  it('pins a host and what is beneath it, by the key of the leaf alone', () => {
    const text = fileOf(domainConfig('example.org', [LEAF]));
    assert.equal(answer(text, 'a.b.example.org'), 'connects pin_matched');
    assert.equal(answer(fileOf(domainConfig('example.org', [CA])), 'example.org'), 'refused no_pin_matched');
    assert.equal(answer(text, 'example.org', { path: [OTHER] }), 'refused no_pin_matched');
    assert.equal(answer(text, 'example.com', { path: [OTHER] }), 'connects unpinned');
  });

  it('stops pinning at the start of the day in the device’s zone', () => {
    const text = fileOf({ 'domain-config': [{ domains: [{ name: 'a' }], 'pin-set': pinSet([OTHER], '2026-11-21') }] });
    assert.equal(answer(text, 'a'), 'connects expired');
    assert.equal(answer(text, 'a', { zoneMinutes: -60 }), 'refused no_pin_matched');
    assert.equal(answer(text, 'a', { zoneMinutes: 60, at: Date.UTC(2026, 10, 20, 23) }), 'connects expired');
  });

  it('trusts certificates of users unless both keys say no', () => {
    const config = domainConfig('a', [CA]);
    const both = { 'trust-global-user-ca': false, 'trust-current-user-ca': false };
    assert.equal(answer(fileOf(config), 'b', { anchor: 'user' }), 'connects unpinned');
    assert.equal(
      answer(fileOf(config, { 'trust-global-user-ca': false }), 'b', { anchor: 'user' }),
      'connects unpinned',
    );
    assert.equal(answer(fileOf(config, both), 'b', { anchor: 'user' }), 'refused untrusted');
  });

  it('takes an empty pin-set for none', () => {
    assert.equal(answer(fileOf(domainConfig('a', [])), 'a', { path: [OTHER] }), 'connects unpinned');
  });

  it('names keys that the platform skips, at every level', () => {
    const odd = { 'pin-sets': {}, 'pin-set': { ...pinSet([CA]), pins: [] } };
    const text = fileOf({ ...domainConfig('a', [CA], odd), 'base-conf': {} }, { 'trust-user-ca': false });
    const keys = readHarmony('f', text).unknownKeys.map(({ text: key }) => key);
    assert.deepEqual(keys, ['trust-user-ca', 'base-conf', 'pin-sets', 'pins']);
  });

  it('has its pins in the common form', () => {
    const [host] = harmonyPinnedHosts(readHarmony('f', fileOf(domainConfig('a.example', [CA]))), 'debug');
    assert.deepEqual(
      [host?.host.text, host?.subdomains, host?.pins.length, host?.release],
      ['a.example', 'all', 1, false],
    );
  });

  it('is refused when it is no such file', () => {
    for (const text of ['{}', '[]', '{"network-security-config"}']) {
      assert.throws(() => readHarmony('f', text), UnreadableFile);
    }
  });
});
