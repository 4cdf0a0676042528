import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { APPLE, validateChain } from '@assay/x509';
import { fault, intermediate, leaf, root } from '../support/chain.ts';
import { anchor, commonName, type Minted, mintIntermediate, mintLeaf, NOW, parsed } from '../support/mint.ts';

const run = (...chain: Minted[]) =>
  validateChain({ chain: chain.map(parsed), anchors: [anchor(root)], at: NOW, profile: APPLE });

describe('links', () => {
  it('chain names byte for byte', () => {
    const otherCase = mintLeaf(intermediate, { issuerName: commonName('test intermediate') });
    assert.throws(() => run(otherCase, intermediate), fault('x509.issuer_mismatch'));
  });

  it('carry a signature each', () => {
    assert.doesNotThrow(() => run(leaf, intermediate));
    assert.throws(() => run(mintLeaf(intermediate, { tamper: true }), intermediate), fault('x509.signature_invalid'));
    const forged = mintIntermediate(root, { keys: intermediate.keys, tamper: true });
    assert.throws(() => run(leaf, forged), fault('x509.signature_invalid'));
  });

  it('are not closed by a key of the right name', () => {
    assert.throws(() => run(leaf, mintIntermediate(root)), fault('x509.signature_invalid'));
  });
});
