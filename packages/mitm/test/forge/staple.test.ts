import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { parseCertificate, parseOcspResponse, verifyOcsp } from '@assay/x509';
import type { Recipe, StapleRecipe } from '../../src/recipe.ts';
import { forge, NOW } from './support/client.ts';

/** What a client that checks staples makes of it: a status, or the code of its refusal. */
async function verdictOn(staple: StapleRecipe, recipe: Recipe = {}): Promise<string> {
  const forged = await forge({ ...recipe, staple });
  const [leaf, issuer = leaf] = forged.chain.map((der) => parseCertificate(der));
  if (forged.staple === undefined || leaf === undefined || issuer === undefined) return 'none';
  const response = parseOcspResponse(forged.staple);
  try {
    return verifyOcsp({ response, leaf, issuer, at: NOW }).status;
  } catch (error) {
    if (error instanceof AssayError) return error.code;
    throw error;
  }
}

const VERDICTS: readonly (readonly [staple: StapleRecipe, verdict: string])[] = [
  [{ status: 'good' }, 'good'],
  [{ status: 'revoked' }, 'revoked'],
  [{ status: 'unknown' }, 'unknown'],
  [{ status: 'try-later' }, 'ocsp.response_unsuccessful'],
  [{ status: 'none' }, 'none'],
  [{ status: 'good', fault: 'expired' }, 'ocsp.stale'],
  [{ status: 'good', fault: 'signature' }, 'ocsp.signature_invalid'],
  [{ status: 'good', fault: 'serial' }, 'ocsp.certid_mismatch'],
  [{ status: 'good', fault: 'foreign-responder' }, 'ocsp.responder_not_authorised'],
  [{ status: 'good', fault: 'no-next-update' }, 'ocsp.stale'],
];

describe('staples', () => {
  for (const [staple, verdict] of VERDICTS) {
    it(`${staple.status}, ${staple.fault ?? 'no fault'}: ${verdict}`, async () => {
      assert.equal(await verdictOn(staple), verdict);
    });
  }

  it('are signed by whoever issued the leaf', async () => {
    for (const key of ['other', 'pinned-p384', 'pinned-rsa-2048'] as const) {
      assert.equal(await verdictOn({ status: 'good' }, { chain: { intermediate: { key } } }), 'good');
    }
    assert.equal(await verdictOn({ status: 'good' }, { chain: { leaf: { issuer: 'second-intermediate' } } }), 'good');
    assert.equal(await verdictOn({ status: 'good' }, { chain: { leaf: { issuer: 'self' } } }), 'good');
  });

  it('are absent unless a recipe has one', async () => {
    assert.equal((await forge({})).staple, undefined);
  });
});
