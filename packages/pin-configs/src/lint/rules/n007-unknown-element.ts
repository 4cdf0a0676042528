import type { NscProblem } from '../../android/nsc.ts';
import { NSC_GRAMMAR } from '../../android/nsc-grammar.ts';
import type { AtsConfig } from '../../apple/ats.ts';
import type { Spelled } from '../../pinned-host.ts';
import type { Document } from '../../project.ts';
import type { Report, Rule, Severity } from '../rule.ts';
import {
  ats,
  atsDomain,
  domainConfig,
  harmony,
  KEY_1,
  KEY_2,
  NO_USER_CAS,
  nsc,
  pinnedDomains,
  pinSet,
  trustKit,
} from './support/examples.ts';
import { nearest } from './support/nearest.ts';
import { ships, weight } from './support/weight.ts';

const DOMAIN = '<domain includeSubdomains="true">example.com</domain>';
const MISSPELT = domainConfig(DOMAIN, pinSet([KEY_1, KEY_2]).replaceAll('pin-set', 'pinset'));

/** N007: something that the platform passes over. */
export const rule: Rule = {
  id: 'N007',
  name: 'unknown-element',
  severity: 'warning',
  summary:
    'An element, attribute or key means nothing where it stands, and the platform passes over it without a word.',
  why: 'Parsers skip what they do not know. A misspelt <pinset> or includeSubdomain is no error; the pins are just not there.',
  attacker: 'where pins or subdomains were meant: any certificate that the device trusts passes',
  lockout: 'nobody',
  fix: 'Correct the spelling or the place, or remove it.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nsc(MISSPELT),
    nsc(domainConfig(DOMAIN.replace('includeSubdomains', 'includeSubdomain'), pinSet([KEY_1, KEY_2]))),
    nsc(domainConfig(DOMAIN.replace('"true"', '"yes"'), pinSet([KEY_1, KEY_2]))),
    ats(
      pinnedDomains(
        atsDomain('example.com', { ca: [KEY_1, KEY_2], more: '<key>NSIncludeSubdomains</key>\n<true/>\n' }),
      ),
    ),
    ats(
      pinnedDomains(
        atsDomain('example.com', {
          ca: [KEY_1, KEY_2],
          more: '<key>NSIncludesSubdomains</key>\n<string>YES</string>\n',
        }),
      ),
    ),
    trustKit([KEY_1, KEY_2], '<key>TSKIncludeSubdomain</key>\n<true/>'),
    trustKit([KEY_1, KEY_2], '<key>kTSKEnforcePinning</key>\n<true/>'),
    harmony({ 'domain-configs': [] }, NO_USER_CAS),
  ],
  passes: [
    nsc(domainConfig(DOMAIN, pinSet([KEY_1, KEY_2]))),
    ats(
      pinnedDomains(
        atsDomain('example.com', { ca: [KEY_1, KEY_2], more: '<key>NSIncludesSubdomains</key>\n<true/>\n' }),
      ),
    ),
    trustKit([KEY_1, KEY_2], '<key>TSKIncludeSubdomains</key>\n<true/>'),
    harmony({ 'domain-config': [] }, NO_USER_CAS),
  ],
  *check({ documents }) {
    for (const document of documents) {
      for (const { severity, ...report } of reportsOf(document))
        yield { ...report, ...weight(ships(document), severity) };
    }
  },
};

function reportsOf(document: Document): readonly Report[] {
  if (document.kind === 'nsc') {
    return document.config.problems.filter(({ effect }) => effect === 'ignored').map(nscReport);
  }
  if (document.kind === 'harmony') return document.config.unknownKeys.map((key) => keyReport(key, HARMONY_KEYS));
  return [
    ...(document.kind === 'plist' && document.ats !== undefined ? atsReports(document.ats) : []),
    ...('trustKit' in document ? (document.trustKit?.unknownKeys ?? []) : []).map(({ key, known }) =>
      keyReport(key, known, 'TrustKit'),
    ),
  ];
}

const ELEMENTS = Object.keys(NSC_GRAMMAR);

/** Attributes without which pins do not reach where they were meant to. */
const REACHING = ['includeSubdomains'];

function nscReport({ code, subject = '', build, message, place }: NscProblem): Report {
  const meant = nearest(subject, code === 'unknown_element' ? ELEMENTS : REACHING);
  const isMissed = subject !== '' && meant !== undefined;
  const severity: Severity = build === 'debug' ? 'info' : isMissed ? 'error' : 'warning';
  const hint = isMissed && meant !== subject ? `; ${meant} is what it knows` : '';
  return { message: `expected what the platform knows, found that ${message}${hint}`, place, severity };
}

const HARMONY_KEYS = ['network-security-config', 'domain-config', 'domains', 'pin-set', 'pin', 'digest', 'base-config'];

function keyReport({ text, place }: Spelled, known: readonly string[], reader = 'the platform'): Report {
  const meant = nearest(text, known);
  const hint = meant === undefined ? '' : `; ${meant} is what it knows`;
  const message = `expected a key that ${reader} knows, found ${text}, which it passes over${hint}`;
  return { message, place, severity: meant === undefined ? 'warning' : 'error' };
}

/** Apple's list of the keys right below NSAppTransportSecurity. */
const ATS_KEYS = [
  'NSAllowsArbitraryLoads',
  'NSAllowsArbitraryLoadsForMedia',
  'NSAllowsArbitraryLoadsInMedia',
  'NSAllowsArbitraryLoadsInWebContent',
  'NSAllowsLocalNetworking',
  'NSExceptionDomains',
  'NSPinnedDomains',
  'NSRequiresCertificateTransparency',
];

const DOMAIN_KEYS = ['NSIncludesSubdomains', 'NSPinnedCAIdentities', 'NSPinnedLeafIdentities'];

function atsReports({ flags, pinnedDomains: pinned }: AtsConfig): readonly Report[] {
  const strange = [...flags].filter(([key]) => !ATS_KEYS.includes(key));
  return [
    ...strange.map(([text, { place }]) => keyReport({ text, place }, ['NSPinnedDomains'])),
    ...pinned.flatMap(({ unknownKeys }) => unknownKeys.map((key) => keyReport(key, DOMAIN_KEYS))),
    ...pinned.flatMap(({ host, includesSubdomains }) =>
      includesSubdomains === undefined || typeof includesSubdomains.value === 'boolean'
        ? []
        : [
            {
              message: `expected a boolean, found another value: NSIncludesSubdomains of ${host.text} counts as not set`,
              place: includesSubdomains.place,
              severity: 'error' as const,
            },
          ],
    ),
  ];
}
