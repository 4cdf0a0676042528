import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { der } from '@assay/formats';
import { RFC5280_SERVER } from '@assay/x509';
import { OID } from '../../src/oids.ts';
import { fault, validate, withIntermediate, withLeaf, withRoot } from '../support/chain.ts';
import { ext, type Spec } from '../support/mint.ts';

const withExtension = (oid: string, critical: boolean): Spec => ({
  extensions: { [oid]: { critical, value: der.sequence() } },
});

describe('critical extensions', () => {
  for (const [place, change] of Object.entries({ withLeaf, withIntermediate, withRoot })) {
    it(`are refused when unknown: ${place}`, () => {
      const unknown = withExtension('1.3.6.1.4.1.55555.1', true);
      assert.throws(() => validate(change(unknown)), fault('x509.critical_extension_unknown'));
      assert.doesNotThrow(() => validate(change(withExtension('1.3.6.1.4.1.55555.1', false))));
    });
  }

  it('of purposes are refused where no purpose is asked for', () => {
    const purposes = { ...ext.extKeyUsage(OID.serverAuth), critical: true };
    const change = withLeaf({ extensions: { [OID.extKeyUsage]: purposes } });
    assert.doesNotThrow(() => validate(change));
    const profile = { ...RFC5280_SERVER, purpose: undefined };
    assert.throws(() => validate({ ...change, profile }), fault('x509.critical_extension_unknown'));
  });

  it('that may demand a policy are refused, policies themselves are not', () => {
    for (const oid of [OID.policyConstraints, OID.policyMappings, OID.inhibitAnyPolicy]) {
      assert.throws(
        () => validate(withIntermediate(withExtension(oid, true))),
        fault('x509.critical_extension_unknown'),
      );
    }
    assert.doesNotThrow(() => validate(withIntermediate(withExtension(OID.certificatePolicies, true))));
  });
});
