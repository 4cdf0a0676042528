import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import fc from 'fast-check';
import { toTarget } from '../../src/wire/proof.ts';
import { withCode } from '../kit.ts';

describe('toTarget', () => {
  const same: readonly (readonly [string, string])[] = [
    ['HTTPS://API.Example.com', 'https://api.example.com/'],
    ['https://api.example.com:443/a', 'https://api.example.com/a'],
    ['http://localhost:80/', 'http://localhost/'],
    ['http://localhost:3000/a?x=//#%zz', 'http://localhost:3000/a'],
    ['https://api.example.com/%7euser/%c3%a9', 'https://api.example.com/~user/%C3%A9'],
    ['https://api.example.com/a%252fb', 'https://api.example.com/a%252fb'],
    ['https://[2001:db8::1]:8443/a', 'https://[2001:db8::1]:8443/a'],
  ];
  for (const [url, target] of same) {
    it(`reads ${url}`, () => assert.equal(toTarget(url), target));
  }

  const ambiguous = [
    'https://api.example.com/a%2fb',
    'https://api.example.com/a%2Fb',
    'https://api.example.com/a%5cb',
    'https://api.example.com/a\\b',
    'https://api.example.com/a%00',
    'https://api.example.com/a/../b',
    'https://api.example.com/a/%2e%2E/b',
    'https://api.example.com/./a',
    'https://api.example.com/a/.',
    'https://api.example.com/a//b',
    'https://api.example.com//',
    'https://api.example.com/a;x=1',
    'https://api.example.com/a%',
    'https://api.example.com/a%zz',
    'https://api.example.com/é',
    'https://api.example.com/a b',
    'https://user@api.example.com/a',
    'https://api.example.com:99999999/a',
    'ftp://api.example.com/',
    '//api.example.com/a',
    '/a',
    '',
    'https://',
    'https://api.example.com\n/a',
  ];
  for (const url of ambiguous) {
    it(`refuses ${JSON.stringify(url)}`, () => assert.throws(() => toTarget(url), withCode('tokens.target_ambiguous')));
  }

  it('is a normal form: reading it again changes nothing', () => {
    const path = fc.string({
      unit: fc.constantFrom('/', '.', 'a', '%', '2', 'e', 'E', 'f', '7', ';', '?'),
      maxLength: 16,
    });
    fc.assert(
      fc.property(path, (input) => {
        try {
          const target = toTarget(`https://api.example.com/${input}`);
          assert.equal(toTarget(target), target);
        } catch (error) {
          if (!(error instanceof AssayError)) throw error;
        }
      }),
      { seed: 32, numRuns: 5000 },
    );
  });
});
