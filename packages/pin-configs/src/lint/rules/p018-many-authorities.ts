import { knownAuthority } from '../../known/authorities.ts';
import type { Rule } from '../rule.ts';
import { ISRG_ROOT_X1, nscPins, okHttp } from './support/examples.ts';
import { keysOf } from './support/pins.ts';
import { policiesOf } from './support/policies.ts';
import { weight } from './support/weight.ts';

/** Owners of authorities beyond which pinning hardly narrows anything. */
const MOST_OWNERS = 3;

const AMAZON_ROOT_1 = '++MBgDH5WGvL9Bcn5Be30cRcL0f5O+NyoXuWtQdX1aI=';
const DIGICERT_G2 = 'i7WTqTvh0OioIruIfFR4kMPnBqrS2rdiVPl/s2uC/CY=';
const GTS_R4 = 'mEflZT5enoR1FuXLgYYGqnVEoZvmf9c2bVBpiOjYQ0c=';

/** P018: too many authorities. */
export const rule: Rule = {
  id: 'P018',
  name: 'many-authorities',
  severity: 'info',
  summary: `The pins of a host cover authorities of more than ${MOST_OWNERS} owners.`,
  why: 'A few owners issue nearly all certificates. Pins that cover most of them keep out little more than the device itself does, and cost the same care.',
  attacker: 'a certificate of any of these authorities is enough',
  lockout: 'nobody by the number of pins',
  fix: 'Keep the authorities that the host really uses or may fall back to.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([ISRG_ROOT_X1, AMAZON_ROOT_1, DIGICERT_G2, GTS_R4]),
    okHttp({ 'example.com': [ISRG_ROOT_X1, AMAZON_ROOT_1, DIGICERT_G2, GTS_R4].map((pin) => `sha256/${pin}`) }),
  ],
  passes: [nscPins([ISRG_ROOT_X1, AMAZON_ROOT_1, DIGICERT_G2])],
  *check(project) {
    for (const { host } of policiesOf(project)) {
      const owners = new Set(keysOf(host).flatMap((key) => knownAuthority(key)?.owner ?? []));
      if (owners.size <= MOST_OWNERS) continue;
      yield {
        message: `expected authorities of ${MOST_OWNERS} owners or fewer, found ${owners.size}: ${[...owners].join(', ')}`,
        place: host.host.place,
        host: host.host.text,
        ...weight(host.release),
      };
    }
  },
};
