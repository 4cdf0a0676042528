import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DerReader, der, FormatError } from '@assay/formats';
import { readRootOfTrust } from '../../../src/android-key/key-description/root-of-trust.ts';
import { rootOfTrust } from '../../support/mint-android.ts';

const read = (value: Uint8Array) => readRootOfTrust(DerReader.of(value));
const key = der.octets(Uint8Array.of(1));

describe('readRootOfTrust', () => {
  for (const [state, name] of [
    [0, 'verified'],
    [1, 'self_signed'],
    [2, 'unverified'],
    [3, 'failed'],
    [4, undefined],
  ] as const) {
    it(`reads boot state ${state} as ${name}`, () =>
      assert.equal(read(rootOfTrust({ state })[1]).verifiedBootState, name));
  }

  for (const [octet, locked] of [
    [0x00, false],
    [0xff, true],
    [0x01, true],
  ] as const) {
    it(`reads a BOOLEAN of ${octet} as ${locked}`, () => {
      assert.equal(read(rootOfTrust({ locked: octet })[1]).deviceLocked, locked);
    });
  }

  it('reads the form of version 2, without a hash', () => {
    assert.equal(read(der.sequence(key, der.boolean(true), der.enumerated(0))).verifiedBootHash, undefined);
  });

  for (const [name, value] of [
    ['a member too many', der.sequence(key, der.boolean(true), der.enumerated(0), key, der.null())],
    ['a missing state', der.sequence(key, der.boolean(true))],
    ['a BOOLEAN of two octets', der.sequence(key, der.raw(0x01, Uint8Array.of(0, 1)), der.enumerated(0))],
    ['a negative state', der.sequence(key, der.boolean(true), der.enumerated(-1))],
  ] as const) {
    it(`refuses ${name}`, () => assert.throws(() => read(value), FormatError));
  }
});
