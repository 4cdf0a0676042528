import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { normalHost, parseTarget } from '../../src/stage/names.ts';

describe('names of targets', () => {
  for (const [text, host, port] of [
    ['Api.Example.test', 'api.example.test', 443],
    ['api.example.test.:8443', 'api.example.test', 8443],
    ['192.0.2.1:1', '192.0.2.1', 1],
    ['[2001:DB8:0:0::1]:65535', '2001:db8::1', 65_535],
    ['[::1]', '::1', 443],
  ] as const) {
    it(`reads ${text}`, () => assert.deepEqual(parseTarget(text, 443), { host, port }));
  }

  for (const text of [
    '',
    ':443',
    'a:0',
    'a:65536',
    'a:b',
    'a:',
    'a b',
    'a/b',
    'me@a:1',
    '::1',
    '[::1',
    '[]:1',
    'a:1:2',
    '127.0.0.1\u0000.example.test',
    'b\u00fccher.test',
    'x'.repeat(256),
  ]) {
    it(`refuses "${text.slice(0, 20)}"`, () => assert.equal(parseTarget(text, 443), undefined));
  }

  it('has one form for a host', () => {
    assert.deepEqual(['A.test.', '[0:0::1]', '0:0::1'].map(normalHost), ['a.test', '::1', '::1']);
    assert.equal(normalHost('[not:an:address]'), 'not:an:address');
    assert.equal(normalHost('fe80::1%eth0'), 'fe80::1%eth0');
  });
});
