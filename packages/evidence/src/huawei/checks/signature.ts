import type { CheckStep } from '@assay/core';
import { utf8 } from '@assay/formats';
import { type Certificate, publicKeyOf } from '@assay/x509';
import { fits } from '../algorithms.ts';
import { CLAUSE } from '../clauses.ts';
import { refused } from '../reasons.ts';
import type { SysIntegrityState } from '../state.ts';

/** Stops results that only carry a genuine certificate. The key decides which algorithms it may be used for. */
export const signature: CheckStep<SysIntegrityState> = {
  id: 'huawei.signature',
  clause: CLAUSE.signature,
  proves: 'the service signed the result',
  codes: ['huawei.signer_key_refused', 'huawei.signature_invalid', 'x509.key_unsupported'],
  run({
    certificates: {
      value: [leaf],
    },
    jws,
  }) {
    const { algorithm, signingInput, signature } = jws.value;
    assertUsage(leaf);
    const key = publicKeyOf(leaf);
    if (!fits(key, algorithm)) {
      throw refused('huawei.signer_key_refused', {
        clause: CLAUSE.signature,
        expected: algorithm.curve ?? algorithm.key,
        found: key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType,
      });
    }
    if (!algorithm.verify(utf8(signingInput), key, signature)) {
      throw refused('huawei.signature_invalid', { clause: CLAUSE.signature });
    }
    return algorithm.name;
  },
};

/** RFC 5280 4.2.1.3: a key with a stated usage is for nothing else. Certificates are signed by another one. */
function assertUsage({ keyUsage }: Certificate): void {
  if (keyUsage === undefined || keyUsage.has('digitalSignature') || keyUsage.has('contentCommitment')) return;
  throw refused('huawei.signer_key_refused', {
    clause: 'RFC 5280 4.2.1.3',
    expected: 'digitalSignature or contentCommitment',
    found: [...keyUsage].join(', '),
  });
}
