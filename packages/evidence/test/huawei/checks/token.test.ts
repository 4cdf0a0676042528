import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { token } from '../../../src/huawei/checks/token.ts';
import { testFaults } from '../../support/check-faults.ts';
import { mintResult } from '../../support/mint-huawei.ts';
import { checking, harmony } from '../../support/run-huawei.ts';

const malformed = 'huawei.token_malformed';
const refused = 'huawei.algorithm_refused';
const sending = (jws: string) => checking({}, { jws });

describe('token', () => {
  testFaults(token, [
    { name: 'nothing', code: malformed, run: sending('') },
    { name: 'two parts', code: malformed, run: sending('e30.e30') },
    { name: 'a fourth part', code: malformed, run: sending(`${mintResult()}.AA`) },
    { name: 'too large', code: malformed, run: sending('a'.repeat(16_385)) },
    { name: 'a padded signature', code: malformed, run: sending(`${mintResult()}=`) },
    { name: 'no certificates', code: malformed, run: checking({ x5c: () => [] }) },
    {
      name: 'a certificate in base64url',
      code: malformed,
      run: checking({ x5c: ([leaf = '', above = '']) => [`${leaf}-_`, above] }),
    },
    { name: 'certificates without end', code: malformed, run: checking({ x5c: ([leaf = '']) => Array(7).fill(leaf) }) },
    { name: 'a header that demands', code: malformed, run: checking({ header: { crit: ['b64'], b64: false } }) },
    { name: 'no algorithm', code: refused, run: checking({ alg: 'none' }) },
    { name: 'an algorithm with a secret', code: refused, run: checking({ alg: 'HS256' }) },
    { name: 'an algorithm of the other service', code: refused, run: checking({ alg: 'ES256', signedWith: 'RS256' }) },
    { name: 'a weaker hash', code: refused, run: checking({ alg: 'RS1' }) },
    { name: 'HarmonyOS without an algorithm', code: refused, run: harmony({ alg: 'none' }) },
  ]);

  it('passes over members of the header that no check reads', () => {
    assert.equal(checking({ header: { typ: 'JWT', kid: '1' } })().outcome, 'verified');
  });
});
