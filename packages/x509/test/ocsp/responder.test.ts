import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { der } from '@assay/formats';
import { parseOcspResponse } from '@assay/x509';
import { responderOf } from '../../src/ocsp/responder.ts';
import { OID } from '../../src/oids.ts';
import { fault, intermediate, leaf, root } from '../support/chain.ts';
import { ecKeys, ext, type Minted, mintIntermediate, NOW, parsed, type Spec } from '../support/mint.ts';
import { mintOcsp, mintResponder, OCSP_SIGNING, type OcspSpec } from '../support/ocsp.ts';

function responder(spec: OcspSpec = {}) {
  const response = parseOcspResponse(mintOcsp(leaf, intermediate, spec));
  assert.ok(response.kind === 'basic');
  return responderOf(response.basic, parsed(intermediate), NOW);
}

const isNamed = (minted: Minted, found: ReturnType<typeof responder>) =>
  assert.deepEqual(Buffer.from(found.der), Buffer.from(minted.der));

describe('the responder', () => {
  for (const by of ['name', 'key'] as const) {
    it(`is the issuer itself, by ${by}`, () => isNamed(intermediate, responder({ by })));

    it(`is whom the issuer appointed, by ${by}`, () => {
      const appointed = mintResponder(intermediate);
      isNamed(appointed, responder({ by, responder: appointed }));
    });
  }

  it('is found among other certificates, readable or not', () => {
    const appointed = mintResponder(intermediate);
    const certificates = [der.sequence(), root.der, appointed.der];
    isNamed(appointed, responder({ responder: appointed, certificates }));
  });

  it('may have extended key usages and extensions besides', () => {
    const extensions = {
      [OID.extKeyUsage]: ext.extKeyUsage(OID.serverAuth, OCSP_SIGNING),
      '1.3.6.1.5.5.7.48.1.5': { value: der.null() },
      [OID.keyUsage]: undefined,
    };
    const appointed = mintResponder(intermediate, { extensions });
    isNamed(appointed, responder({ responder: appointed }));
  });

  it('is valid to the last second of its certificate', () => {
    const appointed = mintResponder(intermediate, { notAfter: NOW });
    isNamed(appointed, responder({ responder: appointed }));
  });

  const twin = mintIntermediate(root);
  const extensions = (oid: string, value: ReturnType<typeof ext.extKeyUsage> | undefined): Spec => ({
    extensions: { [oid]: value },
  });

  for (const [what, appointed] of [
    ['appointed by another authority', mintResponder(root)],
    ['appointed by this key under another name', mintResponder(intermediate, { issuerName: root.subject })],
    ['appointed by a key that only shares its name with the issuer', mintResponder(twin)],
    ['without a purpose', mintResponder(intermediate, extensions(OID.extKeyUsage, undefined))],
    ['for another purpose', mintResponder(intermediate, extensions(OID.extKeyUsage, ext.extKeyUsage(OID.serverAuth)))],
    [
      'for any purpose',
      mintResponder(intermediate, extensions(OID.extKeyUsage, ext.extKeyUsage(OID.anyExtendedKeyUsage))),
    ],
    ['with a key that is not for signatures', mintResponder(intermediate, extensions(OID.keyUsage, ext.keyUsage(5)))],
    [
      'with a critical extension',
      mintResponder(intermediate, extensions('1.2.3', { critical: true, value: der.null() })),
    ],
    ['expired', mintResponder(intermediate, { notAfter: NOW - 1000 })],
    ['of the future', mintResponder(intermediate, { notBefore: NOW + 1000 })],
    ['with a broken signature', mintResponder(intermediate, { tamper: true })],
  ] as const) {
    it(`is nobody ${what}`, () => {
      assert.throws(() => responder({ responder: appointed }), fault('ocsp.responder_not_authorised'));
    });
  }

  it('is nobody without a certificate', () => {
    const appointed = mintResponder(intermediate);
    assert.throws(() => responder({ responder: appointed, certificates: [] }), fault('ocsp.responder_not_authorised'));
    const other = { ...intermediate, keys: ecKeys() };
    assert.throws(() => responder({ responder: other }), fault('ocsp.responder_not_authorised'));
  });

  it('is not the leaf that the response is about', () => {
    assert.throws(() => responder({ responder: leaf }), fault('ocsp.responder_not_authorised'));
  });
});
