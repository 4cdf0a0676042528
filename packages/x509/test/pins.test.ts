import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchPins, spkiPin } from '@assay/x509';
import { fault, intermediate, leaf, root, validate } from './support/chain.ts';
import { mintLeaf } from './support/mint.ts';

describe('matchPins', () => {
  const path = validate();
  const other = spkiPin(mintLeaf(root).der);

  for (const [what, minted] of Object.entries({ leaf, intermediate, root })) {
    it(`matches the key of the ${what}`, () => assert.equal(matchPins(path, [other, spkiPin(minted.der)]), 'match'));
  }

  it('does not match a key that is not on the path, though it was sent along', () => {
    const extra = mintLeaf(root);
    const withExtra = validate({ intermediates: [intermediate, extra] });
    assert.equal(matchPins(withExtra, [spkiPin(extra.der)]), 'mismatch');
  });

  it('refuses an empty list and pins that are no digest', () => {
    assert.throws(() => matchPins(path, []), fault('x509.pins_empty'));
    for (const pin of ['', 'sha256/', `${'A'.repeat(43)}B`, `${'A'.repeat(42)}B=`, `${'A'.repeat(42)}-=`]) {
      assert.throws(() => matchPins(path, [other, pin]), fault('x509.pin_malformed'));
    }
  });
});
