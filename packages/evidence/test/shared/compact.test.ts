import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError, RequestError } from '@assay/core';
import { toBase64url, utf8 } from '@assay/formats';
import { flag, object } from '@assay/formats/shape';
import { readMembers, readProtectedHeader, sizedPart, splitCompact } from '../../src/shared/compact.ts';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof AssayError) return error.code;
    throw error;
  }
  return 'none';
};

describe('compact forms', () => {
  it('are split into exactly so many parts, empty ones included', () => {
    assert.deepEqual(splitCompact('a..c', 3), ['a', '', 'c']);
    for (const text of ['a.b', 'a.b.c.d', '', '.'.repeat(100)]) {
      assert.equal(
        codeOf(() => splitCompact(text, 3)),
        'evidence.form_unsupported',
        text,
      );
    }
  });

  it('are split no further than one part too many, whatever comes', () => {
    assert.throws(
      () => splitCompact('.'.repeat(16_384), 3),
      (error) => error instanceof RequestError && error.detail.found === 'more than 3',
    );
    assert.equal(
      codeOf(() => splitCompact('a'.repeat(16_385), 1)),
      'evidence.too_large',
    );
  });

  it('have parts of a known size', () => {
    assert.deepEqual(sizedPart('AQI', 2), Uint8Array.of(1, 2));
    for (const [part, code] of [
      ['AQID', 'evidence.form_unsupported'],
      [undefined, 'evidence.form_unsupported'],
      ['AQI=', 'base64.character_invalid'],
      ['AQJ', 'base64.not_canonical'],
    ] as const) {
      assert.equal(
        codeOf(() => sizedPart(part, 2)),
        code,
      );
    }
  });

  it('have a header that is read strictly', () => {
    const header = (text: string) => toBase64url(utf8(text));
    const read = object({ b: flag });
    assert.deepEqual(readProtectedHeader(header('{"b":true}'), read), { b: true });
    for (const [text, code] of [
      ['{"b":true,"c":1}', 'evidence.member_unexpected'],
      ['{"b":1}', 'evidence.member_unexpected'],
      ['{"b":true,"b":false}', 'json.name_duplicate'],
      ['[[[[]]]]', 'json.too_deep'],
      ['', 'json.syntax'],
    ] as const) {
      assert.equal(
        codeOf(() => readProtectedHeader(header(text), read)),
        code,
        text,
      );
    }
    assert.equal(
      codeOf(() => readProtectedHeader(undefined, read)),
      'json.syntax',
    );
  });

  it('hold members whose faults name no value', () => {
    assert.throws(
      () => readMembers({ b: 'hunter2' }, object({ b: flag })),
      (error) => error instanceof RequestError && !JSON.stringify([error.message, error.detail]).includes('hunter2'),
    );
  });
});
