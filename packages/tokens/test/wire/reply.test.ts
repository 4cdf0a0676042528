import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AssayError } from '@assay/core';
import fc from 'fast-check';
import { textHash, thumbprint } from '../../src/ec-keys.ts';
import { generateSigningKey, signJws } from '../../src/signing-key.ts';
import { openReply } from '../../src/wire/reply.ts';
import { ISS, NOW, phone, withCode } from '../kit.ts';

const { key } = generateSigningKey();
const expected = { iss: ISS, jkt: thumbprint(phone.K.publicJwk), rqh: textHash('request') };
const common = { v: 1, iss: ISS, aud: expected.jkt, rqh: expected.rqh, iat: NOW / 1000, support: '7KQ2M-9XR4T-V' };
const text = signJws('assay-reply+jwt', { ...common, result: 'refused', class: 'app', action: 'retry' }, key);

it('reads nothing before the signature is verified, and hands over what is needed for that', async () => {
  const reply = await openReply(text, expected, async (kid, signingInput, signature) => {
    assert.equal(kid, key.kid);
    assert.equal(signingInput, text.slice(0, text.lastIndexOf('.')));
    return signature.length === 64;
  });
  assert.equal(reply.result, 'refused');
  await assert.rejects(
    openReply(text, expected, () => false),
    withCode('tokens.reply_signature_invalid'),
  );
});

it('answers any text with a coded error, though every signature were good', async () => {
  const broken = fc
    .tuple(fc.nat(text.length), fc.nat(4), fc.string({ maxLength: 4 }))
    .map(([at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
  const property = fc.asyncProperty(broken, async (input) => {
    try {
      await openReply(input, expected, () => true);
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
    }
  });
  await fc.assert(property, { seed: 18, numRuns: 800 });
});
