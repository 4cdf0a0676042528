import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { der } from '@assay/formats';
import { OID } from '../../src/oids.ts';
import { fault, intermediate, leaf, root, validate, withIntermediate } from '../support/chain.ts';
import { type CrlSpec, ecKeys, ext, extensionDer, mintCrl, NOW, parsed } from '../support/mint.ts';

const number = extensionDer(OID.crlNumber, { value: der.integer(1) });
const CERTIFICATE_ISSUER = '2.5.29.29';
const DELTA = '2.5.29.27';
const serial = parsed(leaf).serial;

/** The good chain with this list of the intermediate, and a good one of the root. */
function withCrl(spec: CrlSpec): unknown {
  return validate({ crls: [mintCrl(intermediate, spec), mintCrl(root)] });
}

describe('revocation', () => {
  it('admits what is on no list', () => {
    assert.doesNotThrow(() => withCrl({ serials: [Uint8Array.of(5)] }));
    assert.doesNotThrow(() => withCrl({ nextUpdate: NOW }));
    assert.doesNotThrow(() => withCrl({ thisUpdate: NOW }));
  });

  it('refuses a revoked leaf and a revoked intermediate', () => {
    assert.throws(() => withCrl({ serials: [serial] }), fault('x509.revoked'));
    const crls = [mintCrl(intermediate), mintCrl(root, { serials: [parsed(intermediate).serial] })];
    assert.throws(() => validate({ crls }), fault('x509.revoked'));
  });

  it('finds a revocation on the second list of an issuer', () => {
    const crls = [mintCrl(intermediate), mintCrl(intermediate, { serials: [serial] }), mintCrl(root)];
    assert.throws(() => validate({ crls }), fault('x509.revoked'));
  });

  const unknown: Readonly<Record<string, CrlSpec>> = {
    'a list that is out of date': { nextUpdate: NOW - 1000 },
    'a list without an end': { nextUpdate: null },
    'a list of the future': { thisUpdate: NOW + 1000 },
  };
  for (const [what, spec] of Object.entries(unknown)) {
    it(`refuses ${what}`, () => assert.throws(() => withCrl(spec), fault('x509.revocation_unknown')));
  }

  it('refuses when an issuer has no list', () => {
    assert.throws(() => validate({ crls: [mintCrl(intermediate)] }), fault('x509.revocation_unknown'));
    assert.throws(() => validate({ crls: [] }), fault('x509.revocation_unknown'));
  });

  const critical = (oid: string) => extensionDer(oid, { critical: true, value: der.integer(1) });
  const invalid: Readonly<Record<string, CrlSpec>> = {
    'a list without a number': { extensions: [] },
    'a list with a critical number': { extensions: [critical(OID.crlNumber)] },
    'a delta list': { extensions: [number, critical(DELTA)] },
    'an indirect list': { serials: [Uint8Array.of(5)], entryExtensions: [critical(CERTIFICATE_ISSUER)] },
  };
  for (const [what, spec] of Object.entries(invalid)) {
    it(`refuses ${what}`, () => assert.throws(() => withCrl(spec), fault('x509.crl_invalid')));
  }

  it('refuses a list that another key signed', () => {
    assert.throws(() => withCrl({ keys: ecKeys() }), fault('x509.signature_invalid'));
  });

  it('refuses the list of an issuer that may not sign lists', () => {
    const change = withIntermediate({ extensions: { [OID.keyUsage]: ext.keyUsage(5) } });
    const crls = [...change.intermediates.map((issuer) => mintCrl(issuer)), mintCrl(root)];
    assert.throws(() => validate({ ...change, crls }), fault('x509.crl_invalid'));
  });

  it('takes the list of an issuer without key usage', () => {
    const change = withIntermediate({ extensions: { [OID.keyUsage]: undefined } });
    const crls = [...change.intermediates.map((issuer) => mintCrl(issuer)), mintCrl(root)];
    assert.doesNotThrow(() => validate({ ...change, crls }));
  });
});
