import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toHex, utf8 } from '@assay/formats';
import { NODE_PIN_CRYPTO } from '@assay/pins';
import { createKey } from './wire/documents.ts';

describe('cryptography by node:crypto', () => {
  it('verifies what a key signed, and nothing else', async () => {
    const { jwk, signer } = createKey('a');
    const bytes = utf8('bytes');
    const signature = await signer.sign(bytes);
    assert.equal(await NODE_PIN_CRYPTO.verify(jwk, bytes, signature), true);
    assert.equal(await NODE_PIN_CRYPTO.verify(jwk, utf8('other'), signature), false);
    assert.equal(await NODE_PIN_CRYPTO.verify(createKey('b').jwk, bytes, signature), false);
    assert.equal(await NODE_PIN_CRYPTO.verify(jwk, bytes, new Uint8Array(64)), false);
  });

  it('refuses a point off the curve as a key that signed nothing', async () => {
    const { jwk, signer } = createKey('a');
    const bytes = utf8('bytes');
    assert.equal(await NODE_PIN_CRYPTO.verify({ ...jwk, x: jwk.y }, bytes, await signer.sign(bytes)), false);
  });

  it('hashes by SHA-256', async () => {
    const digest = await NODE_PIN_CRYPTO.sha256(utf8('abc'));
    assert.equal(toHex(digest), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
