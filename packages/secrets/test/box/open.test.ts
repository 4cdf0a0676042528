import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { toBase64url, utf8 } from '@assay/formats';
import { openBox, sealBox } from '@assay/secrets/box';
import { CompactEncrypt, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose';
import { withCode } from '../examples.ts';
import { expected, NOW, privateKeyE, publicKeyE, recipient, request } from './boxes.ts';

const box = await sealBox(request);
const [head = '', , iv = '', ciphertext = '', tag = ''] = box.split('.');

/** A box as a hostile sender can make it: right members, but sealed with other contents. */
async function forged(header: object, plaintext: Uint8Array): Promise<string> {
  const { epk: _, apu: __, apv: ___, ...rest } = { ...decodeProtectedHeader(box), ...header };
  return new CompactEncrypt(plaintext)
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', ...rest })
    .setKeyManagementParameters({
      apu: Buffer.from(request.rqh, 'base64url'),
      apv: Buffer.from(request.jktK, 'base64url'),
    })
    .encrypt(publicKeyE);
}

describe('opening a box', () => {
  it('gives the secret, its version and its expiry', async () => {
    const opened = { name: 'maps', version: 7, exp: request.exp, plaintext: request.plaintext };
    assert.deepEqual(await openBox(box, privateKeyE, expected), opened);
    assert.deepEqual(await openBox(box, await exportJWK(privateKeyE), expected), opened);
  });

  it('refuses a box of another secret, issuer, request or key', async () => {
    const rows = [
      ['sec', { member: 'payments' }],
      ['iss', { iss: 'https://b.example/t/x/e/prod' }],
      ['apu', { rqh: request.jktK }],
      ['apv', { jktK: request.rqh }],
      ['kid', { jktE: request.rqh }],
    ] as const;
    for (const [member, change] of rows) {
      await assert.rejects(openBox(box, privateKeyE, { ...expected, ...change }), (error: RequestError) => {
        assert.equal(error.detail.expected, member);
        return withCode('secrets.box_mismatch')(error);
      });
    }
  });

  it('refuses two boxes that were swapped', async () => {
    const other = await sealBox({ ...request, name: 'payments' });
    await assert.rejects(openBox(other, privateKeyE, expected), withCode('secrets.box_mismatch'));
  });

  it('refuses a box from its expiry on', async () => {
    assert.equal((await openBox(box, privateKeyE, { ...expected, now: NOW + 899_999 })).version, 7);
    await assert.rejects(
      openBox(box, privateKeyE, { ...expected, now: NOW + 900_000 }),
      withCode('secrets.box_expired'),
    );
  });

  it('does not open when any member of the header was changed', async () => {
    const header = decodeProtectedHeader(box);
    const values: Record<string, unknown> = { sec: 'maps@8', exp: request.exp + 1 };
    for (const [name, value] of Object.entries(values)) {
      const text = JSON.stringify({ ...header, [name]: value });
      const changed = [toBase64url(utf8(text)), '', iv, ciphertext, tag].join('.');
      await assert.rejects(openBox(changed, privateKeyE, expected), withCode('secrets.box_not_opened'));
    }
    for (const name of Object.keys(header).filter((each) => !(each in values))) {
      const text = JSON.stringify({
        ...header,
        [name]: name === 'epk' ? { ...recipient, x: recipient.y } : 'other',
      });
      await assert.rejects(
        openBox([toBase64url(utf8(text)), '', iv, ciphertext, tag].join('.'), privateKeyE, expected),
        RequestError,
        name,
      );
    }
    const reordered = toBase64url(utf8(JSON.stringify(Object.fromEntries(Object.entries(header).toReversed()))));
    await assert.rejects(
      openBox([reordered, '', iv, ciphertext, tag].join('.'), privateKeyE, expected),
      withCode('secrets.box_not_opened'),
    );
  });

  it('does not open with another key, or with other content', async () => {
    const other = await generateKeyPair('ECDH-ES', { crv: 'P-256' });
    await assert.rejects(openBox(box, other.privateKey, expected), withCode('secrets.box_not_opened'));
    for (const parts of [
      [head, '', ciphertext, iv, tag],
      [head, '', iv, `${ciphertext}AAAA`, tag],
      [head, '', iv, ciphertext, tag.slice(0, -4)],
    ]) {
      await assert.rejects(openBox(parts.join('.'), privateKeyE, expected), withCode('secrets.box_not_opened'));
    }
  });

  it('refuses an encrypted key, more or fewer parts, and too long a text', async () => {
    for (const text of [
      '',
      head,
      [head, 'AA', iv, ciphertext, tag].join('.'),
      `${box}.AA`,
      `${box}${'A'.repeat(8192)}`,
    ]) {
      await assert.rejects(openBox(text, privateKeyE, expected), withCode('secrets.box_malformed'));
    }
  });

  it('refuses content that is not padded, and names that are none', async () => {
    await assert.rejects(
      openBox(await forged({}, request.plaintext), privateKeyE, expected),
      withCode('secrets.box_malformed'),
    );
    for (const sec of ['maps', 'maps@', 'maps@0', 'maps@07', 'maps@-1', '@7', 'a b@7', 'maps@7@7', 'maps@9999999999']) {
      await assert.rejects(
        openBox(await forged({ sec }, request.plaintext), privateKeyE, expected),
        withCode('secrets.box_malformed'),
        sec,
      );
    }
  });
});
