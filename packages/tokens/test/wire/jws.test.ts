import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { utf8 } from '@assay/formats';
import fc from 'fast-check';
import { createKeyedJws, joinJws, payloadOf, readKeyedHeader, splitJws, toSigningInput } from '../../src/wire/jws.ts';
import { phone, withCode } from '../kit.ts';

const { K } = phone;
const jws = await createKeyedJws('t', K.publicJwk, utf8('payload'), K.sign);

describe('compact JWS', () => {
  it('splits what it joins', () => {
    const split = splitJws(jws, 1000);
    assert.equal(joinJws(split.signingInput, split.signature), jws);
    assert.deepEqual(payloadOf(split, 'tokens.jws_malformed'), utf8('payload'));
    assert.deepEqual(readKeyedHeader(split.header, 't'), K.publicJwk);
    assert.equal(
      toSigningInput({ typ: 't', alg: 'ES256', jwk: { ...K.publicJwk } }, utf8('payload')),
      split.signingInput,
    );
  });

  const [header = '', payload = '', signature = ''] = jws.split('.');
  const wrong: Readonly<Record<string, string>> = {
    empty: '',
    'two parts': `${header}.${payload}`,
    'four parts': `${jws}.AA`,
    'an empty header': `.${payload}.${signature}`,
    'an empty payload': `${header}..${signature}`,
    'a short signature': `${header}.${payload}.${signature.slice(4)}`,
    'a padded signature': `${jws}==`,
    'a signature with unused bits': `${jws.slice(0, -1)}${signature.endsWith('B') ? 'C' : 'B'}`,
    'a signature in base64': `${header}.${payload}.${'+'.repeat(86)}`,
    'white space': `${jws} `,
  };
  for (const [name, text] of Object.entries(wrong)) {
    it(`refuses ${name}`, () => assert.throws(() => splitJws(text, 1000), withCode('tokens.jws_malformed')));
  }

  it('refuses what is longer than the limit, under the caller’s code', () => {
    assert.throws(() => splitJws(jws, jws.length - 1, 'tokens.token_malformed'), withCode('tokens.token_malformed'));
  });

  it('answers any text with parts or a coded error', () => {
    const text = fc.string({ unit: fc.constantFrom(...'Aa0_-.=+ é'), maxLength: 120 });
    fc.assert(
      fc.property(text, (input) => {
        try {
          splitJws(input, 100);
        } catch (error) {
          if (!(error instanceof AssayError)) throw error;
        }
      }),
      { seed: 13 },
    );
  });
});
