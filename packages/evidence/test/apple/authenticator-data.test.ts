import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { concat, encodeCbor } from '@assay/formats';
import { parseAssertionData, parseAttestationData } from '../../src/apple/authenticator-data.ts';
import { coseKeyOf, device } from '../support/mint-apple.ts';

const HEADER = concat(new Uint8Array(32).fill(1), Uint8Array.of(0x40), Uint8Array.of(0x80, 0, 0, 1));
const CREDENTIAL = concat(new Uint8Array(16).fill(2), Uint8Array.of(0, 3, 7, 8, 9), encodeCbor(coseKeyOf(device)));
const MAP = encodeCbor(new Map([['name', 'value']]));

describe('parseAssertionData', () => {
  it('reads hash and unsigned counter', () => {
    const data = parseAssertionData(HEADER);
    assert.deepEqual([data.rpIdHash[0], data.rpIdHash.length, data.counter], [1, 32, 0x80000001]);
    assert.equal(data.extensions.size, 0);
  });

  it('reads one map after the fixed part, and nothing else', () => {
    assert.equal(parseAssertionData(concat(HEADER, MAP)).extensions.get('name'), 'value');
    for (const tail of [Uint8Array.of(0), concat(MAP, MAP), MAP.subarray(0, -1)]) {
      assert.throws(() => parseAssertionData(concat(HEADER, tail)), RequestError);
    }
  });
});

describe('parseAttestationData', () => {
  it('reads the credential by its own length', () => {
    const data = parseAttestationData(concat(HEADER, CREDENTIAL, MAP));
    assert.deepEqual([...data.credentialId], [7, 8, 9]);
    assert.deepEqual([...data.aaguid], Array(16).fill(2));
    assert.equal(data.coseKey.get(3), -7);
    assert.equal(data.extensions.get('name'), 'value');
  });

  it('reads out of the middle of a larger buffer', () => {
    const padded = concat(new Uint8Array(5), HEADER, CREDENTIAL);
    assert.deepEqual([...parseAttestationData(padded.subarray(5)).credentialId], [7, 8, 9]);
  });

  it('refuses every cut', () => {
    const whole = concat(HEADER, CREDENTIAL);
    for (let length = 0; length < whole.length; length += 1) {
      assert.throws(() => parseAttestationData(whole.subarray(0, length)), RequestError);
    }
  });
});
