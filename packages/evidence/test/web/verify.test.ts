import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assuranceCeiling } from '../../src/index.ts';
import { HOST, NOW, solving } from '../support/solve-captcha.ts';

describe('verifyWebEvidence', () => {
  it('shows a solved captcha on a host, and a key that nothing protects', () => {
    const result = solving()();
    assert.equal(result.outcome, 'verified');
    assert.deepEqual(result.proven, { provider: 'turnstile', host: HOST, solvedAt: NOW - 5_000 });
    const { platform, app, key, runtime, evidence } = result.facts;
    assert.deepEqual(
      [platform, app.id, runtime.captcha],
      [
        { known: 'proven', value: 'web', by: 'web' },
        { known: 'proven', value: HOST, by: 'web' },
        { known: 'proven', value: true, by: 'web' },
      ],
    );
    assert.deepEqual(key.protection, { known: 'claimed', value: 'software', by: 'web' });
    assert.equal(assuranceCeiling(evidence), 'low');
  });

  it('without hosts is a fault of the configuration', () => {
    assert.throws(solving({}, { hosts: [] }), { code: 'web.hosts_empty', family: 'config' });
  });
});
