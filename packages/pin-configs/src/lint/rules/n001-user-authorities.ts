import type { Document } from '../../project.ts';
import type { Report, Rule } from '../rule.ts';
import { harmony, NO_USER_CAS, nsc } from './support/examples.ts';
import { scopesOf, titleOf } from './support/nsc.ts';
import { ships, weight } from './support/weight.ts';

const trusting = (element: string): string =>
  `  <${element}>\n    <trust-anchors>\n      <certificates src="user"/>\n    </trust-anchors>\n  </${element}>`;

/** N001: authorities that users add are trusted. */
export const rule: Rule = {
  id: 'N001',
  name: 'user-authorities',
  severity: 'error',
  summary: 'Certificate authorities that the user of a device adds are trusted in release builds.',
  why: 'Android 7 stopped trusting them because they are how traffic is read: by a proxy, an employer, or somebody who talks the user into installing a profile. HarmonyOS trusts them unless both keys say no.',
  attacker: 'reads and changes all traffic that is not pinned, after the user installed one certificate',
  lockout: 'nobody',
  fix: 'Move `src="user"` into debug-overrides; on HarmonyOS set trust-global-user-ca and trust-current-user-ca to false.',
  masvs: 'MASVS-NETWORK-1',
  maswe: 'MASWE-0052',
  fires: [
    nsc(trusting('base-config')),
    nsc(trusting('domain-config').replace('<trust-', '<domain>example.com</domain>\n    <trust-')),
    harmony({ 'base-config': {} }),
    harmony({ 'base-config': {} }, { ...NO_USER_CAS, 'trust-current-user-ca': true }),
  ],
  passes: [nsc(trusting('debug-overrides')), harmony({ 'base-config': {} }, NO_USER_CAS)],
  *check({ documents }) {
    for (const document of documents) {
      for (const report of REPORTS[document.kind]?.(document) ?? []) yield { ...report, ...weight(ships(document)) };
    }
  },
};

const REPORTS: Partial<Record<Document['kind'], (document: Document) => readonly Report[]>> = {
  nsc: (document) => (document.kind === 'nsc' ? scopesOf(document.config).flatMap(inScope) : []),
  harmony: (document) => (document.kind === 'harmony' ? inHarmony(document.config) : []),
};

function inScope(scope: Parameters<typeof titleOf>[0]): readonly Report[] {
  const users = (scope.anchors ?? []).filter(({ src }) => src.text === 'user');
  return users.map(({ place }) => ({
    message: `expected no certificates of users in ${titleOf(scope)}, found src="user"`,
    place,
  }));
}

function inHarmony(config: Extract<Document, { kind: 'harmony' }>['config']): readonly Report[] {
  const { trustGlobalUserCa, trustCurrentUserCa, place } = config;
  const trusted = [
    ...(trustGlobalUserCa === false ? [] : ['trust-global-user-ca']),
    ...(trustCurrentUserCa === false ? [] : ['trust-current-user-ca']),
  ];
  return trusted.length === 0
    ? []
    : [{ message: `expected false for ${trusted.join(' and ')}, found true or nothing`, place }];
}
