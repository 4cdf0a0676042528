import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { der } from '@assay/formats';
import { type OcspInput, parseOcspResponse, verifyOcsp } from '@assay/x509';
import fc from 'fast-check';
import { OID } from '../../src/oids.ts';
import { fault, intermediate, leaf, root } from '../support/chain.ts';
import {
  algorithmId,
  DAY,
  ecKeys,
  extensionDer,
  mintIntermediate,
  mintLeaf,
  NOW,
  parsed,
  rsaKeys,
} from '../support/mint.ts';
import { oneChange, outcome } from '../support/mutate.ts';
import { mintOcsp, mintResponder, type OcspSpec, status, wrap } from '../support/ocsp.ts';

const given = { leaf: parsed(leaf), issuer: parsed(intermediate), at: NOW };

function verify(spec: OcspSpec = {}, differing: Partial<OcspInput> = {}) {
  return verifyOcsp({ response: parseOcspResponse(mintOcsp(leaf, intermediate, spec)), ...given, ...differing });
}

describe('verifyOcsp', () => {
  it('proves each status', () => {
    assert.deepEqual(verify(), { status: 'good', thisUpdate: NOW - DAY, nextUpdate: NOW + DAY, extensions: new Map() });
    const revoked = verify({ status: status.revoked(NOW - DAY, 1) });
    assert.ok(revoked.status === 'revoked');
    assert.deepEqual([revoked.revokedAt, revoked.reason], [NOW - DAY, 'keyCompromise']);
    assert.equal(verify({ status: status.unknown }).status, 'unknown');
  });

  it('proves what an appointed responder signed', () => {
    assert.equal(verify({ responder: mintResponder(intermediate) }).status, 'good');
  });

  it('proves what an issuer signed with RSA', () => {
    const issuer = mintIntermediate(root, { keys: rsaKeys(2048) });
    const below = mintLeaf(issuer);
    const response = parseOcspResponse(mintOcsp(below, issuer, { algorithm: algorithmId(OID.rsaSha256, der.null()) }));
    assert.equal(verifyOcsp({ response, leaf: parsed(below), issuer: parsed(issuer), at: NOW }).status, 'good');
  });

  it('is revoked also by a date in the future: the responder knows already', () => {
    assert.equal(verify({ status: status.revoked(NOW + DAY) }).status, 'revoked');
  });

  it('hands on the extensions of the single response', () => {
    const extensions = [extensionDer('1.2.3', { value: der.null() })];
    assert.deepEqual([...verify({ extensions }).extensions.keys()], ['1.2.3']);
  });

  it('passes over a nonce', () => {
    const nonce = extensionDer('1.3.6.1.5.5.7.48.1.2', { critical: true, value: der.octets(new Uint8Array(8)) });
    assert.equal(verify({ responseExtensions: [nonce] }).status, 'good');
  });

  it('holds from thisUpdate through the second of nextUpdate', () => {
    assert.equal(verify({}, { at: NOW - DAY }).status, 'good');
    assert.equal(verify({}, { at: NOW + DAY + 999 }).status, 'good');
  });

  it('holds as long as the caller says where the responder does not', () => {
    assert.equal(verify({ nextUpdate: null }, { maxAge: DAY }).status, 'good');
  });
});

describe('verifyOcsp refuses', () => {
  const critical = extensionDer('1.2.3', { critical: true, value: der.null() });

  for (const [what, code, run] of [
    ['an error', 'ocsp.response_unsuccessful', () => verify({}, { response: parseOcspResponse(wrap(3)) })],
    [
      'a response about another certificate',
      'ocsp.certid_mismatch',
      () => verify({}, { leaf: parsed(mintLeaf(intermediate, { serial: Uint8Array.of(9) })) }),
    ],
    ['a leaf of another issuer', 'x509.issuer_mismatch', () => verify({}, { issuer: parsed(root) })],
    [
      'an issuer of the same name with another key',
      'ocsp.certid_mismatch',
      () => verify({}, { issuer: parsed(mintIntermediate(root)) }),
    ],
    ['a critical extension', 'ocsp.critical_extension_unknown', () => verify({ responseExtensions: [critical] })],
    [
      'a critical extension of the single response',
      'ocsp.critical_extension_unknown',
      () => verify({ extensions: [critical] }),
    ],
    [
      'a responder that nobody appointed',
      'ocsp.responder_not_authorised',
      () => verify({ responder: mintResponder(root) }),
    ],
    ['a changed signature', 'ocsp.signature_invalid', () => verify({ tamper: true })],
    ['a signature by another key', 'ocsp.signature_invalid', () => verify({ signedBy: ecKeys() })],
    [
      'a signature with SHA-1',
      'ocsp.signature_invalid',
      () => verify({ hash: 'sha1', algorithm: algorithmId('1.2.840.10045.4.1') }),
    ],
    ['a status of the future', 'ocsp.not_yet_valid', () => verify({}, { at: NOW - DAY - 1 })],
    ['a status of the past', 'ocsp.stale', () => verify({}, { at: NOW + DAY + 1000 })],
    ['a status older than the caller takes', 'ocsp.stale', () => verify({}, { maxAge: DAY - 1000 })],
    ['a status without an end', 'ocsp.stale', () => verify({ nextUpdate: null })],
    ['an end that is no end', 'ocsp.stale', () => verify({}, { maxAge: Number.NaN })],
    ['a time that is none', 'ocsp.not_yet_valid', () => verify({}, { at: Number.NaN })],
  ] as const) {
    it(what, () => assert.throws(run, fault(code)));
  }

  it('whatever one changes of what was signed', () => {
    const responder = mintResponder(intermediate);
    for (const good of [mintOcsp(leaf, intermediate), mintOcsp(leaf, intermediate, { responder })]) {
      const proven = verifyOcsp({ response: parseOcspResponse(good), ...given });
      fc.assert(
        fc.property(oneChange(good), (bytes) => {
          const changed = outcome(() => verifyOcsp({ response: parseOcspResponse(bytes), ...given }));
          // What is not signed may change: then the same is proven as before.
          if (changed !== undefined) assert.deepEqual(changed, proven);
        }),
        { numRuns: 600, seed: 20261121 },
      );
    }
  });
});
