import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DerReader, der } from '@assay/formats';
import { readAuthorityKeyIdentifier, readSubjectKeyIdentifier } from '../../src/extensions/key-identifiers.ts';
import { name } from '../support/mint.ts';

const [key, issuer, serial] = [
  der.raw(0x80, Uint8Array.of(7)),
  der.raw(0xa1, name.dns('a.test')),
  der.raw(0x82, Uint8Array.of(1)),
];
const read = (...parts: Uint8Array[]) => readAuthorityKeyIdentifier(DerReader.of(der.sequence(...parts)));

it('a subject key identifier is its octets', () => {
  assert.deepEqual(readSubjectKeyIdentifier(DerReader.of(der.octets(Uint8Array.of(7)))), Uint8Array.of(7));
});

it('an authority key identifier may hold each of its parts', () => {
  assert.deepEqual(read(key), { keyIdentifier: Uint8Array.of(7), hasIssuerOrSerial: false });
  assert.deepEqual(read(), { keyIdentifier: undefined, hasIssuerOrSerial: false });
  for (const parts of [[issuer], [serial], [issuer, serial]]) {
    assert.deepEqual(read(...parts), { keyIdentifier: undefined, hasIssuerOrSerial: true });
  }
});

it('an authority key identifier has its parts in order, and no others', () => {
  assert.throws(() => read(serial, key), { code: 'der.trailing_bytes' });
  assert.throws(() => read(key, key), { code: 'der.trailing_bytes' });
});
