import { describe } from 'node:test';
import { token } from '../../../src/play-integrity/checks/token.ts';
import { testFaults } from '../../support/check-faults.ts';
import { mintPlayToken } from '../../support/mint-play.ts';
import { opening, withHeader } from '../../support/run-play.ts';

const malformed = 'play.token_malformed';
const refused = 'play.encryption_refused';

describe('token', () => {
  testFaults(token, [
    { name: 'nothing', code: malformed, run: opening('') },
    {
      name: 'a JWS that was never encrypted',
      code: malformed,
      run: opening('eyJhbGciOiJFUzI1NiJ9.e30.AA'),
    },
    { name: 'a sixth part', code: malformed, run: opening(`${mintPlayToken()}.AA`) },
    { name: 'too large', code: malformed, run: opening('a'.repeat(16_385)) },
    { name: 'a padded part', code: malformed, run: opening(mintPlayToken().replace('.', '=.')) },
    { name: 'a wrapped key of another size', code: malformed, run: opening(withPart(1, 'AAAA')) },
    { name: 'an initialisation vector of another size', code: malformed, run: opening(withPart(2, 'AAAA')) },
    { name: 'a shortened tag', code: malformed, run: opening(withPart(4, 'AAAA')) },
    { name: 'a header that compresses', code: malformed, run: withHeader({ zip: 'DEF' }) },
    { name: 'a header that names a key', code: malformed, run: withHeader({ kid: '1' }) },
    { name: 'a header that demands', code: malformed, run: withHeader({ crit: ['exp'], exp: 1 }) },
    { name: 'another key wrapping', code: refused, run: withHeader({ alg: 'A128KW' }) },
    { name: 'no key wrapping', code: refused, run: withHeader({ alg: 'dir' }) },
    { name: 'a wrapping by RSA', code: refused, run: withHeader({ alg: 'RSA1_5' }) },
    { name: 'another content encryption', code: refused, run: withHeader({ enc: 'A256CBC-HS512' }) },
    { name: 'an algorithm that is no text', code: refused, run: withHeader({ alg: ['A256KW'] }) },
  ]);
});

function withPart(index: number, part: string): string {
  return mintPlayToken({ parts: (parts) => parts.with(index, part) });
}
