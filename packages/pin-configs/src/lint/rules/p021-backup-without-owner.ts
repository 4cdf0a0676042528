import type { Rule } from '../rule.ts';
import { KEY_1, KEY_2 } from './support/examples.ts';

const policy = (note: string) => [
  {
    path: 'assay.pins.yaml',
    text: `version: 1\nhosts:\n  - host: example.com\n    pins:\n      - spki: ${KEY_1}\n        role: leaf\n      - spki: ${KEY_2}\n        role: backup\n${note}`,
  },
];

/** P021: nobody knows where the backup key is. */
export const rule: Rule = {
  id: 'P021',
  name: 'backup-without-owner',
  severity: 'warning',
  summary: 'A backup pin of the policy has no note of where its key is.',
  why: 'A backup is worth as much as the hour in which somebody finds its key. Pins are noted years before they are needed.',
  attacker: 'nothing',
  lockout: 'everybody, when the first key is lost and nobody finds the second',
  fix: 'Write under `note` where the key lies, who holds it, and when it was last tried.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [policy('')],
  passes: [policy('        note: in the safe of the operations team, tried 2026-10\n')],
  *check({ documents }) {
    for (const document of documents) {
      if (document.kind !== 'policy') continue;
      const silent = document.policy.hosts.flatMap(({ pins }) =>
        pins.filter(({ role, note }) => role === 'backup' && (note ?? '').trim() === '').map(({ spki }) => spki),
      );
      for (const { host, pins } of document.pinned) {
        for (const { text, place } of pins.filter((pin) => silent.includes(pin.text))) {
          yield { message: `expected a note for the backup pin ${text}, found none`, place, host: host.text };
        }
      }
    }
  },
};
