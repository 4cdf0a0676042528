import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UpstreamError } from '@assay/core';
import { toBase64url } from '@assay/formats';
import { importEcKey, textHash, thumbprint } from '../src/ec-keys.ts';
import { signReply, verifyReply } from '../src/reply.ts';
import { generateSigningKey, type SigningKey, signJws } from '../src/signing-key.ts';
import type { OkReply, RefusedReply } from '../src/wire/reply.ts';
import { API, createPhone, ISS, NOW, phone, random, withCode } from './kit.ts';

const { key } = generateSigningKey();
const trusted = new Map([[key.kid, importEcKey(key.publicJwk)]]);
const expected = { iss: ISS, jkt: thumbprint(phone.K.publicJwk), rqh: textHash('request') };
const common = {
  v: 1,
  iss: ISS,
  aud: expected.jkt,
  rqh: expected.rqh,
  iat: NOW / 1000,
  support: '7KQ2M-9XR4T-V',
} as const;
const ok: OkReply = {
  ...common,
  result: 'ok',
  tokens: { [API]: { value: 'a.b.c', type: 'DPoP', expires_in: 300 } },
  pins: { head: 'x', set: { payload: '', signatures: ['a'] } },
  secrets: { maps: 'a.b.c.d.e' },
  config: { wait_cap_ms: 3000 },
  next: { challenge: 'A'.repeat(52), expires_in: 900, refresh_after: 150 },
};
const refused: RefusedReply = { ...common, result: 'refused', class: 'device', action: 'stop' };

const open = (text: string) => verifyReply(text, expected, trusted);
const refuses = (value: object, code = 'tokens.reply_malformed', by: SigningKey = key) =>
  assert.rejects(
    open(signJws('assay-reply+jwt', value, by)),
    (error: Error) => error instanceof UpstreamError && error.code === code,
  );

describe('replies', () => {
  it('open for the client that asked', async () => {
    assert.deepEqual(await open(signReply(ok, key)), ok);
    assert.deepEqual(await open(signReply(refused, key)), refused);
  });

  it('are not signed above the size that clients open', async () => {
    const filler = (characters: number): OkReply => ({ ...ok, config: { filler: 'x'.repeat(characters) } });
    const most = Math.floor(((131_072 - signReply(filler(0), key).length) * 3) / 4) - 3;
    await open(signReply(filler(most), key));
    assert.throws(() => signReply(filler(most + 8), key), withCode('tokens.reply_too_large'));
  });

  it('are refused when another key signed, or a trusted name is borrowed', async () => {
    const { key: other } = generateSigningKey();
    await refuses(ok, 'tokens.reply_signature_invalid', other);
    await refuses(ok, 'tokens.reply_signature_invalid', { ...other, kid: key.kid });
  });

  it('are refused by another client, for another request, from another issuer', async () => {
    const text = signReply(ok, key);
    const others = [
      { ...expected, jkt: thumbprint(createPhone().K.publicJwk) },
      { ...expected, rqh: textHash('another request') },
      { ...expected, iss: 'https://attest.example.com/t/acme/e/dev' },
    ];
    for (const other of others)
      await assert.rejects(verifyReply(text, other, trusted), withCode('tokens.reply_mismatch'));
  });

  it('are refused in other forms', async () => {
    await refuses({ ...ok, v: 2 });
    await refuses({ ...ok, result: 'fine' });
    await refuses({ ...ok, extra: 1 });
    await refuses({ ...refused, tokens: {} });
    await refuses({ ...refused, action: 'wipe' });
    await refuses({ ...ok, rqh: toBase64url(random(31)) });
    await assert.rejects(open(signJws('at+jwt', ok, key)), withCode('tokens.reply_malformed'));
    await assert.rejects(open('x'.repeat(131_073)), withCode('tokens.reply_malformed'));
    await assert.rejects(open(''), withCode('tokens.reply_malformed'));
  });

  it('are refused with any byte of the payload changed', async () => {
    const [header, payload = '', signature] = signReply(refused, key).split('.');
    for (let at = 0; at < payload.length; at += 7) {
      const changed = payload.slice(0, at) + (payload[at] === 'A' ? 'B' : 'A') + payload.slice(at + 1);
      await assert.rejects(open(`${header}.${changed}.${signature}`), UpstreamError);
    }
  });
});
