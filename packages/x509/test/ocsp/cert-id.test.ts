import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DerReader, TAG } from '@assay/formats';
import { keyBits, responseAbout } from '../../src/ocsp/cert-id.ts';
import { readSingleResponse } from '../../src/ocsp/single.ts';
import { fault, intermediate, leaf, root } from '../support/chain.ts';
import { ecKeys, mintIntermediate, mintLeaf, parsed, rsaKeys } from '../support/mint.ts';
import { mintSingle, type SingleSpec } from '../support/ocsp.ts';

const single = (spec: SingleSpec = {}) =>
  readSingleResponse(DerReader.of(mintSingle(leaf, intermediate, spec)).enter(TAG.SEQUENCE));
const other = () => single({ serial: Uint8Array.of(1) });

const about = (...specs: readonly ReturnType<typeof single>[]) =>
  responseAbout(specs, parsed(leaf), parsed(intermediate));

describe('the response about a certificate', () => {
  it('is the one with its serial number, under SHA-1 or SHA-256', () => {
    const [sha1, sha256] = [single(), single({ digest: 'sha256' })];
    assert.equal(about(other(), sha1, other()), sha1);
    assert.equal(about(sha256), sha256);
  });

  it('is found for issuers with RSA keys', () => {
    const issuer = mintIntermediate(root, { keys: rsaKeys(2048) });
    const below = mintLeaf(issuer);
    const response = readSingleResponse(DerReader.of(mintSingle(below, issuer)).enter(TAG.SEQUENCE));
    assert.equal(responseAbout([response], parsed(below), parsed(issuer)), response);
  });

  for (const [what, spec] of [
    ['another serial number', { serial: Uint8Array.of(1) }],
    ['another name of the issuer', { issuerName: root.subject }],
    ['another key of the issuer', { issuerKey: ecKeys() }],
    ['a digest that is not expected', { digest: 'sha384' }],
  ] as const) {
    it(`is not the one with ${what}`, () => assert.throws(() => about(single(spec)), fault('ocsp.certid_mismatch')));
  }

  it('is neither none nor two', () => {
    assert.throws(() => about(), fault('ocsp.certid_mismatch'));
    assert.throws(() => about(single(), single({ digest: 'sha256' })), fault('ocsp.certid_mismatch'));
  });
});

describe('keyBits', () => {
  it('is the point of an EC key', () => {
    const bits = keyBits(parsed(intermediate));
    assert.deepEqual([bits.length, bits[0]], [65, 4]);
  });
});
