import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keyOfPoint, pointOfSpki } from '../../src/index.ts';
import { generateKeys, P384, spkiOf } from '../support/mint-certificate.ts';

describe('P-256 keys', () => {
  it('go from SPKI to point and back', () => {
    const spki = spkiOf(generateKeys().publicKey);
    const point = pointOfSpki(spki);
    assert.ok(point);
    assert.deepEqual(Buffer.from(spkiOf(keyOfPoint(point))), Buffer.from(spki));
  });

  it('are the only ones with a point here', () => {
    const spki = spkiOf(generateKeys().publicKey);
    const compressed = Uint8Array.from(spki);
    compressed[26] = 0x02;
    const otherCurve = Uint8Array.from(spki);
    otherCurve[22] = 0x06;
    for (const other of [
      spkiOf(generateKeys(P384).publicKey),
      compressed,
      otherCurve,
      spki.subarray(1),
      new Uint8Array(),
    ]) {
      assert.equal(pointOfSpki(other), undefined);
    }
  });
});
