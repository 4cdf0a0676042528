import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseCertificate } from '@assay/x509';
import { describeShapes, shapeOf } from '../../src/android-key/shapes.ts';
import { ISSUERS, type MintedAuthority, mintChain } from '../support/mint-android.ts';

function shape(issuers: readonly MintedAuthority[], end?: number) {
  return shapeOf(
    mintChain({ issuers })
      .slice(0, end)
      .map((der) => parseCertificate(der)),
  );
}

describe('shapeOf', () => {
  for (const [provisioning, issuers, own] of [
    ['factory', ISSUERS.factory, 1],
    ['rkp', ISSUERS.rkp, 2],
    ['software', ISSUERS.software, 1],
  ] as const) {
    it(`knows ${provisioning}, with and without its root`, () => {
      const whole = shape(issuers);
      const rootless = shape(issuers, -1);
      assert.deepEqual([whole?.provisioning, rootless?.provisioning], [provisioning, provisioning]);
      assert.ok(whole?.presentedRoot);
      assert.equal(rootless?.presentedRoot, undefined);
      assert.equal(whole?.path.length, issuers.length + 1);
      assert.equal(whole?.own, own);
    });

    it(`does not know ${provisioning} without its last issuer`, () => {
      const cut = shape(issuers, -2);
      assert.notEqual(cut?.provisioning, provisioning);
    });
  }

  it('knows no empty chain', () => assert.equal(shapeOf([]), undefined));
});

describe('describeShapes', () => {
  it('tells the three shapes', () =>
    assert.match(describeShapes(), /^factory: root > .*; rkp: root > .*; software: root > /));
});
