import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { assertSize, bytesListMember, bytesMember, mapMember, mapOf, textMember } from '../../src/shared/members.ts';

const BYTES = Uint8Array.of(1);
const MAP = new Map<string, string | Uint8Array | Uint8Array[] | Map<string, string>>([
  ['text', 'a'],
  ['bytes', BYTES],
  ['list', [BYTES]],
  ['map', new Map([['inner', 'b']])],
]);

const throwsCode = (run: () => unknown, code: string): void =>
  assert.throws(run, (error) => error instanceof RequestError && error.code === code);

describe('members', () => {
  it('are read by type', () => {
    assert.equal(textMember(MAP, 'text'), 'a');
    assert.equal(bytesMember(MAP, 'bytes'), BYTES);
    assert.deepEqual(bytesListMember(MAP, 'list'), [BYTES]);
    assert.equal(mapMember(MAP, 'map').get('inner'), 'b');
  });

  for (const [name, read] of Object.entries({ textMember, bytesMember, bytesListMember, mapMember })) {
    it(`${name} refuses other types and absent members`, () => {
      const right = { textMember: 'text', bytesMember: 'bytes', bytesListMember: 'list', mapMember: 'map' }[name];
      for (const key of ['text', 'bytes', 'list', 'map', 'absent'].filter((each) => each !== right)) {
        throwsCode(() => read(MAP, key), 'evidence.member_unexpected');
      }
    });
  }

  it('come in a map', () => throwsCode(() => mapOf([], 'test'), 'evidence.member_unexpected'));

  it('come in bounded bytes', () => {
    assertSize(BYTES, 1);
    throwsCode(() => assertSize(BYTES, 0), 'evidence.too_large');
  });
});
