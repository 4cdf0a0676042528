import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { toBase64url, utf8 } from '@assay/formats';
import { sealBox } from '@assay/secrets/box';
import fc from 'fast-check';
import { decodeProtectedHeader } from 'jose';
import { parseHeader } from '../../src/box/header.ts';
import { withCode } from '../examples.ts';
import { request } from './boxes.ts';

const header = decodeProtectedHeader(await sealBox(request));
const encode = (value: unknown) => toBase64url(utf8(JSON.stringify(value)));

describe('header of a box', () => {
  it('reads a good one', () => assert.deepEqual(parseHeader(encode(header)), header));

  it('refuses a missing member, whichever it is', () => {
    for (const name of Object.keys(header)) {
      assert.throws(
        () => parseHeader(encode({ ...header, [name]: undefined })),
        withCode('secrets.box_malformed'),
        name,
      );
    }
  });

  it('refuses another type in any member', () => {
    for (const name of Object.keys(header)) {
      for (const value of [null, true, 1.5, [], {}]) {
        assert.throws(() => parseHeader(encode({ ...header, [name]: value })), withCode('secrets.box_malformed'), name);
      }
    }
  });

  it('refuses other algorithms, other curves and members beyond its own', () => {
    const { epk = {} } = header;
    const changes = [
      { alg: 'ECDH-ES+A256KW' },
      { alg: 'dir' },
      { enc: 'A128GCM' },
      { typ: 'JWE' },
      { zip: 'DEF' },
      { crit: ['exp'] },
      { cty: 'JWT' },
      { jwk: epk },
      { epk: { ...Object(epk), d: 'AA' } },
      { epk: { ...Object(epk), crv: 'P-384' } },
    ];
    for (const change of changes) {
      assert.throws(
        () => parseHeader(encode({ ...header, ...change })),
        withCode('secrets.box_malformed'),
        JSON.stringify(change),
      );
    }
  });

  it('refuses one member twice', () => {
    const text = JSON.stringify(header).replace('{', '{"sec":"other@1",');
    assert.throws(() => parseHeader(toBase64url(utf8(text))), withCode('json.name_duplicate'));
  });

  it('gives a header or a coded error for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.jsonValue().map(encode)), (text) => {
        assert.throws(() => parseHeader(text), RequestError);
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});
