import { knownAuthority } from '../../known/authorities.ts';
import type { Rule } from '../rule.ts';
import { atsCaPins, ISRG_ROOT_X1, LETS_ENCRYPT_R12, LETS_ENCRYPT_R13, nscPins, okHttp } from './support/examples.ts';
import { keysOf } from './support/pins.ts';
import { policiesOf } from './support/policies.ts';
import { weight } from './support/weight.ts';

/** P017: only intermediates that change without notice. */
export const rule: Rule = {
  id: 'P017',
  name: 'rotating-intermediates',
  severity: 'warning',
  summary: 'Every usable pin of a host is an intermediate out of a pool that its owner changes at will.',
  why: "Let's Encrypt, Google and Amazon sign with any intermediate of a pool, change the pool without notice, and say that it must not be pinned. In 2026 apps broke when Amazon went from M01 to M04, and Let's Encrypt to its Y hierarchy.",
  attacker: 'nothing',
  lockout: 'everybody, at any renewal',
  fix: 'Pin the roots of the authority, or keys of your own, besides or instead.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([LETS_ENCRYPT_R12, LETS_ENCRYPT_R13]),
    atsCaPins([LETS_ENCRYPT_R12, LETS_ENCRYPT_R13]),
    okHttp({ 'example.com': [`sha256/${LETS_ENCRYPT_R12}`, `sha256/${LETS_ENCRYPT_R13}`] }),
  ],
  passes: [nscPins([LETS_ENCRYPT_R12, ISRG_ROOT_X1]), atsCaPins([LETS_ENCRYPT_R12, ISRG_ROOT_X1])],
  *check(project) {
    for (const { host } of policiesOf(project)) {
      const known = keysOf(host).map(knownAuthority);
      if (known.length === 0 || known.some((authority) => authority?.status !== 'rotating')) continue;
      const names = known.map((authority) => authority?.name).join(', ');
      yield {
        message: `expected a root or a key of your own, found only ${names}`,
        place: host.host.place,
        host: host.host.text,
        ...weight(host.release),
      };
    }
  },
};
