import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { concat, der, toHex, utf8 } from '@assay/formats';
import { parseKeyDescription } from '../../../src/android-key/key-description/index.ts';
import {
  type Authorization,
  applicationId,
  changed,
  HARDWARE,
  mintDescription,
  rootOfTrust,
  SOFTWARE,
} from '../../support/mint-android.ts';

function hardwareOf(hardware: readonly Authorization[]) {
  return parseKeyDescription(mintDescription({ hardware })).hardwareEnforced;
}

function isMalformed(error: unknown): boolean {
  return error instanceof RequestError && error.code === 'android.key_description_malformed';
}

describe('parseKeyDescription', () => {
  for (const version of [1, 2, 3, 4, 100, 200, 300, 400, 500, 600, 10_000]) {
    it(`reads version ${version}`, () => {
      const read = parseKeyDescription(mintDescription({ version, keyMintVersion: version + 1 }));
      assert.deepEqual([read.attestationVersion, read.keyMintVersion], [version, version + 1]);
    });
  }

  it('passes over what a later version appends, and only there', () => {
    const tail = der.octets(utf8('new'));
    assert.equal(parseKeyDescription(mintDescription({ version: 501, tail })).attestationVersion, 501);
    assert.throws(() => parseKeyDescription(mintDescription({ version: 500, tail })), isMalformed);
  });

  it('reads RootOfTrust of version 2, without a hash, and a BOOLEAN of 0x01', () => {
    const value = der.sequence(der.octets(Uint8Array.of(1)), der.raw(0x01, Uint8Array.of(1)), der.enumerated(0));
    const { rootOfTrust: read } = hardwareOf([[704, value]]);
    assert.deepEqual(
      [read?.deviceLocked, read?.verifiedBootState, read?.verifiedBootHash],
      [true, 'verified', undefined],
    );
  });

  it('reads tags and sets in any order', () => {
    const unsorted = der.raw(0x31, concat(der.integer(3), der.integer(2)));
    const list = hardwareOf([rootOfTrust(), [702, der.integer(0)], [1, unsorted]]);
    assert.deepEqual([list.purposes, list.origin, list.rootOfTrust?.deviceLocked], [[3, 2], 0, true]);
  });

  it('reports unknown tags and passes over known ones that it has no use for', () => {
    const known = [4, 203, 400, 401, 402, 502, 506, 703, 713, 714, 715, 723].map(
      (tag): Authorization => [tag, der.null()],
    );
    const list = hardwareOf([...known, [800, der.sequence(der.integer(1))], [70_000, der.null()]]);
    assert.deepEqual(list, { unknownTags: [800, 70_000] });
  });

  it('keeps a number beyond sense absent, and the rest', () => {
    const numbers = [der.integer(-1), der.integer(2n ** 64n), der.integer(2n ** 53n)];
    for (const value of numbers) {
      const list = hardwareOf(changed(HARDWARE, [706, value]));
      assert.deepEqual([list.osPatchLevel, list.osVersion], [undefined, 160_000]);
    }
  });

  it('reads the ML-DSA variant and the module hash', () => {
    const list = hardwareOf([
      [2, der.integer(4)],
      [11, der.integer(1)],
      [724, der.octets(Uint8Array.of(0xab))],
    ]);
    assert.deepEqual([list.algorithm, list.mlDsaVariant, toHex(list.moduleHash ?? new Uint8Array())], [4, 1, 'ab']);
  });

  it('reads the application id of a shared user id', () => {
    const software = changed(SOFTWARE, applicationId(['b.b', 'a.a'], ['cd'.repeat(32), 'ab'.repeat(32)], 2 ** 40));
    const { applicationId: read } = parseKeyDescription(mintDescription({ software })).softwareEnforced;
    assert.deepEqual(new Set(read?.packages.map(({ name }) => name)), new Set(['a.a', 'b.b']));
    assert.equal(read?.packages[0]?.version, '1099511627776');
    assert.deepEqual(new Set(read?.signers), new Set(['ab'.repeat(32), 'cd'.repeat(32)]));
  });

  for (const [name, list] of [
    ['a tag twice', [...HARDWARE, [702, der.integer(2)]]],
    ['a value of another type', changed(HARDWARE, [702, der.octets(utf8('x'))])],
    ['two values in one tag', changed(HARDWARE, [702, concat(der.integer(0), der.integer(2))])],
    ['an empty tag', changed(HARDWARE, [702, new Uint8Array()])],
    ['a flag with content', changed(HARDWARE, [503, der.boolean(true)])],
    ['a root of trust with a member too many', changed(HARDWARE, [704, longRootOfTrust()])],
    ['an application id with bytes behind it', changed(HARDWARE, [709, der.octets(trailed())])],
    ['a package name that is not UTF-8', changed(HARDWARE, [709, der.octets(unnamed())])],
  ] as const) {
    it(`refuses ${name}`, () => {
      assert.throws(() => parseKeyDescription(mintDescription({ hardware: list })), isMalformed);
    });
  }

  it('refuses an element without an authorization tag', () => {
    const [full, list] = [mintDescription({ hardware: [] }), der.sequence(der.integer(1))];
    const content = full.subarray(full.length - 2).length;
    const spoilt = der.sequence(contentOf(full).subarray(0, -content), list);
    assert.throws(() => parseKeyDescription(spoilt), isMalformed);
  });

  it('says where decoding stopped', () => {
    assert.throws(
      () => parseKeyDescription(mintDescription().subarray(0, -1)),
      (error) =>
        error instanceof RequestError && error.detail.offset !== undefined && error.detail.found === 'der.truncated',
    );
  });
});

function longRootOfTrust(): Uint8Array {
  const fields = [der.octets(new Uint8Array(32)), der.boolean(true), der.enumerated(0), der.octets(new Uint8Array(32))];
  return der.sequence(...fields, der.null());
}

function trailed(): Uint8Array {
  return concat(der.sequence(der.set(), der.set()), Uint8Array.of(0));
}

function unnamed(): Uint8Array {
  return der.sequence(der.set(der.sequence(der.octets(Uint8Array.of(0xff)), der.integer(1))), der.set());
}

/** Content of a SEQUENCE whose length takes three octets or fewer. */
function contentOf(sequence: Uint8Array): Uint8Array {
  const first = sequence[1] ?? 0;
  return sequence.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f));
}
