import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import { describe, it } from 'node:test';
import { bracketed, isLoopback, reachedAt } from '../../../src/mitm/phone/addresses.ts';

describe('addresses', () => {
  it('of a listener, as others reach it', () => {
    assert.deepEqual(reachedAt('192.0.2.7'), ['192.0.2.7']);
    const all = reachedAt('0.0.0.0');
    assert.ok(all.length > 0 && all.every((address) => isIP(address) === 4));
    assert.deepEqual(['::1', '127.0.0.1'].map(bracketed), ['[::1]', '127.0.0.1']);
    assert.deepEqual(['::1', '127.0.0.2', '192.0.2.7'].map(isLoopback), [true, true, false]);
  });
});
