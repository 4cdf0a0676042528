import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchTrustKitIos } from '../../src/apple/match-trustkit.ts';
import { readTrustKit, trustKitPinnedHosts } from '../../src/apple/read-trustkit.ts';
import type { TrustKitConfig } from '../../src/apple/trustkit.ts';
import type { Connection } from '../../src/match/outcome.ts';
import { plistOf } from '../support/plists.ts';
import { CA, connectionTo, LEAF, OTHER } from './connection.ts';

type Plain = Parameters<typeof plistOf>[0];

function configOf(domains: Plain): TrustKitConfig {
  const config = readTrustKit('Info.plist', plistOf({ TSKConfiguration: { TSKPinnedDomains: domains } }));
  assert.ok(config);
  return config;
}

const policy = (pins: readonly string[], more: Readonly<Record<string, Plain>> = {}) => ({
  TSKPublicKeyHashes: pins,
  ...more,
});
const answer = (domains: Plain, host: string, change: Partial<Connection> = {}) => {
  const { answer: said, because } = matchTrustKitIos(configOf(domains), connectionTo(host, change));
  return `${said} ${because}`;
};

describe('TrustKit for iOS', () => {
  it('lets a path through that has a pin, at any place', () => {
    assert.equal(answer({ 'a.org': policy([CA, OTHER]) }, 'a.org'), 'connects pin_matched');
    assert.equal(answer({ 'a.org': policy([OTHER, OTHER.replace('b', 'c')]) }, 'a.org'), 'refused no_pin_matched');
  });

  it('compares bytes: spare bits of the last digit are none', () => {
    const spare = CA.replace('E=', 'F=');
    assert.notEqual(spare, CA);
    assert.equal(answer({ 'a.org': policy([spare, OTHER]) }, 'a.org'), 'connects pin_matched');
    assert.equal(answer({ 'a.org': policy([CA, spare]) }, 'a.org'), 'crashes configuration_invalid');
  });

  it('asks the most specific domain alone, at any depth', () => {
    const domains = {
      'example.org': policy([OTHER, OTHER.replace('b', 'c')], { TSKIncludeSubdomains: true }),
      'api.example.org': policy([LEAF, CA], { TSKIncludeSubdomains: true }),
    };
    assert.equal(answer(domains, 'x.y.api.example.org'), 'connects pin_matched');
    assert.equal(answer(domains, 'x.y.example.org'), 'refused no_pin_matched');
  });

  it('compares names as they are written', () => {
    const domains = { 'Example.org': policy([OTHER, OTHER.replace('b', 'c')], { TSKIncludeSubdomains: true }) };
    assert.equal(answer(domains, 'example.org'), 'connects unpinned');
    assert.equal(answer(domains, 'a.example.org'), 'connects unpinned');
  });

  it('takes numbers and texts for booleans', () => {
    for (const no of ['NO', 'false', 0]) {
      const domains = { 'a.org': policy([OTHER], { TSKEnforcePinning: no }) };
      assert.equal(answer(domains, 'a.org'), 'connects report_only', String(no));
    }
    const wide = { 'a.org': policy([OTHER, OTHER.replace('b', 'c')], { TSKIncludeSubdomains: 'YES' }) };
    assert.equal(answer(wide, 'x.a.org'), 'refused no_pin_matched');
  });

  it('only reports when it does not enforce', () => {
    assert.equal(answer({ 'a.org': policy([OTHER], { TSKEnforcePinning: false }) }, 'a.org'), 'connects report_only');
  });

  it('stops pinning at midnight UTC of the day, whatever the zone', () => {
    const domains = { 'a.org': policy([OTHER, OTHER.replace('b', 'c')], { TSKExpirationDate: '2026-11-21' }) };
    const midnight = Date.UTC(2026, 10, 21);
    assert.equal(answer(domains, 'a.org', { zoneMinutes: -600, at: midnight + 1 }), 'connects expired');
    assert.equal(answer(domains, 'a.org', { at: midnight }), 'refused no_pin_matched');
  });

  it('never expires by a date that does not parse', () => {
    const domains = { 'a.org': policy([OTHER, OTHER.replace('b', 'c')], { TSKExpirationDate: '21.11.2020' }) };
    assert.equal(answer(domains, 'a.org'), 'refused no_pin_matched');
  });

  it('takes an excluded domain out of its parent', () => {
    const domains = {
      'example.org': policy([OTHER, OTHER.replace('b', 'c')], { TSKIncludeSubdomains: true }),
      'open.example.org': { TSKExcludeSubdomainFromParentPolicy: true },
    };
    assert.equal(answer(domains, 'open.example.org'), 'connects unpinned');
    assert.equal(trustKitPinnedHosts(configOf(domains), 'any').length, 1);
  });

  it('never lets a path through that does not validate', () => {
    assert.equal(answer({ 'a.org': policy([LEAF, CA]) }, 'b.org', { path: [] }), 'refused untrusted');
  });

  const CRASHES: readonly (readonly [string, Plain])[] = [
    ['no_domains', {}],
    ['too_few_hashes', { 'a.org': policy([LEAF]) }],
    ['too_few_hashes', { 'a.org': policy([LEAF, LEAF]) }],
    ['too_few_hashes', { 'a.org': policy([], { TSKEnforcePinning: false }) }],
    ['hash', { 'a.org': policy([LEAF, 'AAAA']) }],
    ['hash', { 'a.org': policy([LEAF, `sha256/${CA}`]) }],
    ['public_suffix', { 'co.uk': policy([LEAF, CA], { TSKIncludeSubdomains: true }) }],
    ['public_suffix', { 'appspot.com': policy([LEAF, CA], { TSKIncludeSubdomains: true }) }],
    ['no_registry', { localhost: policy([LEAF, CA]) }],
    ['no_registry', { '192.0.2.1': policy([LEAF, CA]) }],
    ['no_registry', { 'api.internal': policy([LEAF, CA]) }],
    [
      'excluded_with_more',
      {
        'example.org': policy([LEAF, CA], { TSKIncludeSubdomains: true }),
        'a.example.org': { TSKExcludeSubdomainFromParentPolicy: true, TSKEnforcePinning: true },
      },
    ],
    ['no_parent', { 'a.example.org': { TSKExcludeSubdomainFromParentPolicy: true } }],
  ];
  for (const [code, domains] of CRASHES) {
    it(`crashes at start: ${code} of ${JSON.stringify(domains).slice(0, 60)}`, () => {
      assert.deepEqual(
        configOf(domains).problems.map((problem) => problem.code),
        [code],
      );
      assert.equal(answer(domains, 'a.org'), 'crashes configuration_invalid');
    });
  }

  it('is read from a file that is its dictionary itself', () => {
    const config = readTrustKit('TrustKit.plist', plistOf({ TSKPinnedDomains: { 'a.org': policy([LEAF, CA]) } }));
    assert.equal(config?.domains.length, 1);
    assert.equal(readTrustKit('Info.plist', plistOf({ CFBundleName: 'x' })), undefined);
  });
});
