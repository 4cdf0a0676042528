import type { Rule } from '../rule.ts';
import { KEY_1, KEY_2, KEY_3, nscPins } from './support/examples.ts';
import { exampleLive, livePoliciesOf } from './support/live.ts';

/** P020: one pin holds the connection up. */
export const rule: Rule = {
  id: 'P020',
  name: 'one-live-match',
  severity: 'info',
  summary: 'Exactly one pin of a host is in the chain that it serves now.',
  why: 'It tells where a rotation stands: when that key goes, the backup must be served, since nothing else of the chain is pinned.',
  attacker: 'nothing',
  lockout: 'everybody, when the key goes before the backup is in use',
  fix: 'Know where the key of the backup pin is, and try it out.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  live: true,
  liveExample: exampleLive({ pin: KEY_1 }, KEY_2),
  fires: [nscPins([KEY_1, KEY_3])],
  passes: [nscPins([KEY_1, KEY_2])],
  *check(project) {
    for (const { host, name, keys, matched } of livePoliciesOf(project)) {
      const [only] = matched;
      if (only === undefined || matched.length > 1 || keys.length === 1) continue;
      const message = `of ${keys.length} pins only that of the ${only.role} is in the chain of ${name}`;
      yield { message, place: host.host.place, host: host.host.text };
    }
  },
};
