import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PolicyHost } from '../../src/policy/model.ts';
import { covers, fit, mostSpecific } from '../../src/write/fit.ts';
import { TARGETS } from '../../src/write/targets/index.ts';
import { policyHost, policyOf, policyPin } from '../support/policies.ts';

function fitted(id: string, hosts: readonly PolicyHost[], acceptCertificatePins = false) {
  const target = TARGETS.find((each) => each.id === id);
  assert.ok(target !== undefined, id);
  const { policy, warnings, refusals } = fit(policyOf(...hosts), target, { acceptCertificatePins });
  const names = policy.hosts.map(({ host, subdomains }) => `${host} ${subdomains}`);
  return { names, warnings: warnings.map(({ message }) => message), refusals: refusals.map(({ message }) => message) };
}

const all = (host: string, more: Partial<PolicyHost> = {}) => policyHost(host, { subdomains: 'all', ...more });
const one = (host: string, more: Partial<PolicyHost> = {}) => policyHost(host, { subdomains: 'one', ...more });

describe('what a target cannot cover by a rule', () => {
  it('is written name by name, and told', () => {
    const { names, warnings } = fitted('ats', [all('example.com', { covers: ['a.example.com', 'b.c.example.com'] })]);
    assert.deepEqual(names, ['example.com none', 'a.example.com none', 'b.c.example.com none']);
    assert.match(warnings[0] ?? '', /only example\.com and the names under covers are pinned/);
  });

  it('leaves a listed name to the entry that is its own', () => {
    const hosts = [all('example.com', { covers: ['a.example.com', 'b.a.example.com'] }), policyHost('a.example.com')];
    assert.deepEqual(fitted('ats', hosts).names, ['example.com none', 'b.a.example.com none', 'a.example.com none']);
  });

  const refused: readonly (readonly [string, string, readonly PolicyHost[], RegExp])[] = [
    ['any depth without a list', 'ats', [all('example.com')], /list the names in use/],
    ['one label without a list', 'android-nsc', [one('example.com')], /list the names in use/],
    [
      'a union that would weaken',
      'okhttp-kotlin',
      [all('example.com'), policyHost('a.example.com')],
      /would count for a\.example\.com/,
    ],
    [
      'a union that would enforce what is only reported',
      'okhttp-kotlin',
      [all('example.com'), policyHost('a.example.com', { mode: 'report' })],
      /would count for a\.example\.com/,
    ],
    [
      'names that would fall to an outer entry',
      'harmony',
      [all('example.com'), one('a.example.com', { covers: ['b.a.example.com'] })],
      /would fall under example\.com/,
    ],
  ];
  for (const [name, id, hosts, said] of refused) {
    it(`is refused: ${name}`, () => assert.match(fitted(id, hosts).refusals.join(), said));
  }

  it('is not refused where both entries say the same, or the outer one pins nothing', () => {
    const pins = [policyPin('a'), policyPin('b', 'backup')];
    const hosts = [all('example.com', { pins }), policyHost('a.example.com', { pins: pins.toReversed() })];
    assert.deepEqual(fitted('okhttp-kotlin', hosts).refusals, []);
    const outer = all('example.com', { mode: 'report' });
    assert.deepEqual(fitted('okhttp-kotlin', [outer, policyHost('a.example.com')]).names, ['a.example.com none']);
  });
});

describe('what a target cannot say', () => {
  const ca = policyHost('example.com', {
    pins: [policyPin('a', 'root'), policyPin('b', 'backup', { position: 'ca' })],
  });
  const mixed = policyHost('example.com', {
    pins: [policyPin('a', 'root'), policyPin('b', 'leaf'), policyPin('c', 'backup')],
  });
  const isPrivate = policyHost('example.com', { trust: { store: 'private', certificates: ['root'] } });
  const refused: readonly (readonly [string, PolicyHost, RegExp])[] = [
    ['curl', ca, /only the key of the leaf/],
    ['flutter-dart', mixed, /only the key of the leaf/],
    ['ats', mixed, /leaf and CA pins of one host must both match/],
    ['nativescript', mixed, /leaf and CA pins of one host must both match/],
    ['okhttp-kotlin', isPrivate, /cannot be kept to private authorities/],
    ['ats', isPrivate, /cannot be kept to private authorities/],
    ['cordova-advanced-http', policyHost('example.com'), /every renewal ends the app/],
    ['react-native-ssl-pinning', policyHost('example.com'), /no pin lists its certificates/],
  ];
  for (const [id, host, said] of refused) {
    it(`is refused: ${id}, ${said.source}`, () => assert.match(fitted(id, [host]).refusals.join(), said));
  }

  const told: readonly (readonly [string, Partial<PolicyHost>, RegExp])[] = [
    ['ats', { expires: '2027-06-01' }, /no end here: they hold after 2027-06-01/],
    ['android-nsc', { mode: 'report' }, /the host is not pinned/],
    ['urlsession-swift', { reportTo: ['https://example.com/'] }, /nothing is sent/],
    ['node', { certificateTransparency: 'required' }, /certificate transparency is not asked for/],
  ];
  for (const [id, more, said] of told) {
    it(`is told: ${id}, ${said.source}`, () => {
      const { warnings, refusals } = fitted(id, [policyHost('example.com', more)]);
      assert.deepEqual([refusals, warnings.length], [[], 1]);
      assert.match(warnings[0] ?? '', said);
    });
  }

  it('is nothing where the target says it', () => {
    const full = {
      expires: '2027-06-01',
      certificateTransparency: 'required',
      reportTo: ['https://a.example/'],
    } as const;
    assert.deepEqual(fitted('trustkit-android', [policyHost('example.com', full)]).warnings, []);
    assert.deepEqual(
      fitted('trustkit-ios-plist', [policyHost('example.com', { ...full, mode: 'report' })]).warnings,
      [],
    );
  });
});

describe('covers and mostSpecific', () => {
  it('count labels', () => {
    assert.ok(covers(one('example.com'), 'a.example.com') && covers(all('example.com'), 'a.b.example.com'));
    assert.ok(!covers(one('example.com'), 'a.b.example.com') && !covers(all('example.com'), 'badexample.com'));
    assert.ok(!covers(all('example.com'), 'example.com') && !covers(policyHost('example.com'), 'a.example.com'));
  });

  it('take the own entry, then the longest', () => {
    const hosts = [all('example.com'), one('b.example.com'), policyHost('a.b.example.com')];
    const names = ['a.b.example.com', 'c.b.example.com', 'x.c.b.example.com', 'example.org'];
    assert.deepEqual(
      names.map((name) => mostSpecific(name, hosts)?.host),
      ['a.b.example.com', 'b.example.com', 'example.com', undefined],
    );
  });
});
