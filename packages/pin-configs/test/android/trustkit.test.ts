import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isEnforced, matchTrustKitAndroid, trustKitProblems, usesTrustKit } from '../../src/android/trustkit.ts';
import { connectionTo, domainConfig, nscOf, PIN_A, PIN_C, PINS } from './nsc-of.ts';

const TARGET = { targetSdk: 36 };
const ENFORCED = '<trustkit-config enforcePinning="true"/>';

const match = (inner: string, path = [PIN_C]) => {
  const { answer, because } = matchTrustKitAndroid(nscOf(inner), TARGET, connectionTo('a.example', { path }));
  return `${answer} ${because}`;
};

describe('matchTrustKitAndroid', () => {
  const pinned = (rest: string) => domainConfig(`<pin-set>${PINS}</pin-set>${rest}`);

  it('refuses where it enforces, and reports where it does not, which is the default', () => {
    assert.equal(match(pinned(ENFORCED)), 'refused no_pin_matched');
    assert.equal(match(pinned(ENFORCED), [PIN_A]), 'connects pin_matched');
    assert.equal(match(pinned('<trustkit-config/>')), 'connects report_only');
    assert.equal(match(pinned('<trustkit-config enforcePinning="1"/>')), 'connects report_only');
    assert.equal(match(pinned('<trustkit-config enforcePinning="TRUE"/>')), 'refused no_pin_matched');
  });

  it('leaves a configuration that is not meant for it to the platform', () => {
    assert.equal(match(pinned('')), 'refused no_pin_matched');
    assert.equal(match(`${domainConfig('')}<base-config/>`), 'connects unpinned');
  });

  it('drops no refusal but the one of the pins', () => {
    assert.equal(match(pinned('<trustkit-config/><trust-anchors/>')), 'refused untrusted');
  });

  it('dies of what the platform or TrustKit refuses', () => {
    assert.equal(match(domainConfig(`<pin-set/>${ENFORCED}`)), 'crashes configuration_invalid');
    assert.equal(match(domainConfig('<pin-set/><pin-set/><trustkit-config/>')), 'crashes configuration_invalid');
  });
});

describe('trustKitProblems', () => {
  const codes = (inner: string) => trustKitProblems(nscOf(inner)).map(({ code, place }) => `${code} ${place.line}`);

  it('two distinct pins where it enforces, its own or inherited', () => {
    const one = `<pin-set><pin digest="SHA-256">${PIN_A}</pin><pin digest="SHA-256">${PIN_A}</pin></pin-set>`;
    assert.deepEqual(codes(domainConfig(one + ENFORCED)), ['trustkit_pins 2']);
    assert.deepEqual(codes(domainConfig(`${one}<trustkit-config/>`)), []);
    assert.deepEqual(codes(domainConfig(ENFORCED)), ['trustkit_pins 2']);
    const nested = `<domain-config><domain>b.example</domain>${ENFORCED}</domain-config>`;
    assert.deepEqual(codes(domainConfig(`<pin-set>${PINS}</pin-set>${nested}`)), []);
  });

  it('one spelling of the digest', () => {
    const lower = `<pin-set><pin digest="sha-256">${PIN_A}</pin></pin-set>`;
    assert.deepEqual(codes(domainConfig(`${lower}<trustkit-config/>`)), ['trustkit_digest 2']);
    assert.deepEqual(codes(domainConfig(lower)), []);
  });
});

it('isEnforced takes the nearest word, usesTrustKit looks into nested entries', () => {
  const place = { file: 'n.xml', line: 1, column: 1 };
  const said = (text: string) => ({ enforcePinning: { text, place }, reportUris: [], place });
  assert.equal(isEnforced([{ reportUris: [], place }, said('true'), said('false')]), true);
  assert.equal(isEnforced([said('false'), said('true')]), false);
  assert.equal(isEnforced([]), false);
  const nested = `<domain-config><domain>b.example</domain>${ENFORCED}</domain-config>`;
  assert.deepEqual([usesTrustKit(nscOf(domainConfig(nested))), usesTrustKit(nscOf(domainConfig('')))], [true, false]);
});
