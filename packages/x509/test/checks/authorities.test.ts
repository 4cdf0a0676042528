import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Profile, RFC5280_SERVER } from '@assay/x509';
import { OID } from '../../src/oids.ts';
import { fault, root, validate, withIntermediate, withRoot } from '../support/chain.ts';
import { ext, mintIntermediate, mintLeaf, type Spec } from '../support/mint.ts';

/** Without rules of form, which would speak first. */
const profile: Profile = { ...RFC5280_SERVER, conformance: [] };

const basic = (ca: boolean, pathLength?: number): Spec => ({
  extensions: { [OID.basicConstraints]: ext.basicConstraints(ca, pathLength) },
});

describe('authorities', () => {
  for (const [what, spec] of Object.entries({
    'without cA': basic(false),
    'without basic constraints': { extensions: { [OID.basicConstraints]: undefined } },
  })) {
    it(`an intermediate ${what} is none`, () => {
      assert.throws(() => validate({ ...withIntermediate(spec), profile }), fault('x509.not_a_ca'));
    });
    it(`an anchor ${what} is none`, () => {
      assert.throws(() => validate({ ...withRoot(spec), profile }), fault('x509.not_a_ca'));
    });
  }

  it('sign only with keyCertSign, where key usage is there', () => {
    const usage = (value: ReturnType<typeof ext.keyUsage> | undefined): Spec => ({
      extensions: { [OID.keyUsage]: value },
    });
    assert.throws(() => validate({ ...withIntermediate(usage(ext.keyUsage(0))), profile }), fault('x509.key_usage'));
    assert.throws(() => validate({ ...withRoot(usage(ext.keyUsage(6))), profile }), fault('x509.key_usage'));
    assert.doesNotThrow(() => validate({ ...withIntermediate(usage(undefined)), profile }));
  });
});

describe('path lengths', () => {
  it('count the intermediates below', () => {
    assert.doesNotThrow(() => validate(withIntermediate(basic(true, 0))));
    assert.doesNotThrow(() => validate(withRoot(basic(true, 1))));
    assert.throws(() => validate(withRoot(basic(true, 0))), fault('x509.path_too_long'));
  });

  it('do not count self-issued intermediates', () => {
    const first = mintIntermediate(root, { name: 'Rolled', ...basic(true, 0) });
    const rolled = mintIntermediate(first, { name: 'Rolled', ...basic(true, 0) });
    assert.doesNotThrow(() => validate({ intermediates: [first, rolled], leaf: mintLeaf(rolled) }));
    const other = mintIntermediate(first, { name: 'Other' });
    const change = { intermediates: [first, other], leaf: mintLeaf(other) };
    assert.throws(() => validate(change), fault('x509.path_too_long'));
  });

  it('end at what the profile allows, self-issued ones included', () => {
    const first = mintIntermediate(root, { name: 'Rolled' });
    const rolled = mintIntermediate(first, { name: 'Rolled' });
    const change = { intermediates: [first, rolled], leaf: mintLeaf(rolled) };
    assert.doesNotThrow(() => validate({ ...change, profile: { ...profile, maxIntermediates: 2 } }));
    const low = { ...profile, maxIntermediates: 1 };
    assert.throws(() => validate({ ...change, profile: low }), fault('x509.path_too_long'));
  });
});
