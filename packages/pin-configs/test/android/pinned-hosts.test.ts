import assert from 'node:assert/strict';
import { it } from 'node:test';
import { nscPinnedHosts } from '../../src/android/pinned-hosts.ts';
import { domainConfig, nscOf, PIN_A, PIN_B, PINS } from './nsc-of.ts';

const nested = '<domain-config><domain includeSubdomains="true">b.example</domain></domain-config>';

it('states each host with its own or inherited pins', () => {
  const config = nscOf(domainConfig(`<pin-set expiration="2030-01-01">${PINS}</pin-set>${nested}`));
  const hosts = nscPinnedHosts(config, 'any');
  assert.deepEqual(
    hosts.map(({ host, subdomains, expiration, release, format }) => [
      host.text,
      subdomains,
      expiration?.text,
      release,
      format,
    ]),
    [
      ['a.example', 'none', '2030-01-01', true, 'nsc'],
      ['b.example', 'all', '2030-01-01', true, 'nsc'],
    ],
  );
  assert.deepEqual(
    hosts[0]?.pins.map(({ text }) => text),
    [PIN_A, PIN_B],
  );
});

it('leaves out hosts without pins, and marks what is not for release', () => {
  assert.deepEqual(nscPinnedHosts(nscOf(domainConfig('')), 'any'), []);
  assert.deepEqual(nscPinnedHosts(nscOf(domainConfig('<pin-set/>')), 'any'), []);
  const config = nscOf(domainConfig(`<pin-set>${PINS}</pin-set>`));
  const release = (['release', 'any', 'debug', 'test'] as const).map(
    (variant) => nscPinnedHosts(config, variant)[0]?.release,
  );
  assert.deepEqual(release, [true, true, false, false]);
});

it('is the format of TrustKit where that enforces', () => {
  const of = (attributes: string) =>
    nscPinnedHosts(
      nscOf(domainConfig(`<pin-set>${PINS}</pin-set><trustkit-config${attributes}/>${nested}`)),
      'any',
    ).map(({ format, enforced }) => [format, enforced]);
  assert.deepEqual(of(' enforcePinning="true"'), [
    ['trustkit-android', true],
    ['trustkit-android', true],
  ]);
  assert.deepEqual(of('')[0], ['nsc', true]);
});
