import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { parseBase64url, toBase64url, utf8 } from '@assay/formats';
import { fault } from '../../src/fault.ts';
import { createFixedKeys, type KeySource } from '../../src/keys/key-source.ts';
import { generateSigningKey } from '../../src/signing-key.ts';
import type { TokenPlace } from '../../src/token/verify.ts';
import { ISS, phone, withCode } from '../kit.ts';
import { createVerifier, issue, issuer } from './kit.ts';

const refuses = (token: string, code: string, place: TokenPlace = 'dpop', verifier = createVerifier()) =>
  assert.rejects(verifier.verify(token, place), withCode(code));

describe('the signature of a token', () => {
  it('refuses the token of another environment by its key, and by its name where the key is known', async () => {
    const dev = generateSigningKey().key;
    const iss = 'https://attest.example.com/t/acme/e/dev';
    await refuses(issue({ iss }, dev), 'tokens.token_key_unknown');
    await refuses(issue({ iss }), 'tokens.token_issuer_mismatch');
    const both = createVerifier({
      issuers: [
        { iss: ISS, keys: createFixedKeys([issuer]) },
        { iss, keys: createFixedKeys([dev]) },
      ],
    });
    await both.verify(issue({ iss }, dev), 'dpop');
    await refuses(issue({}, dev), 'tokens.token_issuer_mismatch', 'dpop', both);
    await refuses(issue({ iss }), 'tokens.token_issuer_mismatch', 'dpop', both);
  });

  it('goes by the key of the issuer that the token names, where two issuers gave their keys one name', async () => {
    const iss = 'https://attest.example.com/t/acme/e/dev';
    const twin = { ...generateSigningKey().key, kid: issuer.kid };
    const [mine, theirs] = [createFixedKeys([issuer]), createFixedKeys([twin])];
    let isLoaded = false;
    const late: KeySource = {
      current: (kid) => (isLoaded ? theirs.current(kid) : undefined),
      find: (kid) => {
        isLoaded = true;
        return theirs.find(kid);
      },
    };
    for (const keys of [theirs, late]) {
      const both = createVerifier({
        issuers: [
          { iss: ISS, keys: mine },
          { iss, keys },
        ],
      });
      await both.verify(issue({ iss }, twin), 'dpop');
      await both.verify(issue(), 'dpop');
      await refuses(issue({ iss }), 'tokens.token_issuer_mismatch', 'dpop', both);
      await refuses(issue({}, twin), 'tokens.token_issuer_mismatch', 'dpop', both);
      await refuses(
        issue({}, { ...generateSigningKey().key, kid: issuer.kid }),
        'tokens.token_signature_invalid',
        'dpop',
        both,
      );
    }
    const shared = createVerifier({ issuers: [ISS, iss].map((name) => ({ iss: name, keys: mine })) });
    await shared.verify(issue({ iss }), 'dpop');
  });

  it('refuses every flipped bit of the signature and every changed character of header and payload', async () => {
    const token = issue();
    const verifier = createVerifier();
    const start = token.lastIndexOf('.') + 1;
    const signature = parseBase64url(token.slice(start));
    for (let at = 0; at < 64; at += 1) {
      const wrong = toBase64url(Uint8Array.from(signature, (octet, place) => (place === at ? octet ^ 0x10 : octet)));
      await refuses(token.slice(0, start) + wrong, 'tokens.token_signature_invalid', 'dpop', verifier);
    }
    for (let at = 0; at < start - 1; at += 3) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      await assert.rejects(verifier.verify(changed, 'dpop'), AssayError);
    }
  });

  it('is not led by the header', async () => {
    const [, payload, signature] = issue().split('.');
    const withHeader = (header: object) => `${toBase64url(utf8(JSON.stringify(header)))}.${payload}.${signature}`;
    const usual = { alg: 'ES256', typ: 'at+jwt', kid: issuer.kid };
    await refuses(withHeader({ ...usual, jku: 'https://evil.example' }), 'tokens.token_malformed');
    await refuses(withHeader({ ...usual, jwk: phone.K.publicJwk }), 'tokens.token_malformed');
    await refuses(withHeader({ ...usual, crit: [] }), 'tokens.token_malformed');
    await refuses(withHeader({ ...usual, alg: 'none' }), 'tokens.token_type_refused');
    await refuses(withHeader({ ...usual, alg: 'HS256' }), 'tokens.token_type_refused');
    await refuses(
      `${withHeader({ ...usual, alg: 'none' })
        .split('.', 2)
        .join('.')}.`,
      'tokens.token_malformed',
    );
    await refuses(withHeader({ ...usual, kid: 'unknown' }), 'tokens.token_key_unknown');
  });

  it('reports that keys cannot be had only when no other issuer knows the key', async () => {
    const down: KeySource = { current: () => undefined, find: () => Promise.reject(fault('tokens.jwks_unavailable')) };
    const iss = 'https://down.example';
    const verifier = createVerifier({
      issuers: [
        { iss, keys: down },
        { iss: ISS, keys: createFixedKeys([issuer]) },
      ],
    });
    await verifier.verify(issue(), 'dpop');
    const { key } = generateSigningKey();
    await refuses(issue({}, key), 'tokens.jwks_unavailable', 'dpop', verifier);
  });
});
