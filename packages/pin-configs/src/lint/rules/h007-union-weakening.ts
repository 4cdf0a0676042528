import type { Rule } from '../rule.ts';
import { ats, atsDomain, KEY_1, KEY_2, KEY_3, okHttp, pinnedDomains } from './support/examples.ts';
import { keysOf } from './support/pins.ts';
import { statedPoliciesOf } from './support/policies.ts';
import { broaderIn } from './support/unions.ts';
import { weight } from './support/weight.ts';

const SUBDOMAINS = '<key>NSIncludesSubdomains</key>\n<true/>\n';
const parent = (pins: readonly string[]): string => atsDomain('example.com', { ca: pins, more: SUBDOMAINS });
const child = atsDomain('api.example.com', { ca: [KEY_1, KEY_2] });

/** H007: a broad entry adds its pins to a narrow one. */
export const rule: Rule = {
  id: 'H007',
  name: 'union-weakening',
  severity: 'warning',
  summary: 'A broad entry adds pins to those of a host that has an entry of its own.',
  why: 'OkHttp and App Transport Security unite the pins of all entries that cover a host: one match of any of them is enough. The narrow entry does not replace the broad one.',
  attacker: 'a certificate for the host with a key that only the broad entry pins passes',
  lockout: 'nobody',
  fix: 'Narrow the broad entry to the hosts that need it, or accept its pins for all.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    okHttp({
      '**.example.com': [`sha256/${KEY_2}`, `sha256/${KEY_3}`],
      'api.example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`],
    }),
    ats(pinnedDomains(parent([KEY_2, KEY_3]), child)),
  ],
  passes: [
    okHttp({
      '**.example.com': [`sha256/${KEY_2}`],
      'api.example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`],
    }),
    ats(pinnedDomains(parent([KEY_1, KEY_2]), child)),
  ],
  *check(project) {
    const all = [...statedPoliciesOf(project)];
    const broaderThan = broaderIn(all);
    for (const seen of all) {
      const { host } = seen;
      const own = new Set(keysOf(host));
      const broad = broaderThan(seen).find((other) => keysOf(other.host).some((key) => !own.has(key)));
      if (broad === undefined) continue;
      yield {
        message: `expected the pins of ${host.host.text} alone, found that those of ${broad.host.host.text} count for it too`,
        place: host.host.place,
        host: host.host.text,
        ...weight(host.release),
      };
    }
  },
};
