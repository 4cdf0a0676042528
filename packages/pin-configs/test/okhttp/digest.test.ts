import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { okHttpDigest } from '../../src/okhttp/digest.ts';

it('is the same for every spelling of the same bytes', () => {
  const anyDigest = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(anyDigest, (bytes) => {
      const [plain, url] = [bytes.toString('base64'), bytes.toString('base64url')];
      const spellings = [
        plain,
        url,
        `${plain}==`,
        plain.replaceAll('=', ''),
        `${plain.slice(0, 2)} \r\n\t${plain.slice(2)} `,
      ];
      for (const spelling of spellings) assert.equal(okHttpDigest(`sha256/${spelling}`), url);
    }),
    { seed: 7, numRuns: 300 },
  );
});

it('drops bits that belong to no byte', () => {
  assert.equal(okHttpDigest('sha256/AR=='), 'AQ');
  assert.equal(okHttpDigest('sha1/AQJ='), 'AQI');
});

it('is nothing for what the builder refuses', () => {
  for (const pin of [
    'AQID',
    'sha512/AQID',
    'SHA256/AQID',
    'sha256/A',
    'sha256/AQIDA',
    'sha256/A*==',
    'sha256/=A',
    'sha256/é',
  ]) {
    assert.equal(okHttpDigest(pin), undefined, pin);
  }
  assert.equal(okHttpDigest('sha256/'), '');
});

it('takes no time by the square of hostile padding', () => {
  assert.equal(okHttpDigest(`sha256/${'='.repeat(500_000)}A`), undefined);
});
