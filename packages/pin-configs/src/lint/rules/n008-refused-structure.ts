import type { Rule } from '../rule.ts';
import { domainConfig, KEY_1, KEY_2, nsc, pinSet } from './support/examples.ts';
import { nscDocuments } from './support/nsc.ts';
import { ships, weight } from './support/weight.ts';

const DOMAIN = '<domain>example.com</domain>';
const PINS = pinSet([KEY_1, KEY_2]);

/** What pins and ends have rules of their own for. */
const ELSEWHERE: ReadonlySet<string> = new Set(['pin_value', 'pin_length', 'expiration']);

/** N008: the platform refuses the file. */
export const rule: Rule = {
  id: 'N008',
  name: 'refused-structure',
  severity: 'error',
  summary: 'The structure of a Network Security Configuration is one that Android refuses.',
  why: 'The parser throws when the app first needs the file, and the app ends (AOSP XmlConfigSource): the same domain twice, two pin-sets in one place, a domain-config without a domain, pins in base-config, a digest other than SHA-256.',
  attacker: 'nothing',
  lockout: 'everybody, at the first connection',
  fix: 'Repair what the message names.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nsc(`${domainConfig(DOMAIN)}\n${domainConfig(DOMAIN)}`),
    nsc(domainConfig(DOMAIN, PINS + PINS)),
    nsc('  <domain-config/>'),
    nsc(domainConfig(DOMAIN, PINS).replaceAll('domain-config', 'base-config')),
    nsc(domainConfig(DOMAIN, PINS.replaceAll('SHA-256', 'SHA-1'))),
  ],
  passes: [nsc(domainConfig(DOMAIN, PINS)), nsc('')],
  *check(project) {
    for (const document of nscDocuments(project)) {
      for (const { code, effect, build, message, place } of document.config.problems) {
        if (effect !== 'crash' || ELSEWHERE.has(code)) continue;
        yield {
          message: `expected what the platform accepts, found that ${message}: the app crashes`,
          place,
          ...weight(ships(document) && build === undefined),
        };
      }
    }
  },
};
