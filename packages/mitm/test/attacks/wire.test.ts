import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addHeader,
  headerOf,
  membersIn,
  membersOf,
  payloadOf,
  textIn,
  textOf,
  withHeader,
  withText,
} from '../../src/attacks/wire.ts';

const message = { headers: [['DPoP', 'a'] as const, ['x', 'b'] as const], body: new Uint8Array() };

describe('messages', () => {
  it('headers are found whatever their case, exchanged, taken off and repeated', () => {
    assert.equal(headerOf(message, 'dpop'), 'a');
    assert.deepEqual(withHeader(message, 'dpop', 'c').headers, [
      ['x', 'b'],
      ['dpop', 'c'],
    ]);
    assert.deepEqual(withHeader(message, 'dpop').headers, [['x', 'b']]);
    assert.equal(addHeader(message, 'dpop', 'c').headers.length, 3);
    assert.equal(textOf(withText(message, 'body')), 'body');
  });

  it('whatever is no object has no members', () => {
    for (const text of ['', 'null', '[]', '1', '{', '"x"']) assert.deepEqual(membersOf(text), {});
    for (const jws of ['', 'a', 'a.b', 'a.%%.c', `a.${'bnVsbA'}.c`]) assert.deepEqual(payloadOf(jws), {});
    assert.equal(textIn({ a: 1 }, 'a'), undefined);
    assert.deepEqual(membersIn({ a: [] }, 'a'), {});
  });
});
