import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { der, utf8 } from '@assay/formats';
import { parseKeyDescription } from '../../../src/android-key/key-description/index.ts';
import { CHALLENGE, type DescriptionSpec, mintDescription } from '../../support/mint-android.ts';

function parsed(changes: Partial<DescriptionSpec> = {}) {
  return parseKeyDescription(mintDescription(changes));
}

function stopsAt(found: string): (error: unknown) => boolean {
  return (error) =>
    error instanceof RequestError &&
    error.code === 'android.key_description_malformed' &&
    error.detail.found === found &&
    error.detail.offset !== undefined;
}

describe('parseKeyDescription', () => {
  for (const version of [1, 2, 3, 4, 100, 200, 300, 400, 500, 600, 10_000]) {
    it(`reads version ${version}`, () => {
      const { attestationVersion, keyMintVersion } = parsed({ version, keyMintVersion: version + 1 });
      assert.deepEqual([attestationVersion, keyMintVersion], [version, version + 1]);
    });
  }

  it('reads challenge and both lists', () => {
    const { challenge, softwareEnforced, hardwareEnforced } = parsed();
    assert.deepEqual(Uint8Array.from(challenge), Uint8Array.from(CHALLENGE));
    assert.deepEqual([softwareEnforced.origin, hardwareEnforced.origin], [undefined, 0]);
    assert.deepEqual([softwareEnforced.applicationId?.packages.length, hardwareEnforced.applicationId], [1, undefined]);
  });

  it('names the levels that have a name', () => {
    for (const [number, level] of [
      [0, 'software'],
      [1, 'tee'],
      [2, 'strongbox'],
      [100, undefined],
    ] as const) {
      const read = parsed({ attestationLevel: number, keyMintLevel: number });
      assert.deepEqual([read.attestationSecurityLevel, read.keyMintSecurityLevel], [level, level]);
    }
  });

  it('passes over what a later version appends, and only there', () => {
    const tail = der.octets(utf8('new'));
    assert.equal(parsed({ version: 501, tail }).attestationVersion, 501);
    assert.throws(() => parsed({ version: 500, tail }), stopsAt('der.trailing_bytes'));
  });

  it('says where decoding stopped', () => {
    assert.throws(() => parseKeyDescription(mintDescription().subarray(0, -1)), stopsAt('der.truncated'));
    assert.throws(() => parseKeyDescription(new Uint8Array()), stopsAt('der.element_missing'));
    assert.throws(() => parsed({ version: -1 }), stopsAt('der.integer_out_of_range'));
  });
});
