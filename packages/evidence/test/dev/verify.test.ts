import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { grantNamedBy } from '../../src/index.ts';
import { GRANT, granting, mintDev, NOW } from '../support/mint-dev.ts';

describe('verifyDevEvidence', () => {
  it('shows platform `dev` and a key that nothing protects', () => {
    const result = granting()();
    assert.equal(result.outcome, 'verified');
    assert.deepEqual(result.proven, { grant: GRANT.id, madeAt: NOW });
    assert.deepEqual(result.facts.platform, { known: 'proven', value: 'dev', by: 'dev' });
    assert.deepEqual(result.facts.key.protection, { known: 'claimed', value: 'software', by: 'dev' });
    assert.deepEqual(result.facts.evidence, ['dev']);
    assert.equal(result.facts.app.id.known, 'absent');
  });

  it('tells the grant before anything is verified', () => {
    assert.equal(grantNamedBy(mintDev()), GRANT.id);
    assert.throws(() => grantNamedBy('e30.e30.'), { code: 'evidence.member_unexpected' });
    assert.throws(() => grantNamedBy('x'), { code: 'evidence.form_unsupported' });
  });

  it('refuses every change of one character, and any text', () => {
    const valid = mintDev();
    const verify = (token: string) => granting({}, { token })().outcome;
    const runs = { numRuns: 300, seed: 20261121 };
    fc.assert(
      fc.property(fc.nat(valid.length - 1), fc.integer({ min: 33, max: 126 }), (at, code) => {
        const token = valid.slice(0, at) + String.fromCharCode(code) + valid.slice(at + 1);
        assert.equal(verify(token), token === valid ? 'verified' : 'rejected');
      }),
      runs,
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => assert.equal(verify(text), 'rejected')),
      runs,
    );
  });
});
