import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createResourceMetadata, resourceMetadataPath } from '../src/index.ts';
import { ISSUER, ORIGIN, optionsFor, withCode } from './kit.ts';

test('the document names the issuers and the proofs that are taken', () => {
  assert.deepEqual(createResourceMetadata(optionsFor()), {
    resource: ORIGIN,
    authorization_servers: [ISSUER],
    bearer_methods_supported: ['header'],
    dpop_signing_alg_values_supported: ['ES256'],
    dpop_bound_access_tokens_required: true,
    client_attestation_pop_methods_supported: ['dpop_combined'],
  });
  const bearer = createResourceMetadata(optionsFor({ shape: 'access_token', dpop: 'optional' }));
  assert.equal(bearer.dpop_bound_access_tokens_required, false);
  assert.deepEqual(bearer.client_attestation_pop_methods_supported, []);
});

test('its path goes between host and path of the API (RFC 9728 3.1)', () => {
  assert.equal(resourceMetadataPath(ORIGIN), '/.well-known/oauth-protected-resource');
  assert.equal(resourceMetadataPath(`${ORIGIN}/v1?k=1`), '/.well-known/oauth-protected-resource/v1?k=1');
});

test('an audience that is no address has no such document', () => {
  for (const audience of ['api', `${ORIGIN}#a`]) {
    assert.throws(() => resourceMetadataPath(audience), withCode('middleware.options_invalid'));
  }
});
