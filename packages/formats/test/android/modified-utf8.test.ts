import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { utf8 } from '@assay/formats';
import { decodeModifiedUtf8 } from '../../src/android/modified-utf8.ts';
import { refuses } from '../artifact-helpers.ts';
import { hex } from '../helpers.ts';

describe('decodeModifiedUtf8', () => {
  const rows: readonly [name: string, bytes: Uint8Array, text: string][] = [
    ['UTF-8', utf8('zażółć 🔒'), 'zażółć 🔒'],
    ['U+0000 in two bytes', hex('61 c0 80 62'), 'a\0b'],
    ['a surrogate pair in six bytes', hex('ed a0 bd ed b4 92'), '🔒'],
    ['half of a pair', hex('ed a0 bd'), '\ud83d'],
    ['four bytes beside a half', hex('ed a0 bd f0 9f 94 92'), '\ud83d🔒'],
  ];
  for (const [name, bytes, text] of rows) it(`reads ${name}`, () => assert.equal(decodeModifiedUtf8(bytes, 0), text));

  refuses(
    [
      ['a continuation alone', hex('61 80'), 'artifact.text_invalid'],
      ['a sequence that is cut off', hex('61 e2 82'), 'artifact.text_invalid'],
      ['an octet that is none', hex('ff'), 'artifact.text_invalid'],
      ['a point over U+10FFFF', hex('f4 90 80 80'), 'artifact.text_invalid'],
    ],
    (bytes) => decodeModifiedUtf8(bytes, 0),
  );
});
