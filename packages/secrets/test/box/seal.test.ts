import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAX_SECRET_BYTES, sealBox } from '@assay/secrets/box';
import { calculateJwkThumbprint, compactDecrypt, decodeProtectedHeader } from 'jose';
import { withCode } from '../examples.ts';
import { privateKeyE, recipient, request } from './boxes.ts';

describe('sealing a box', () => {
  it('makes a JWE that jose opens, with exactly the protected header of the protocol', async () => {
    const box = await sealBox(request);
    const { epk, ...header } = decodeProtectedHeader(box);
    assert.deepEqual(header, {
      alg: 'ECDH-ES',
      enc: 'A256GCM',
      typ: 'assay-secret+jwe',
      kid: await calculateJwkThumbprint(recipient),
      apu: request.rqh,
      apv: request.jktK,
      sec: 'maps@7',
      iss: request.iss,
      exp: request.exp,
    });
    assert.deepEqual(Object.keys(epk ?? {}).toSorted(), ['crv', 'kty', 'x', 'y']);
    const { plaintext } = await compactDecrypt(box, privateKeyE);
    assert.deepEqual([plaintext.length, plaintext[request.plaintext.length]], [64, 0x80]);
  });

  it('hides the length of the secret', async () => {
    const lengths = [0, 1, 63].map(
      async (length) => (await sealBox({ ...request, plaintext: new Uint8Array(length) })).length,
    );
    assert.equal(new Set(await Promise.all(lengths)).size, 1);
  });

  it('makes another box each time', async () => assert.notEqual(await sealBox(request), await sealBox(request)));

  it('seals to points on the curve only', async () => {
    for (const change of [{ x: recipient.y }, { x: 'AAAA' }, { y: '' }]) {
      await assert.rejects(
        sealBox({ ...request, recipient: { ...recipient, ...change } }),
        withCode('secrets.recipient_invalid'),
      );
    }
  });

  it('refuses what no client would take', async () => {
    await assert.rejects(
      sealBox({ ...request, plaintext: new Uint8Array(MAX_SECRET_BYTES + 1) }),
      withCode('secrets.value_too_large'),
    );
    await assert.rejects(sealBox({ ...request, name: 'maps@8' }), withCode('secrets.name_invalid'));
  });
});
