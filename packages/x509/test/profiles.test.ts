import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  APPLE,
  GOOGLE_FACTORY,
  GOOGLE_RKP,
  GOOGLE_SOFTWARE,
  type Profile,
  RFC5280_CLIENT,
  RFC5280_SERVER,
  WEB_PKI,
} from '@assay/x509';

const PROFILES: readonly Profile[] = [
  WEB_PKI,
  RFC5280_SERVER,
  RFC5280_CLIENT,
  APPLE,
  GOOGLE_FACTORY,
  GOOGLE_RKP,
  GOOGLE_SOFTWARE,
];

describe('profiles', () => {
  it('have ids of their own', () => {
    assert.equal(new Set(PROFILES.map(({ id }) => id)).size, PROFILES.length);
  });

  for (const profile of PROFILES) {
    it(`${profile.id} lists algorithms and keys, and bounds the path`, () => {
      assert.ok(profile.signatures.length > 0);
      assert.ok(profile.keys.issuers.length > 0);
      assert.ok(profile.maxIntermediates <= 8);
    });
  }

  it('leave dates out only for Android, and only where its devices need it', () => {
    const dates = Object.fromEntries(PROFILES.map(({ id, validity }) => [id, Object.values(validity).join(' ')]));
    assert.deepEqual(dates, {
      'web-pki': 'enforced enforced enforced',
      'rfc5280-server': 'enforced enforced enforced',
      'rfc5280-client': 'enforced enforced enforced',
      apple: 'enforced enforced enforced',
      'google-factory': 'ignored not_before_only ignored',
      'google-rkp': 'ignored enforced ignored',
      'google-software': 'ignored not_before_only ignored',
    });
  });

  it('let only the software profile verify RSA under 2048 bits', () => {
    const small = PROFILES.filter(({ keys }) =>
      keys.issuers.some((rule) => rule.kind === 'rsa' && rule.minBits < 2048),
    );
    assert.deepEqual(small, [GOOGLE_SOFTWARE]);
  });
});
