import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { toBase64url, utf8 } from '@assay/formats';
import { MAX_DOCUMENT_BYTES } from '@assay/pins';
import fc from 'fast-check';
import { parseEnvelope, signEnvelope } from '../../src/wire/envelope.ts';
import { createKey, pinsKey, wireOf, withCode } from './documents.ts';

const wire = await wireOf(utf8('{}'), [pinsKey.signer]);
const good = JSON.parse(wire);
const [signature] = good.signatures;
const parse = (value: unknown) =>
  parseEnvelope(typeof value === 'string' ? value : JSON.stringify(value), 'assay-pins+jws');
const withHeader = (header: object) => ({
  ...good,
  signatures: [{ ...signature, protected: toBase64url(utf8(JSON.stringify(header))) }],
});
const header = { alg: 'ES256', kid: 'pins-1', typ: 'assay-pins+jws' };

const rows: readonly [string, unknown, string][] = [
  ['a compact JWS', `${signature.protected}.${good.payload}.${signature.signature}`, 'json.'],
  ['a flattened JWS', { payload: good.payload, ...signature }, 'pins.document_malformed'],
  ['no signatures', { ...good, signatures: [] }, 'pins.document_malformed'],
  ['one name twice', { ...good, signatures: [signature, signature] }, 'pins.document_malformed'],
  [
    '17 signatures',
    { ...good, signatures: Array.from({ length: 17 }, (_, at) => ({ ...signature, at })) },
    'pins.document_malformed',
  ],
  [
    'an unprotected header',
    { ...good, signatures: [{ ...signature, header: { kid: 'x' } }] },
    'pins.document_malformed',
  ],
  ['an unknown member', { ...good, extra: 1 }, 'pins.document_malformed'],
  ['an empty payload', { ...good, payload: '' }, 'pins.document_malformed'],
  ['a payload with padding', { ...good, payload: `${good.payload}=` }, 'pins.document_malformed'],
  ['a payload that is not canonical', { ...good, payload: 'e31' }, 'base64.'],
  [
    'a DER signature',
    { ...good, signatures: [{ ...signature, signature: 'A'.repeat(96) }] },
    'pins.document_malformed',
  ],
  ['another algorithm', withHeader({ ...header, alg: 'none' }), 'pins.document_malformed'],
  ['a key in the header', withHeader({ ...header, jwk: pinsKey.jwk }), 'json.too_deep'],
  ['critical members', withHeader({ ...header, crit: ['b64'], b64: false }), 'json.too_deep'],
  ['no kid', withHeader({ alg: 'ES256', typ: header.typ }), 'pins.document_malformed'],
  ['another type', withHeader({ ...header, typ: 'assay-root+jws' }), 'pins.document_malformed'],
  ['one member twice', wire.replace('{', `{"payload":"e30",`), 'json.name_duplicate'],
  ['more than 64 KiB', wire + ' '.repeat(MAX_DOCUMENT_BYTES), 'pins.too_large'],
];

describe('signed envelope', () => {
  it('reads what signing made', async () => {
    const signed = await signEnvelope(utf8('{"a":1}'), 'assay-pins+jws', [pinsKey.signer, createKey('b').signer]);
    const envelope = parse(signed);
    assert.deepEqual([envelope.payload, envelope.signatures.map(({ kid }) => kid)], [utf8('{"a":1}'), ['pins-1', 'b']]);
  });

  for (const [name, value, code] of rows) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => parse(value),
        (error: RequestError) => error instanceof RequestError && error.code.startsWith(code),
      );
    });
  }

  it('gives an envelope or a coded error for any text', () => {
    const mutated = fc
      .tuple(fc.nat(wire.length - 1), fc.string({ maxLength: 3 }))
      .map(([at, part]) => wire.slice(0, at) + part + wire.slice(at + 1));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), mutated), (text) => {
        try {
          parse(text);
        } catch (error) {
          assert.ok(error instanceof RequestError);
        }
      }),
      { seed: 9, numRuns: 1000 },
    );
  });

  it('names the limit that was passed', () =>
    assert.throws(() => parse(' '.repeat(70_000)), withCode('pins.too_large')));
});
