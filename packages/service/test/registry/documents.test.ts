import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiDocument, AppDocument, SecretRule } from '@assay/service';

const app = {
  ...{ id: 'com.example.bank', label: 'Bank', audiences: ['https://api.example.com'] },
  apple: { appIds: ['TEST123456.com.example.bank'] },
};

describe('app document', () => {
  it('has safe defaults', () => {
    const { policy, reasonsToApp, retainEvidenceDays, rollout, refusals, dev } = AppDocument.parse(app);
    assert.deepEqual([policy, reasonsToApp, retainEvidenceDays], ['strict', false, 0]);
    assert.deepEqual([rollout, refusals, dev], [{ stage: 'enforce' }, 'explicit', false]);
  });

  const signer = { sha256: 'ab'.repeat(32), label: 'Play' };
  const cohort = { name: 'beta', policy: 'strict', percent: 5 };
  const facade = { project: 'acme', audience: 'https://api.example.com' };
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
    ['a share of a stage that has none', { rollout: { stage: 'monitor', percent: 50 } }],
    ['a share above all', { rollout: { stage: 'enforce', percent: 101 } }],
    ['Play without a package', { google: {} }],
    ['cohorts of one name', { cohorts: [cohort, { ...cohort, policy: 'other' }] }],
    ['a cohort of nobody', { cohorts: [{ ...cohort, percent: 0 }] }],
    ['five shadows', { shadows: ['a', 'b', 'c', 'd', 'e'] }],
    ['a moment in words', { releases: [{ build: '1', at: 'yesterday' }] }],
    ['sealed refusals that are told', { refusals: 'sealed', reasonsToApp: true }],
    ['a facade without Apple', { appCheckFacade: facade, apple: undefined, dev: true }],
    ['a facade for a foreign API', { appCheckFacade: { ...facade, audience: 'https://other.example.com' } }],
    ['a facade that unseals refusals', { appCheckFacade: facade, refusals: 'sealed' }],
    ['a facade of a project with a slash', { appCheckFacade: { ...facade, project: 'a/b' } }],
    ['a format of its own without a name', { custom: [{ role: 'x-acme', apps: [] }] }],
    ['a built-in role as its own', { custom: [{ role: 'android-key', apps: ['a'] }] }],
  ];
  for (const [name, change] of refused) {
    it(`is refused with ${name}`, () => {
      assert.equal(AppDocument.safeParse({ ...app, ...change }).success, false);
    });
  }

  it("may name the project and the API of Google's App Check client", () => {
    assert.deepEqual(AppDocument.parse({ ...app, appCheckFacade: facade }).appCheckFacade, facade);
  });

  it('needs one kind of evidence, whichever', () => {
    const huawei = { packages: [{ name: 'a', signers: [signer] }] };
    const kinds: readonly object[] = [
      ...[{ dev: true }, { huawei }, { harmony: { bundles: huawei.packages } }],
      ...[{ custom: [{ role: 'x-acme', apps: ['a'] }] }, { appCheck: { project: '1', appIds: ['1:1:ios:a'] } }],
      { web: { origins: ['https://a.example'], siteHosts: ['a.example'] } },
    ];
    for (const kind of kinds) AppDocument.parse({ ...app, apple: undefined, ...kind });
  });
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
