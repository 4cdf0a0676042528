import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RFC5280_CLIENT, RFC5280_SERVER } from '@assay/x509';
import { OID } from '../../src/oids.ts';
import { fault, validate, withIntermediate, withLeaf, withRoot } from '../support/chain.ts';
import { ext, type Spec } from '../support/mint.ts';

const purposes = (...oids: string[]): Spec => ({ extensions: { [OID.extKeyUsage]: ext.extKeyUsage(...oids) } });

describe('purposes', () => {
  it('of a leaf name the one at hand, or none at all', () => {
    assert.doesNotThrow(() => validate(withLeaf(purposes(OID.clientAuth, OID.serverAuth))));
    assert.doesNotThrow(() => validate(withLeaf({ extensions: { [OID.extKeyUsage]: undefined } })));
    for (const other of [OID.clientAuth, OID.anyExtendedKeyUsage]) {
      assert.throws(() => validate(withLeaf(purposes(other))), fault('x509.purpose_mismatch'));
    }
    assert.doesNotThrow(() => validate({ ...withLeaf(purposes(OID.clientAuth)), profile: RFC5280_CLIENT }));
  });

  for (const [place, change] of Object.entries({ withIntermediate, withRoot })) {
    it(`of an issuer include it, or any: ${place}`, () => {
      assert.doesNotThrow(() => validate(change(purposes(OID.serverAuth))));
      assert.doesNotThrow(() => validate(change(purposes(OID.anyExtendedKeyUsage))));
      assert.throws(() => validate(change(purposes(OID.clientAuth))), fault('x509.purpose_mismatch'));
    });
  }

  it('are not asked where the profile has none', () => {
    const profile = { ...RFC5280_SERVER, purpose: undefined };
    assert.doesNotThrow(() => validate({ ...withLeaf(purposes(OID.clientAuth)), profile }));
  });
});
