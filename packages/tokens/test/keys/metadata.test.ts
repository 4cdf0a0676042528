import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createMetadata } from '../../src/keys/metadata.ts';
import { ISS } from '../kit.ts';

it('names endpoints below the issuer and the one algorithm', () => {
  const metadata = createMetadata(ISS);
  assert.equal(metadata.issuer, ISS);
  assert.equal(metadata.jwks_uri, `${ISS}/v1/jwks`);
  assert.equal(metadata.challenge_endpoint, `${ISS}/v1/challenge`);
  assert.deepEqual(metadata.dpop_signing_alg_values_supported, ['ES256']);
  assert.deepEqual(metadata.client_attestation_pop_methods_supported, ['dpop_combined']);
});
