import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import {
  HUAWEI_ANCHORS,
  loadHuaweiAnchors,
  refuseHarmonyKey,
  SYS_INTEGRITY_CHECKS,
  verifySysIntegrity,
} from '../../src/index.ts';
import { ANCHORS, mintSysIntegrity, NOW, PACKAGE } from '../support/mint-huawei.ts';

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof ConfigError && error.code === code;
}

describe('verifySysIntegrity', () => {
  for (const flavour of ['hms', 'harmony'] as const) {
    it(`proves what the service says: ${flavour}`, () => {
      const { input, context } = mintSysIntegrity({ flavour });
      const appraisal = verifySysIntegrity(input, context);
      assert.ok(appraisal.outcome === 'verified', JSON.stringify(appraisal.checks));
      assert.deepEqual(appraisal.proven, {
        package: PACKAGE,
        timestamp: NOW,
        basicIntegrity: true,
        detail: [],
        anchorId: `test-${flavour}`,
      });
    });
  }

  it('refuses a configuration that would compare nothing', () => {
    const { input, context } = mintSysIntegrity();
    const run = (changes: Partial<typeof input>, anchors = context.trust.anchors) =>
      verifySysIntegrity({ ...input, ...changes }, { ...context, trust: { anchors } });
    assert.throws(() => run({ apps: [] }), hasCode('huawei.apps_empty'));
    assert.throws(() => run({ apps: [{ package: PACKAGE, digests: [] }] }), hasCode('huawei.apps_empty'));
    assert.throws(
      () => run({ apps: [{ package: PACKAGE, digests: ['AB:CD'] }] }),
      hasCode('huawei.signer_digest_malformed'),
    );
    assert.throws(() => run({ nonce: new Uint8Array() }), hasCode('huawei.nonce_empty'));
    assert.throws(() => run({}, []), hasCode('x509.anchors_empty'));
    assert.throws(() => run({}, ANCHORS.slice(1)), hasCode('x509.anchors_empty'));
  });

  it('gives every check an id, a clause and codes of its own', () => {
    const ids = SYS_INTEGRITY_CHECKS.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { id, clause, codes } of SYS_INTEGRITY_CHECKS) {
      assert.match(id, /^huawei\.[a-z_]+$/);
      assert.ok(clause.length > 0 && codes.length > 0, id);
    }
  });
});

describe('the roots of Huawei', () => {
  it('are genuine, one for each service', () => {
    const anchors = loadHuaweiAnchors();
    assert.deepEqual(
      anchors.map(({ kind }) => kind),
      ['hms', 'harmony'],
    );
    for (const { source, date } of HUAWEI_ANCHORS) assert.match(`${date} ${source}`, /^\d{4}-\d\d-\d\d .+/);
  });

  it('take no result of a test root', () => {
    const { input, context } = mintSysIntegrity();
    const { outcome } = verifySysIntegrity(input, { ...context, trust: { anchors: loadHuaweiAnchors() } });
    assert.equal(outcome, 'rejected');
  });
});

describe('refuseHarmonyKey', () => {
  it('refuses, with a code of its own', () => {
    const appraisal = refuseHarmonyKey();
    assert.ok(appraisal.outcome === 'rejected');
    assert.equal(appraisal.error.code, 'huawei.key_attestation_unverifiable');
    assert.equal(appraisal.error.family, 'evidence');
  });
});
