import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { concat, DerReader, der, utf8 } from '@assay/formats';
import { readApplicationId } from '../../../src/android-key/key-description/application-id.ts';
import { applicationId, PACKAGE, SIGNER } from '../../support/mint-android.ts';

const read = (value: Uint8Array) => readApplicationId(DerReader.of(value));
const wrapped = (...parts: readonly Uint8Array[]) => der.octets(der.sequence(...parts));
const named = (name: Uint8Array) => der.set(der.sequence(der.octets(name), der.integer(1)));

describe('readApplicationId', () => {
  it('reads package, version and signer', () => {
    const [, value] = applicationId([PACKAGE], [SIGNER], 42);
    assert.deepEqual(read(value), { packages: [{ name: PACKAGE, version: '42' }], signers: [SIGNER] });
  });

  it('reads several packages of one user id, in any order, and version codes of 64 bits', () => {
    const each = ['b.b', 'a.a'].map((name) => der.sequence(der.octets(utf8(name)), der.integer(2 ** 40)));
    const { packages } = read(wrapped(der.raw(0x31, concat(...each)), der.set()));
    assert.deepEqual(packages, [
      { name: 'b.b', version: '1099511627776' },
      { name: 'a.a', version: '1099511627776' },
    ]);
  });

  it('reads an id that names nothing', () => {
    assert.deepEqual(read(wrapped(der.set(), der.set())), { packages: [], signers: [] });
  });

  for (const [name, value] of [
    ['no structure', der.octets(utf8('com.example'))],
    ['bytes behind it', der.octets(concat(der.sequence(der.set(), der.set()), Uint8Array.of(0)))],
    ['a member too many', wrapped(der.set(), der.set(), der.null())],
    ['a name that is not UTF-8', wrapped(named(Uint8Array.of(0xff)), der.set())],
    ['a package without version', wrapped(der.set(der.sequence(der.octets(utf8('a.b')))), der.set())],
  ] as const) {
    it(`refuses ${name}`, () => assert.throws(() => read(value), RequestError));
  }
});
