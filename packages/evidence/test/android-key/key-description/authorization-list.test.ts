import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { concat, DerReader, der, utf8 } from '@assay/formats';
import { readAuthorizationList } from '../../../src/android-key/key-description/authorization-list.ts';
import { type Authorization, changed, HARDWARE, rootOfTrust } from '../../support/mint-android.ts';

function listOf(tags: readonly Authorization[]) {
  return readAuthorizationList(DerReader.of(concat(...tags.map(([tag, value]) => der.explicit(tag, value)))));
}

describe('readAuthorizationList', () => {
  it('reads every member by its tag', () => {
    const flags = [303, 305, 503, 507, 508, 509, 600, 720].map((tag): Authorization => [tag, der.null()]);
    const numbers = [2, 3, 10, 11, 200, 405, 504, 505, 701, 702, 705, 706, 718, 719];
    const texts = [710, 711, 712, 716, 717].map((tag): Authorization => [tag, der.octets(utf8(`text ${tag}`))]);
    const read = listOf([...flags, ...numbers.map((tag): Authorization => [tag, der.integer(tag)]), ...texts]);
    const { unknownTags, ...members } = read;
    assert.deepEqual(unknownTags, []);
    assert.deepEqual(members, {
      ...{ rollbackResistance: true, earlyBootOnly: true, noAuthRequired: true, trustedUserPresenceRequired: true },
      ...{ trustedConfirmationRequired: true, unlockedDeviceRequired: true, allApplications: true },
      ...{ deviceUniqueAttestation: true, algorithm: 2, keySize: 3, ecCurve: 10, mlDsaVariant: 11 },
      ...{ rsaPublicExponent: 200, usageCountLimit: 405, userAuthType: 504, authTimeout: 505, creationDateTime: 701 },
      ...{ origin: 702, osVersion: 705, osPatchLevel: 706, vendorPatchLevel: 718, bootPatchLevel: 719 },
      ...{ brand: 'text 710', device: 'text 711', product: 'text 712', manufacturer: 'text 716', model: 'text 717' },
    });
  });

  it('reads sets and bytes', () => {
    const sets = [1, 5, 6].map((tag): Authorization => [tag, der.set(der.integer(tag), der.integer(2))]);
    const read = listOf([...sets, [724, der.octets(Uint8Array.of(0xab))]]);
    assert.deepEqual(
      [read.purposes, read.digests, read.paddings],
      [
        [1, 2],
        [2, 5],
        [2, 6],
      ],
    );
    assert.deepEqual([...(read.moduleHash ?? [])], [0xab]);
  });

  it('reads tags and sets in any order', () => {
    const unsorted = der.raw(0x31, concat(der.integer(3), der.integer(2)));
    const read = listOf([rootOfTrust(), [702, der.integer(0)], [1, unsorted]]);
    assert.deepEqual([read.purposes, read.origin, read.rootOfTrust?.deviceLocked], [[3, 2], 0, true]);
  });

  it('reports unknown tags, and passes over known ones that it has no use for', () => {
    const known = [4, 203, 400, 401, 402, 502, 506, 703, 713, 714, 715, 723];
    const read = listOf([
      ...known.map((tag): Authorization => [tag, der.octets(utf8('anything'))]),
      [800, der.sequence(der.integer(1))],
      [70_000, der.null()],
    ]);
    assert.deepEqual(read, { unknownTags: [800, 70_000] });
  });

  it('keeps a number beyond sense absent, and reads the rest', () => {
    for (const value of [der.integer(-1), der.integer(2n ** 64n), der.integer(2n ** 53n)]) {
      const read = listOf(changed(HARDWARE, [706, value]));
      assert.deepEqual([read.osPatchLevel, read.osVersion], [undefined, 160_000]);
    }
  });

  for (const [name, tags] of [
    ['a tag twice', [...HARDWARE, [702, der.integer(2)]]],
    [
      'a tag twice, the first unreadable',
      [
        [706, der.integer(-1)],
        [706, der.integer(202_610)],
      ],
    ],
    ['a value of another type', [[702, der.octets(utf8('x'))]]],
    ['two values in one tag', [[702, concat(der.integer(0), der.integer(2))]]],
    ['an empty tag', [[702, new Uint8Array()]]],
    ['a flag with content', [[503, der.boolean(true)]]],
    ['a set of something else', [[1, der.set(der.null())]]],
  ] as const) {
    it(`refuses ${name}`, () => assert.throws(() => listOf(tags), RequestError));
  }

  it('refuses elements that carry no authorization tag', () => {
    for (const element of [der.integer(1), der.implicit(702, Uint8Array.of(0))]) {
      assert.throws(() => readAuthorizationList(DerReader.of(element)), RequestError);
    }
  });
});
