import type { Rule } from '../rule.ts';
import { KEY_1, KEY_2, okHttp, pinList } from './support/examples.ts';
import { nameOf } from './support/unions.ts';
import { weight } from './support/weight.ts';

const PINS = [`sha256/${KEY_1}`, `sha256/${KEY_2}`];

/** H006: `*.` leaves out more than meets the eye. */
export const rule: Rule = {
  id: 'H006',
  name: 'single-star',
  severity: 'warning',
  summary: 'A pattern *.name stands without an entry for the name itself.',
  why: 'OkHttp reads *. as exactly one label more: neither example.com nor a.b.example.com is pinned by *.example.com.',
  attacker: 'on the hosts that are left out: any certificate that the device trusts passes',
  lockout: 'nobody',
  fix: 'Write **. for the name and everything below it, or add an entry for the name.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [okHttp({ '*.example.com': PINS }), pinList({ '*.example.com': PINS })],
  passes: [
    okHttp({ '**.example.com': PINS }),
    okHttp({ '*.example.com': PINS, 'example.com': PINS }),
    pinList({ 'example.com': PINS }),
  ],
  *check(project) {
    for (const document of project.documents) {
      const apexes = new Set(document.pinned.filter(({ apex }) => apex).map(nameOf));
      for (const host of document.pinned) {
        const name = nameOf(host);
        if (host.subdomains !== 'one' || host.apex || apexes.has(name)) continue;
        yield {
          message: `expected pins for ${name} too, found only those one label below it`,
          place: host.host.place,
          host: host.host.text,
          ...weight(host.release),
        };
      }
    }
  },
};
