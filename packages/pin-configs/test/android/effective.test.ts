import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { effectiveScope } from '../../src/android/effective.ts';
import { domainConfig, nscOf, PINS } from './nsc-of.ts';

const TARGET = { targetSdk: 36 };

const scopeOf = (inner: string, host = 'a.example', targetSdk = 36) =>
  effectiveScope(nscOf(inner), host, 'release', { targetSdk });

const anchors = (inner: string, build: 'release' | 'debug', targetSdk = 36) =>
  effectiveScope(nscOf(inner), 'a.example', build, { targetSdk }).anchors.value.map(
    ({ source, overridePins }) => `${source}${overridePins ? ' overrides' : ''}`,
  );

describe('inheritance', () => {
  it('a nested entry has the pins around it, a flat one has none of its parent domain', () => {
    const outer = (nested: string) =>
      `<domain-config><domain includeSubdomains="true">b.example</domain><pin-set>${PINS}</pin-set>${nested}</domain-config>`;
    const inner = '<domain-config><domain>a.b.example</domain></domain-config>';
    assert.equal(scopeOf(outer(inner), 'a.b.example').pinSet?.pins.length, 2);
    assert.equal(scopeOf(outer('') + inner, 'a.b.example').pinSet, undefined);
  });

  it('anchors of its own replace inherited ones', () => {
    const base = '<base-config><trust-anchors><certificates src="user"/></trust-anchors></base-config>';
    const own = '<trust-anchors><certificates src="@raw/ca"/></trust-anchors>';
    assert.deepEqual(anchors(base + domainConfig(''), 'release'), ['user']);
    assert.deepEqual(anchors(domainConfig(own) + base, 'release'), ['app']);
    assert.deepEqual(anchors(domainConfig('<trust-anchors/>'), 'release'), []);
  });

  it('debug-overrides add anchors that override pins, in debuggable builds', () => {
    const inner =
      '<debug-overrides><trust-anchors><certificates src="user"/><certificates src="@raw/x" overridePins="false"/></trust-anchors></debug-overrides>';
    assert.deepEqual(anchors(inner, 'release'), ['system']);
    assert.deepEqual(anchors(inner, 'debug'), ['system', 'user overrides', 'app']);
  });

  it('the resource with _debug counts where there are no debug-overrides', () => {
    const debugResource = nscOf(
      '<debug-overrides><trust-anchors><certificates src="user"/></trust-anchors></debug-overrides>',
    );
    const of = (inner: string) =>
      effectiveScope(nscOf(inner), 'a.example', 'debug', { ...TARGET, debugResource }).anchors.value.length;
    assert.equal(of(''), 2);
    assert.equal(of('<debug-overrides/>'), 1);
  });
});

describe('defaults by target', () => {
  it('user certificates up to 23, cleartext up to 27, transparency and encrypted hello from 37', () => {
    assert.deepEqual(anchors('', 'release', 23), ['system', 'user']);
    assert.deepEqual(anchors('', 'release', 24), ['system']);
    assert.deepEqual(
      [27, 28].map((target) => scopeOf('', 'x', target).cleartextTrafficPermitted.value),
      [true, false],
    );
    assert.deepEqual(
      [36, 37].map((target) => scopeOf('', 'x', target).certificateTransparency.value),
      [false, true],
    );
    assert.deepEqual(
      [36, 37].map((target) => scopeOf('', 'x', target).domainEncryption.value),
      ['disabled', 'opportunistic'],
    );
  });
});

describe('cleartext', () => {
  it('is the nearest that says so; text that is no boolean permits it', () => {
    const base = '<base-config cleartextTrafficPermitted="false"/>';
    assert.equal(scopeOf(base + domainConfig('')).cleartextTrafficPermitted.value, false);
    assert.equal(
      scopeOf(base + domainConfig('', ' cleartextTrafficPermitted="true"')).cleartextTrafficPermitted.value,
      true,
    );
    assert.equal(scopeOf(domainConfig('', ' cleartextTrafficPermitted="no"')).cleartextTrafficPermitted.value, true);
    assert.equal(scopeOf(base + domainConfig('')).cleartextTrafficPermitted.place?.line, 2);
  });
});

describe('certificate transparency', () => {
  const asked = (inner: string, targetSdk = 37) => scopeOf(inner, 'a.example', targetSdk).certificateTransparency.value;

  it('is switched off by anchors that are in no log, unless the same entry asks for it', () => {
    const user = '<trust-anchors><certificates src="system"/><certificates src="user"/></trust-anchors>';
    assert.equal(asked(domainConfig('<trust-anchors><certificates src="system"/></trust-anchors>')), true);
    assert.equal(asked(domainConfig(user)), false);
    assert.equal(asked(domainConfig(`${user}<certificateTransparency enabled="true"/>`)), true);
    assert.equal(asked(`<base-config>${user}</base-config>${domainConfig('')}`), false);
    assert.equal(
      asked(`<base-config><certificateTransparency enabled="true"/></base-config>${domainConfig(user)}`),
      false,
    );
    assert.equal(asked(domainConfig('<certificateTransparency enabled="false"/>')), false);
    assert.equal(asked(domainConfig('<certificateTransparency enabled="maybe"/>')), false);
  });

  it('is switched off by debug anchors too, in debuggable builds', () => {
    const inner = '<debug-overrides><trust-anchors><certificates src="user"/></trust-anchors></debug-overrides>';
    const of = (build: 'release' | 'debug') =>
      effectiveScope(nscOf(inner), 'x', build, { targetSdk: 37 }).certificateTransparency.value;
    assert.deepEqual([of('release'), of('debug')], [true, false]);
  });
});

it('an unknown mode of encryption is the default of the target', () => {
  assert.equal(
    scopeOf(domainConfig('<domainEncryption mode="on"/>'), 'a.example', 37).domainEncryption.value,
    'opportunistic',
  );
  assert.equal(
    scopeOf(domainConfig('<domainEncryption mode="required"/>'), 'a.example', 37).domainEncryption.value,
    'required',
  );
});
