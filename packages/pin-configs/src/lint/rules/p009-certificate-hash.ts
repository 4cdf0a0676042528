import type { Rule } from '../rule.ts';
import { atsCaPins, KEY_1, KEY_2, KEY_3, nscPins } from './support/examples.ts';
import { exampleLive, livePoliciesOf } from './support/live.ts';
import { weight } from './support/weight.ts';

/** The digest of the whole certificates that {@link exampleLive} serves. */
const CERTIFICATE = 'ds/SA1XI6jVeMpQFOEj2BcKNKmRuuC/+ozGz7A0g7Es=';

/** P009: a pin is the digest of a certificate. */
export const rule: Rule = {
  id: 'P009',
  name: 'certificate-hash',
  severity: 'warning',
  summary: 'A pin is the digest of a whole certificate that the host serves, not of its key.',
  why: 'These formats compare digests of keys. The digest of the certificate, which most tools print as its fingerprint, matches nothing.',
  attacker: 'nothing',
  lockout: 'everybody when no other pin matches',
  fix: 'Replace it by the digest of the SubjectPublicKeyInfo.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  live: true,
  liveExample: exampleLive({ pin: KEY_1 }, KEY_2),
  fires: [nscPins([KEY_1, CERTIFICATE]), atsCaPins([KEY_2, CERTIFICATE])],
  passes: [nscPins([KEY_1, KEY_3]), atsCaPins([KEY_2, KEY_3])],
  *check(project) {
    for (const { host, name, keys, path } of livePoliciesOf(project)) {
      const served = path.find(({ certificateDigest }) => keys.includes(certificateDigest));
      if (served === undefined) continue;
      const message = `expected the digest of a key, found the digest of the ${served.role} certificate of ${name}; its key's is ${served.pin}`;
      yield { message, place: host.host.place, host: host.host.text, ...weight(host.release) };
    }
  },
};
