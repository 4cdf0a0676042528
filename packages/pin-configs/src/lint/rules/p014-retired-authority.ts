import { knownAuthority } from '../../known/authorities.ts';
import type { Rule } from '../rule.ts';
import { atsCaPins, KEY_1, LETS_ENCRYPT_X3, nscPins, okHttp } from './support/examples.ts';
import { hasEnded } from './support/expiry.ts';
import { keysOf } from './support/pins.ts';
import { policiesOf } from './support/policies.ts';
import { weight } from './support/weight.ts';

const DST_ROOT_X3 = 'Vjs8r4z+80wjNcr1YKepWQboSIRi63WsWXhIMN+eWys=';

/** P014: nothing can match any more. */
export const rule: Rule = {
  id: 'P014',
  name: 'retired-authority',
  severity: 'error',
  summary: 'Every usable pin of a host is of an authority that no longer exists.',
  why: 'Certificates of these authorities have expired and none are issued any more, so that no chain has their keys in it.',
  attacker: 'nothing',
  lockout: 'everybody who asks for such a host',
  fix: 'Pin keys that the host serves today, and a backup key.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([LETS_ENCRYPT_X3, DST_ROOT_X3]),
    atsCaPins([LETS_ENCRYPT_X3, DST_ROOT_X3]),
    okHttp({ 'example.com': [`sha256/${LETS_ENCRYPT_X3}`, `sha256/${DST_ROOT_X3}`] }),
  ],
  passes: [
    nscPins([LETS_ENCRYPT_X3, KEY_1]),
    atsCaPins([DST_ROOT_X3, KEY_1]),
    okHttp({ '**.example.com': [`sha256/${KEY_1}`], 'api.example.com': [`sha256/${LETS_ENCRYPT_X3}`] }),
  ],
  *check(project) {
    for (const { host } of policiesOf(project)) {
      const known = keysOf(host).map(knownAuthority);
      if (known.length === 0 || known.some((authority) => authority?.status !== 'retired')) continue;
      const names = known.map((authority) => `${authority?.name} (until ${authority?.notAfter})`).join(', ');
      yield {
        message: `expected a key that can still be served, found only ${names}`,
        place: host.host.place,
        host: host.host.text,
        // Pins that have ended lock nobody out; moving their end would.
        ...weight(host.release, hasEnded(host, project.now) ? 'warning' : undefined),
      };
    }
  },
};
