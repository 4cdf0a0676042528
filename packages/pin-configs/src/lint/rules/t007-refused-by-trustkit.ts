import type { Rule } from '../rule.ts';
import { trustKitsOf } from './support/apple.ts';
import { KEY_1, KEY_2, trustKit } from './support/examples.ts';

/** What rules about pins and names tell already. */
const ELSEWHERE: ReadonlySet<string> = new Set(['hash', 'too_few_hashes', 'public_suffix']);

const EXCLUDED = '<key>TSKExcludeSubdomainFromParentPolicy</key>\n<true/>';

/** T007: TrustKit throws at start. */
export const rule: Rule = {
  id: 'T007',
  name: 'refused-by-trustkit',
  severity: 'error',
  summary: 'TrustKit for iOS refuses its configuration.',
  why: 'TrustKit answers with an exception when it is started (parse_configuration.m): a domain that ends in no public suffix, such as an address or localhost; no domain or no hash at all; a domain that is excluded from its parent and has other keys, or no parent.',
  attacker: 'nothing',
  lockout: 'everybody: the app ends at its start',
  fix: 'Repair what the message names.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [trustKit([KEY_1, KEY_2], '', 'localhost'), trustKit([KEY_1, KEY_2], EXCLUDED), trustKit([])],
  passes: [trustKit([KEY_1, KEY_2])],
  *check(project) {
    for (const { config, weight } of trustKitsOf(project)) {
      const bare = config.domains.filter(({ hashes }) => hashes.length === 0).map(({ place }) => place);
      for (const { code, message, place } of config.problems) {
        if (ELSEWHERE.has(code) && !(code === 'too_few_hashes' && bare.includes(place))) continue;
        yield { message: `expected what TrustKit accepts, found: ${message}; it throws at start`, place, ...weight };
      }
    }
  },
};
