import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { addressOctets, fillTemplate, hostOf } from '../../src/forge/hosts.ts';

const unforgeable = (error: unknown) => error instanceof ConfigError && error.code === 'mitm.recipe_unforgeable';

describe('names for a host', () => {
  const names: readonly (readonly [template: string, name: string])[] = [
    ['{host}', 'api.example.test'],
    ['*.{parent}', '*.example.test'],
    ['*.{grandparent}', '*.test'],
    ['{initial}*{last}.{parent}', 'a*i.example.test'],
    ['{HOST}', 'API.EXAMPLE.TEST'],
    ['{host}\0.other.invalid', 'api.example.test\0.other.invalid'],
    ['bücher.{parent}', 'xn--bcher-kva.example.test'],
    ['', ''],
  ];
  for (const [template, name] of names) {
    it(JSON.stringify(template), () => assert.equal(fillTemplate(template, 'api.example.test'), name));
  }

  it('have no placeholders left', () => {
    for (const template of ['{plain}', '{', '{host', '{other}.invalid']) {
      assert.throws(() => fillTemplate(template, 'api.example.test'), unforgeable, template);
    }
  });

  it('are names once their U-labels are A-labels', () => {
    assert.throws(() => fillTemplate('ü\0.invalid', 'api.example.test'), unforgeable);
  });
});

describe('hosts', () => {
  it('have one form', () => {
    assert.equal(hostOf('API.Example.TEST.'), 'api.example.test');
    assert.equal(hostOf('Bücher.example'), 'xn--bcher-kva.example');
    assert.equal(hostOf('2001:DB8::1'), '2001:db8::1');
  });
});

describe('addresses', () => {
  const addresses: readonly (readonly [text: string, hex: string])[] = [
    ['192.0.2.1', 'c0000201'],
    ['::', '00000000000000000000000000000000'],
    ['::1', '00000000000000000000000000000001'],
    ['2001:db8::', '20010db8000000000000000000000000'],
    ['2001:db8::a:1', '20010db80000000000000000000a0001'],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
    ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
  ];
  for (const [text, hex] of addresses) {
    it(text, () => assert.equal(Buffer.from(addressOctets(text)).toString('hex'), hex));
  }

  it('are nothing else', () => {
    for (const text of ['', '192.0.2', '192.0.2.256', 'fe80::1%eth0', '1::2::3', 'host']) {
      assert.throws(() => addressOctets(text), unforgeable, text);
    }
  });
});
