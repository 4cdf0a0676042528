import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { parseKekFile, toKekFile } from '@assay/secrets';
import fc from 'fast-check';
import { kek, withCode } from './examples.ts';

const keks = [kek('new'), kek('old')];
const text = toKekFile(keks);
const line = text.split('\n')[2] ?? '';

const rows: readonly [string, string, string][] = [
  ['an empty file', '', 'secrets.kek_missing'],
  ['comments only', '# nothing\n', 'secrets.kek_missing'],
  ['another version', text.replace(/^v1/m, 'v2'), 'secrets.kek_file_malformed'],
  ['a trailing space', `${line} \n`, 'secrets.kek_file_malformed'],
  ['a cut line', line.slice(0, -1), 'secrets.kek_file_malformed'],
  ['a key that is not canonical', line.replace(/(\S{42})\S (\S{22})$/, '$1B $2'), 'secrets.kek_file_malformed'],
  [
    'one wrong character in a key',
    line.replace(/^(v1 \S+ )(.)/, (_, head, character) => head + (character === 'A' ? 'B' : 'A')),
    'secrets.kek_check_failed',
  ],
  ['another id', line.replace(/^v1 ./, 'v1 _'), 'secrets.kek_check_failed'],
  ['one key twice', `${line}\n${line}\n`, 'secrets.kek_file_malformed'],
  ['a huge file', '#'.repeat(65_537), 'secrets.kek_file_malformed'],
];

describe('key file', () => {
  it('reads what it writes, in order', () => assert.deepEqual(parseKekFile(text), keks));

  it('reads line ends of both kinds', () => assert.deepEqual(parseKekFile(text.replaceAll('\n', '\r\n')), keks));

  for (const [name, content, code] of rows)
    it(`refuses ${name}`, () => assert.throws(() => parseKekFile(content), withCode(code)));

  it('prints no key in its errors', () => {
    const key = line.split(' ')[2] ?? '';
    for (const [, content] of rows) {
      assert.throws(
        () => parseKekFile(content),
        (error: Error) => !error.message.includes(key.slice(4, 16)),
      );
    }
  });

  it('gives keys or a coded error for any text', () => {
    const mutated = fc
      .tuple(fc.nat(text.length), fc.string())
      .map(([at, part]) => text.slice(0, at) + part + text.slice(at + part.length));
    fc.assert(
      fc.property(fc.oneof(fc.string(), mutated), (any) => {
        try {
          parseKekFile(any);
        } catch (error) {
          assert.ok(error instanceof ConfigError);
        }
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});
