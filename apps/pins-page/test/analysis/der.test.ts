import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isDer } from '../../src/analysis/der.ts';

it('tells one whole DER sequence from text that begins with its octet', () => {
  assert.equal(isDer(Uint8Array.of(0x30, 0x01, 0x00)), true);
  assert.equal(isDer(Uint8Array.of(0x30, 0x81, 0x80, ...new Uint8Array(0x80))), true);
  assert.equal(isDer(Uint8Array.of(0x30, 0x01, 0x00, 0x00)), false);
  assert.equal(isDer(Uint8Array.of(0x30, 0x84, 0, 0, 0, 1, 0)), false);
  assert.equal(isDer(new TextEncoder().encode('0.9: a version')), false);
  assert.equal(isDer(Uint8Array.of(0x30)), false);
});
