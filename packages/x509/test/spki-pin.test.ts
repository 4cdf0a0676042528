import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { FormatError } from '@assay/formats';
import { spkiDigest, spkiOf, spkiPin } from '@assay/x509';
import fc from 'fast-check';
import { OID } from '../src/oids.ts';
import { leaf, root } from './support/chain.ts';
import { ext, mintLeaf, name, parsed, rsaKeys } from './support/mint.ts';

describe('spkiPin', () => {
  it('is the digest of the key that the parser reads', () => {
    const large = ext.names(...Array.from({ length: 4000 }, (_, index) => name.dns(`a${index}.example.test`)));
    const spec = { keys: rsaKeys(2048), extensions: { [OID.subjectAltName]: large } };
    for (const { der } of [leaf, root, mintLeaf(root, { keys: rsaKeys(2048) })]) {
      const { spki } = parsed({ ...leaf, der });
      assert.deepEqual(spkiOf(der), spki);
      assert.equal(spkiPin(der), createHash('sha256').update(spki).digest('base64'));
      assert.equal(spkiPin(der), spkiDigest(spki));
    }
    const huge = mintLeaf(root, spec);
    assert.ok(huge.der.length > 65_536);
    assert.deepEqual(spkiOf(huge.der), new Uint8Array(huge.keys.publicKey.export({ format: 'der', type: 'spki' })));
  });

  it('reads certificates of version 1', () => {
    const old = mintLeaf(root, { version: 1 });
    assert.deepEqual(spkiOf(old.der), new Uint8Array(old.keys.publicKey.export({ format: 'der', type: 'spki' })));
  });

  it('throws a FormatError for every cut, and stays inside the input', () => {
    for (let length = 0; length < leaf.der.length; length++) {
      assert.throws(() => spkiPin(leaf.der.subarray(0, length)), FormatError);
    }
  });

  it('throws nothing but FormatErrors', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(255), (at, to) => {
        const bytes = Uint8Array.from(leaf.der);
        bytes[at] = to;
        try {
          spkiPin(bytes);
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
        }
      }),
      { numRuns: 2000, seed: 20261121 },
    );
  });
});
