import type { Rule } from '../rule.ts';

/** S001: a file is not in its form. */
export const rule: Rule = {
  id: 'S001',
  name: 'unreadable-file',
  severity: 'warning',
  summary: 'A configuration cannot be read.',
  why: 'What cannot be read cannot be checked. Where the platform reads it at run time, it fails there too.',
  attacker: 'nothing by itself; pins that were meant to be in it are not in force',
  lockout: 'everybody, when the platform reads the file: the app crashes or no connection works',
  fix: 'Repair the place that is named.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [[{ path: 'res/xml/network_security_config.xml', text: '<network-security-config>\n  <base-config>\n' }]],
  passes: [[{ path: 'res/xml/network_security_config.xml', text: '<network-security-config/>\n' }]],
  *check({ documents }) {
    for (const document of documents) {
      if (document.kind !== 'unreadable') continue;
      const { message, place, crashes } = document;
      yield { message, place, ...(crashes ? { severity: 'error' } : {}) };
    }
  },
};
