import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiDocument, AppDocument, SecretRule } from '@assay/service';

const app = {
  ...{ id: 'com.example.bank', label: 'Bank', audiences: ['https://api.example.com'] },
  apple: { appIds: ['TEST123456.com.example.bank'] },
};

describe('app document', () => {
  it('has safe defaults', () => {
    const { policy, reasonsToApp, retainEvidenceDays } = AppDocument.parse(app);
    assert.deepEqual([policy, reasonsToApp, retainEvidenceDays], ['strict', false, 0]);
  });

  const signer = { sha256: 'ab'.repeat(32), label: 'Play' };
  const refused: readonly (readonly [string, object])[] = [
    ['no platform', { apple: undefined }],
    ['no audience', { audiences: [] }],
    ['an empty list of app ids', { apple: { appIds: [] } }],
    ['no signer', { android: { packages: [{ name: 'a', signers: [] }] } }],
    [
      'an upper-case digest',
      { android: { packages: [{ name: 'a', signers: [{ ...signer, sha256: 'AB'.repeat(32) }] }] } },
    ],
    ['an unknown member', { extra: true }],
    ['an id with a slash', { id: 'a/b' }],
    ['evidence kept for ever', { retainEvidenceDays: 91 }],
  ];
  for (const [name, change] of refused) {
    it(`is refused with ${name}`, () => {
      assert.equal(AppDocument.safeParse({ ...app, ...change }).success, false);
    });
  }
});

describe('API document and secret rule', () => {
  it('have safe defaults', () => {
    const { shape, lifetime, minimum } = ApiDocument.parse({ audience: 'https://api.example.com', label: 'API' });
    assert.deepEqual([shape, lifetime, minimum], ['at+jwt', 300, 'low']);
    assert.deepEqual(SecretRule.parse({}), { minimum: 'substantial', maxPerDay: 96, lifetime: 900, onWarning: false });
  });

  it('have limits', () => {
    assert.equal(ApiDocument.safeParse({ audience: 'https://a.example', label: 'x', lifetime: 3_601 }).success, false);
    assert.equal(SecretRule.safeParse({ minimum: 'none' }).success, false);
    assert.equal(SecretRule.safeParse({ maxPerDay: 0 }).success, false);
  });
});
