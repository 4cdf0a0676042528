import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPinList } from '../../src/pin-list/read.ts';

const PIN = 'r/mIkG3eEpVdm+u/ko/cwxzOMo1bk4TyHIlByibiA5E=';

const hosts = (value: unknown) =>
  readPinList('pins.json', JSON.stringify(value))?.map(({ format, host, subdomains, apex, pins }) => {
    return [format, host.text, subdomains, apex, pins.length];
  });

describe('lists of pins', () => {
  it('are options of react-native-ssl-public-key-pinning', () => {
    const options = {
      'a.example': { includeSubdomains: true, publicKeyHashes: [PIN, PIN], expirationDate: '2027-01-01' },
    };
    assert.deepEqual(hosts(options), [['react-native', 'a.example', 'all', true, 2]]);
    const [host] = readPinList('f', JSON.stringify(options)) ?? [];
    assert.equal(host?.expiration?.text, '2027-01-01');
  });

  it('are hosts with lists of prefixed pins', () => {
    assert.deepEqual(hosts({ 'api.example': [`sha256/${PIN}`] }), [['pin-list', 'api.example', 'none', true, 1]]);
    assert.equal(hosts({ 'api.example': ['anything else'] }), undefined);
  });

  it('are objects that name their host, at any depth', () => {
    const list = { config: { hosts: [{ host: 'a.example', hash: [`sha256/${PIN}`] }] } };
    assert.deepEqual(hosts(list), [['cordova', 'a.example', 'none', true, 1]]);
  });

  it('read the stars of OkHttp', () => {
    const entries = [
      { pattern: '*.a.example', pins: [PIN] },
      { pattern: '**.a.example', pins: [PIN] },
    ];
    assert.deepEqual(hosts({ entries }), [
      ['pin-list', '*.a.example', 'one', false, 1],
      ['pin-list', '**.a.example', 'all', true, 1],
    ]);
  });

  it('name hosts as they like beside pins that are prefixed, since code may fill them in', () => {
    const entry = { pattern: '(variable host)', pins: [`sha256/${PIN}`] };
    assert.deepEqual(hosts([entry]), [['pin-list', '(variable host)', 'none', true, 1]]);
    assert.equal(hosts([{ ...entry, pins: [PIN] }]), undefined);
  });

  it('are not made out of other data', () => {
    for (const value of [
      { name: 'package.json', pins: [PIN] },
      { fingerprints: ['x'] },
      { 'tsconfig.json': [`sha256/${PIN}`] },
      [],
      3,
    ]) {
      assert.equal(hosts(value), undefined, JSON.stringify(value));
    }
  });
});
