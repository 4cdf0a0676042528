import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { toBase64url, utf8 } from '@assay/formats';
import fc from 'fast-check';
import { parseRequest, parseRequestEnvelope } from '../../src/wire/request.ts';
import { phone, requestBody, toBytes, withCode } from '../kit.ts';

const body = await requestBody();

/** The request with another JWS header. */
function withHeader(header: object): object {
  const [, payload, signature] = body.request.split('.');
  return { ...body, request: `${toBase64url(utf8(JSON.stringify(header)))}.${payload}.${signature}` };
}

const refuses = (value: unknown, code = 'tokens.request_malformed') =>
  assert.throws(() => parseRequest(toBytes(value)), withCode(code));

describe('parseRequest', () => {
  it('reads body, header and statement', () => {
    const parsed = parseRequest(toBytes(body));
    assert.deepEqual(parsed.jwk, phone.K.publicJwk);
    assert.equal(parsed.statement.purpose, 'enrol');
    assert.deepEqual(
      parsed.evidence.map(({ role, form }) => [role, form]),
      [
        ['android-key', 'chain'],
        ['play-standard', 'token'],
      ],
    );
  });

  it('refuses other members and missing ones', () => {
    refuses({ ...body, dpop: 'x' });
    refuses({ request: body.request });
    refuses({ ...body, evidence: Array.from({ length: 4 }, () => body.evidence[0]) });
    refuses([]);
  });

  it('refuses what is too large', () => {
    assert.throws(() => parseRequestEnvelope(new Uint8Array(65_537)), withCode('tokens.request_too_large'));
    refuses({ ...body, request: 'A'.repeat(12_289) });
  });

  const { publicJwk: jwk } = phone.K;
  const usual = { typ: 'assay-request+jwt', alg: 'ES256', jwk };
  const headers: Readonly<Record<string, object>> = {
    'a kid': { ...usual, kid: '1' },
    'a jku': { ...usual, jku: 'https://evil.example/jwks' },
    'a certificate': { ...usual, x5c: ['AQID'] },
    'a critical member': { ...usual, crit: ['b64'] },
    'no key': { typ: usual.typ, alg: usual.alg },
    'another typ': { ...usual, typ: 'dpop+jwt' },
    'alg none': { ...usual, alg: 'none' },
    'alg HS256': { ...usual, alg: 'HS256' },
    'a private key': { ...usual, jwk: { ...jwk, d: jwk.x } },
    'another curve': { ...usual, jwk: { ...jwk, crv: 'P-384' } },
    'a coordinate of 33 bytes': { ...usual, jwk: { ...jwk, x: `AA${jwk.x}` } },
    'a coordinate with unused bits': { ...usual, jwk: { ...jwk, x: `${'A'.repeat(42)}B` } },
  };
  for (const [name, header] of Object.entries(headers)) {
    it(`refuses a header with ${name}`, () => refuses(withHeader(header), 'tokens.jws_malformed'));
  }

  it('answers any bytes with a request or a coded error', () => {
    const text = JSON.stringify(body);
    const broken = fc
      .tuple(fc.nat(text.length), fc.nat(6), fc.string({ maxLength: 6 }))
      .map(([at, cut, put]) => new TextEncoder().encode(text.slice(0, at) + put + text.slice(at + cut)));
    fc.assert(
      fc.property(broken, (input) => {
        try {
          parseRequest(input);
        } catch (error) {
          if (!(error instanceof AssayError)) throw error;
        }
      }),
      { seed: 12, numRuns: 1500 },
    );
  });
});
