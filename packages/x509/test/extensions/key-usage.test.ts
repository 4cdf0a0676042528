import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DerReader, der } from '@assay/formats';
import { readKeyUsage } from '../../src/extensions/key-usage.ts';
import { fault } from '../support/chain.ts';

const read = (unused: number, ...octets: number[]) =>
  readKeyUsage(DerReader.of(der.raw(0x03, Uint8Array.of(unused, ...octets))));

it('key usage names its bits', () => {
  assert.deepEqual(read(7, 0x80), new Set(['digitalSignature']));
  assert.deepEqual(read(1, 0x06), new Set(['keyCertSign', 'cRLSign']));
  assert.deepEqual(read(7, 0x01, 0x80), new Set(['encipherOnly', 'decipherOnly']));
});

it('key usage without a bit is refused', () => {
  assert.throws(() => read(0), fault('x509.extension_malformed'));
  assert.throws(() => read(0, 0), fault('x509.extension_malformed'));
});
