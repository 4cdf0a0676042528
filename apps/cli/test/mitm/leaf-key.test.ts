import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { leafKeyOf } from '../../src/mitm/leaf-key.ts';
import { createFolder } from '../support/assay.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;
const folder = createFolder({
  'pkcs8.pem': privateKey.export(pkcs8),
  'sec1.pem': privateKey.export({ type: 'sec1', format: 'pem' }),
  'locked.pem': privateKey.export({ ...pkcs8, cipher: 'aes-256-cbc', passphrase: 'open sesame' }),
  'public.pem': publicKey.export({ type: 'spki', format: 'pem' }),
  'right.txt': 'open sesame\n',
  'wrong.txt': 'open barley\n',
});
const open = (name: string, passphrase?: string) =>
  leafKeyOf({
    'leaf-key': join(folder, name),
    ...(passphrase === undefined ? {} : { 'passphrase-file': join(folder, passphrase) }),
  });

describe('the leaf key of the user', () => {
  it('is read from either form, and opened by a passphrase from a file', async () => {
    for (const key of [await open('pkcs8.pem'), await open('sec1.pem'), await open('locked.pem', 'right.txt')]) {
      assert.ok(key?.equals(privateKey));
    }
    assert.equal(await leafKeyOf({}), undefined);
  });

  it('is refused without its passphrase, with another, and where it is none; nothing of it is told', async () => {
    const refusals = [
      [open('locked.pem', 'wrong.txt'), /^another passphrase/],
      [open('public.pem'), /^PEM/],
      [open('right.txt'), /^PEM/],
    ] as const;
    for (const [given, expected] of refusals) {
      await assert.rejects(given, (error) => {
        assert.ok(error instanceof ConfigError);
        assert.deepEqual([error.code, error.cause], ['cli.leaf_key_unusable', undefined]);
        assert.match(error.detail.expected ?? '', expected);
        return !error.message.includes('sesame');
      });
    }
  });
});
