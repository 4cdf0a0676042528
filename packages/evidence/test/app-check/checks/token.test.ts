import { describe } from 'node:test';
import { token } from '../../../src/app-check/checks/token.ts';
import { testFaults } from '../../support/check-faults.ts';
import { CLAIMS, checking, mintAppCheck } from '../../support/mint-app-check.ts';

const code = 'app_check.token_malformed';
const without = (name: string) => Object.fromEntries(Object.entries(CLAIMS).filter(([each]) => each !== name));

describe('form of App Check tokens', () => {
  testFaults(token, [
    { name: 'nothing', code, run: checking({}, { token: '' }) },
    { name: 'two parts', code, run: checking({}, { token: 'e30.e30' }) },
    { name: 'four parts', code, run: () => checking({}, { token: `${mintAppCheck()}.AA` })() },
    { name: 'padding', code, run: () => checking({}, { token: `${mintAppCheck()}==` })() },
    { name: 'a large token', code, run: checking({}, { token: 'A'.repeat(20_000) }) },
    { name: 'a header that is no JSON', code, run: checking({ header: '{' }) },
    { name: 'claims that are a list', code, run: checking({ claims: '[]' }) },
    { name: 'a claim twice', code, run: checking({ claims: `{"iss":"a",${JSON.stringify(CLAIMS).slice(1)}` }) },
    { name: 'no expiry', code, run: checking({ claims: without('exp') }) },
    { name: 'no issue date', code, run: checking({ claims: without('iat') }) },
    { name: 'an audience as text', code, run: checking({ claims: { ...CLAIMS, aud: CLAIMS.aud[0] } }) },
    { name: 'no audience', code, run: checking({ claims: { ...CLAIMS, aud: [] } }) },
    { name: 'a time with a fraction', code, run: checking({ claims: { ...CLAIMS, exp: CLAIMS.exp + 0.5 } }) },
    { name: 'a time as text', code, run: checking({ claims: { ...CLAIMS, exp: String(CLAIMS.exp) } }) },
  ]);
});
