import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pointOfCoseKey } from '../../src/apple/cose-key.ts';
import { coseKeyOf, device, pointOf } from '../support/mint-apple.ts';

describe('pointOfCoseKey', () => {
  it('joins the coordinates', () => {
    assert.deepEqual(Buffer.from(pointOfCoseKey(coseKeyOf(device)) ?? []), Buffer.from(pointOf(device)));
  });

  for (const label of coseKeyOf(device).keys()) {
    it(`needs member ${label}`, () => {
      const members = new Map(coseKeyOf(device));
      members.delete(label);
      assert.equal(pointOfCoseKey(members), undefined);
      assert.equal(pointOfCoseKey(members.set(label, null)), undefined);
    });
  }

  it('admits no member beside its five', () => {
    assert.equal(pointOfCoseKey(new Map([...coseKeyOf(device), [2, new Uint8Array(1)]])), undefined);
  });
});
