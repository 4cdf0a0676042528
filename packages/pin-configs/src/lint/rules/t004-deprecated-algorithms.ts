import type { Rule } from '../rule.ts';
import { trustKitDomainsOf } from './support/apple.ts';
import { KEY_1, KEY_2, trustKit } from './support/examples.ts';

const ALGORITHMS = '<key>TSKPublicKeyAlgorithms</key>\n<array>\n<string>TSKAlgorithmRsa2048</string>\n</array>';

/** T004: a key that TrustKit no longer reads. */
export const rule: Rule = {
  id: 'T004',
  name: 'deprecated-algorithms',
  severity: 'info',
  summary: 'TrustKit is given TSKPublicKeyAlgorithms.',
  why: 'Deprecated since TrustKit 1.6.0: the algorithm is read from the certificate.',
  attacker: 'nothing',
  lockout: 'users of versions of TrustKit that still read it, when the server takes a key of another kind',
  fix: 'Remove the key.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [trustKit([KEY_1, KEY_2], ALGORITHMS)],
  passes: [trustKit([KEY_1, KEY_2])],
  *check(project) {
    for (const { algorithms, host } of trustKitDomainsOf(project)) {
      if (algorithms === undefined) continue;
      const message = 'expected no TSKPublicKeyAlgorithms, found it: it has no effect since TrustKit 1.6.0';
      yield { message, place: algorithms, host: host.text };
    }
  },
};
