import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimed, type Facts, noFacts, proven } from '@assay/core';
import type { Affected } from '../../src/trust/advisory-document.ts';
import { matchingAdvisories } from '../../src/trust/advisory-matching.ts';

const BY = 'android-key';
const none = noFacts();
const FACTS: Facts = {
  ...none,
  app: { ...none.app, id: proven('com.example.bank', BY), build: proven('412', BY), version: claimed('4.2.0', 'app') },
  device: {
    ...none.device,
    ...{ osBuild: claimed('BP2A.250605.031', 'app'), model: proven('Pixel 9', BY), osPatch: proven('2026-08', BY) },
  },
};
const SDK = 'assay-android/1.2.0';

const isMatched = (affects: Affected, facts: Facts = FACTS, sdk: string | null = SDK): boolean =>
  matchingAdvisories([{ id: 'a', title: 't', severity: 'low', affects }], facts, sdk).length === 1;

describe('advisories name', () => {
  const named: readonly Affected[] = [
    { app: 'com.example.bank' },
    { appUpTo: '4.2.0' },
    { appUpTo: '4.2' },
    { appUpTo: '4.10.0' },
    { appUpTo: '412' },
    { sdk: ['assay-ios/1.0.0', SDK] },
    { sdk: ['assay-android/1.*'] },
    { osBuilds: ['BP2A.*'] },
    { models: ['Pixel 9'] },
    { patchBefore: '2026-09' },
    { app: 'com.example.bank', appUpTo: '413', models: ['Pixel *'], patchBefore: '2026-12', sdk: ['*'] },
  ];
  for (const affects of named) {
    it(JSON.stringify(affects), () => {
      assert.equal(isMatched(affects), true);
    });
  }

  const others: readonly Affected[] = [
    { app: 'com.example.bankier' },
    { appUpTo: '4.1.9' },
    { appUpTo: '411' },
    { sdk: ['assay-android/1.2'] },
    { osBuilds: ['BP2B.*'] },
    { models: ['Pixel'] },
    { patchBefore: '2026-08' },
    { app: 'com.example.bank', models: ['Pixel 8'] },
  ];
  for (const affects of others) {
    it(`others by ${JSON.stringify(affects)}`, () => {
      assert.equal(isMatched(affects), false);
    });
  }

  it('nothing by a fact that is absent', () => {
    for (const affects of [...named, ...others]) assert.equal(isMatched(affects, none, null), false);
  });

  it('a bundle with its team or without', () => {
    const facts = { ...none, app: { ...none.app, id: proven('ABCDE12345.com.example.bank', 'apple-app-attest') } };
    assert.equal(isMatched({ app: 'com.example.bank' }, facts), true);
    assert.equal(isMatched({ app: 'ABCDE12345.com.example.bank' }, facts), true);
    assert.equal(isMatched({ app: 'example.bank' }, facts), false);
  });

  it('a patch level with a day by its month', () => {
    const facts = { ...none, device: { ...none.device, osPatch: proven('2026-08-05', BY) } };
    assert.equal(isMatched({ patchBefore: '2026-08' }, facts), false);
    assert.equal(isMatched({ patchBefore: '2026-09' }, facts), true);
  });

  it('any SDK, for a look that knows none', () => {
    const advisories = [{ id: 'a', title: 't', severity: 'low', affects: { sdk: ['other'] } }] as const;
    assert.deepEqual(matchingAdvisories(advisories, FACTS, undefined), advisories);
    assert.deepEqual(matchingAdvisories(advisories, FACTS, null), []);
  });
});
