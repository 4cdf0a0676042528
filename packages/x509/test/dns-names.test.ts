import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isHostName, isPresentedDnsName, isWithinDomain, wildcardBase } from '../src/dns-names.ts';

describe('isHostName', () => {
  for (const name of ['example.test', 'a', 'xn--n3h.com', '3com.example', `${'a'.repeat(63)}.test`, 'A.Test']) {
    it(`takes ${name}`, () => assert.ok(isHostName(name)));
  }
  for (const name of [
    '',
    '.',
    'a.',
    '.a',
    'a..b',
    '-a.test',
    'a-.test',
    'a_b.test',
    '127.0.0.1',
    'a b',
    '*.a.test',
    'ä.test',
  ]) {
    it(`refuses "${name}"`, () => assert.ok(!isHostName(name)));
  }
  it('refuses labels over 63 and names over 253 characters', () => {
    assert.ok(!isHostName(`${'a'.repeat(64)}.test`));
    assert.ok(!isHostName(Array(128).fill('a').join('.')));
  });
});

describe('isPresentedDnsName', () => {
  for (const name of ['example.test', '*.example.test']) it(`takes ${name}`, () => assert.ok(isPresentedDnsName(name)));
  for (const name of ['*', '*.', '*.com', 'a*.example.test', '*a.example.test', 'a.*.test', '*.*.test', '*.1.2']) {
    it(`refuses ${name}`, () => assert.ok(!isPresentedDnsName(name)));
  }
});

describe('domains', () => {
  it('hold themselves and what ends in a dot and them', () => {
    assert.ok(isWithinDomain('example.test', 'example.test'));
    assert.ok(isWithinDomain('a.b.example.test', 'example.test'));
    assert.ok(isWithinDomain('anything', ''));
    assert.ok(!isWithinDomain('not-example.test', 'example.test'));
    assert.ok(!isWithinDomain('test', 'example.test'));
  });

  it('follow a wildcard', () => {
    assert.equal(wildcardBase('*.example.test'), 'example.test');
    assert.equal(wildcardBase('example.test'), undefined);
  });
});
