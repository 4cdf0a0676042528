import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createVerifier, type VerifierOptions } from '../src/index.ts';
import { apiKey, ISSUER, jwks, optionsFor, SEALED, withCode } from './kit.ts';

/** Attack 26: options that could not be served refuse to construct. */

const BROKEN: readonly [name: string, extra: object, code?: string][] = [
  ['no issuer', { issuer: [] }],
  ['an empty issuer', { issuer: '' }],
  ['no audience', { audience: '' }],
  ['no app', { apps: [] }],
  ['an empty app', { apps: [''] }],
  ['apps as a text', { apps: 'com.example.bank' }],
  ['no origin', { publicOrigin: undefined }],
  ['an origin with a path', { publicOrigin: 'https://api.example.com/v1' }],
  ['an origin with a slash', { publicOrigin: 'https://api.example.com/' }],
  ['an origin in capitals', { publicOrigin: 'https://API.example.com' }],
  ['an origin of another scheme', { publicOrigin: 'ftp://api.example.com' }],
  ['an unknown option', { audiences: ['https://api.example.com'] }],
  ['an unknown shape', { shape: 'jwt' }],
  ['an unknown mode of proofs', { shape: 'access_token', dpop: false }],
  ['unbound tokens in the attestation shape', { dpop: 'optional' }],
  ['one set of keys for two issuers', { issuer: [ISSUER, `${ISSUER}2`] }],
  ['no keys', { jwks: { keys: [] } }, 'tokens.list_empty'],
  ['keys without names', { jwks: { keys: [{ ...jwks.keys[0], kid: undefined }] } }],
  ['keys of another curve', { jwks: { keys: [{ ...jwks.keys[0], crv: 'P-384' }] } }],
  ['a JWKS that anybody on the way could answer', { jwks: 'http://attest.example.com/jwks' }, 'tokens.config_invalid'],
  ['a memory that cannot remember', { replay: {} }],
  ['a short nonce secret', { nonceSecret: new Uint8Array(16) }, 'tokens.key_ring_invalid'],
  ['a tolerance of an hour', { clockTolerance: 3600 }, 'tokens.config_invalid'],
  ['an assurance that is none', { acr: 'none' }],
  ['an age that is no number', { maxAge: '300' }],
  ['an empty list of key protections', { keyProtection: [] }],
  ['an unknown stage', { stage: 'audit' }],
  ['an unknown choice about installs that are let through', { unenforced: 'drop' }],
  ['no decryption key', { decryptionKeys: [] }],
  ['decryption keys that are none', { decryptionKeys: [apiKey.jwk] }, 'tokens.key_ring_invalid'],
  ['one decryption key twice', { decryptionKeys: [apiKey.privateKey, apiKey.privateKey] }, 'tokens.key_ring_invalid'],
  ['readable tokens by a word', { ...SEALED, plainTokens: 'maybe' }],
  ['readable tokens beside no sealed ones', { plainTokens: 'accept' }],
];

describe('options', () => {
  for (const [name, extra, code = 'middleware.options_invalid'] of BROKEN) {
    test(`refuse ${name}`, () => {
      const options = { ...optionsFor(), ...extra } as VerifierOptions; // what a caller without a compiler may hand in
      assert.throws(() => createVerifier(options), withCode(code));
    });
  }

  test('of two issuers with a function for their keys are good', () => {
    assert.ok(createVerifier(optionsFor({ issuer: [ISSUER, `${ISSUER}2`], jwks: async () => jwks })));
  });
});
