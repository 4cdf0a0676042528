import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError, UpstreamError } from '@assay/core';
import { toBase64url } from '@assay/formats';
import fc from 'fast-check';
import { parseJwks } from '../../src/keys/jwks.ts';
import { toJwks } from '../../src/keys/ring.ts';
import { generateSigningKey } from '../../src/signing-key.ts';
import { toBytes, withCode } from '../kit.ts';

const { key } = generateSigningKey();
const [published] = toJwks([key]).keys;
const parse = (...keys: unknown[]) => parseJwks(toBytes({ keys }));

describe('parseJwks', () => {
  it('reads ES256 keys by name and passes over other kinds', () => {
    const others = [
      { kty: 'RSA', n: 'x', e: 'AQAB', kid: 'r' },
      { kty: 'EC', crv: 'P-384', x: 'x', y: 'y', kid: 'p' },
      { ...published, kid: 'e', use: 'enc' },
      { ...published, kid: 'x', alg: 'ECDH-ES' },
    ];
    assert.deepEqual([...parse(published, ...others).keys()], [key.kid]);
  });

  it('refuses a set without keys, with two of one name, or with a faulty one', () => {
    const off = { ...published, y: toBase64url(new Uint8Array(32)) };
    for (const keys of [
      [],
      [{ kty: 'RSA' }],
      [published, published],
      [{ ...published, kid: 1 }],
      [{ ...published, x: 'AA' }],
    ]) {
      assert.throws(() => parse(...keys), withCode('tokens.jwks_unavailable'));
    }
    const isRetryable = (error: unknown) => error instanceof UpstreamError && error.code === 'tokens.jwks_unavailable';
    assert.throws(() => parse(published, { ...off, kid: 'off' }), isRetryable);
    assert.throws(() => parse(...Array.from({ length: 33 }, () => published)), withCode('tokens.jwks_unavailable'));
    assert.throws(() => parseJwks(toBytes([])), withCode('tokens.jwks_unavailable'));
  });

  it('answers any bytes with keys or a coded error', () => {
    const text = JSON.stringify({ keys: [published] });
    const broken = fc
      .tuple(fc.nat(text.length), fc.nat(4), fc.string({ maxLength: 4 }))
      .map(([at, cut, put]) => new TextEncoder().encode(text.slice(0, at) + put + text.slice(at + cut)));
    fc.assert(
      fc.property(broken, (input) => {
        try {
          parseJwks(input);
        } catch (error) {
          if (!(error instanceof AssayError)) throw error;
        }
      }),
      { seed: 17, numRuns: 800 },
    );
  });
});
