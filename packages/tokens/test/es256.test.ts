import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { utf8 } from '@assay/formats';
import fc from 'fast-check';
import { fromDerSignature, signEs256, toDerSignature, verifyEs256 } from '../src/es256.ts';
import { random, withCode } from './kit.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const data = utf8('signing input');

describe('ES256', () => {
  it('verifies what it signs, given as text or bytes', () => {
    const signature = signEs256('signing input', privateKey);
    assert.equal(signature.length, 64);
    assert.ok(verifyEs256(data, signature, publicKey));
    assert.ok(verifyEs256('signing input', signature, publicKey));
    assert.ok(!verifyEs256('signing inpuT', signature, publicKey));
    const lookalike = `\u0173igning input`; // its low octet is that of `s`
    assert.ok(!verifyEs256(lookalike, signature, publicKey));
  });

  it('refuses every flipped bit of a signature', () => {
    const signature = signEs256(data, privateKey);
    for (let bit = 0; bit < 512; bit += 1) {
      const wrong = Uint8Array.from(signature, (octet, at) => (at === bit >> 3 ? octet ^ (1 << (bit & 7)) : octet));
      assert.ok(!verifyEs256(data, wrong, publicKey));
    }
  });

  it('refuses zero, all ones and other lengths', () => {
    for (const wrong of [
      new Uint8Array(64),
      new Uint8Array(64).fill(0xff),
      random(63),
      random(65),
      new Uint8Array(0),
    ]) {
      assert.equal(verifyEs256(data, wrong, publicKey), false);
    }
    const der = sign('sha256', data, privateKey);
    assert.equal(verifyEs256(data, der, publicKey), false);
  });

  it('converts to DER and back whatever leads the halves', () => {
    const half = fc.tuple(fc.nat(31), fc.uint8Array({ minLength: 32, maxLength: 32 })).map(([zeros, bytes]) => {
      const value = Uint8Array.from(bytes);
      value.fill(0, 0, zeros);
      value[31] = (value[31] ?? 0) | 1;
      return value;
    });
    fc.assert(
      fc.property(half, half, (r, s) => {
        const raw = Uint8Array.of(...r, ...s);
        assert.deepEqual(fromDerSignature(toDerSignature(raw)), raw);
      }),
      { seed: 1 },
    );
  });

  it('reads signatures as platforms make them', () => {
    for (let round = 0; round < 50; round += 1) {
      const raw = fromDerSignature(sign('sha256', data, privateKey));
      assert.ok(verifyEs256(data, raw, publicKey));
    }
  });

  it('answers any bytes with a signature or a coded error', () => {
    const der = [...toDerSignature(random(64))];
    const broken = fc
      .tuple(fc.nat(der.length), fc.nat(255))
      .map(([at, octet]) => Uint8Array.from(der.with(at % der.length, octet)));
    fc.assert(
      fc.property(fc.oneof(broken, fc.uint8Array({ maxLength: 80 })), (input) => {
        try {
          assert.equal(fromDerSignature(input).length, 64);
        } catch (error) {
          if (!(error instanceof AssayError)) throw error;
        }
      }),
      { seed: 2 },
    );
    assert.throws(() => fromDerSignature(Uint8Array.of(0x30, 0)), withCode('tokens.jws_malformed'));
  });
});
