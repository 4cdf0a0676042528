import { effectiveScope } from '../../android/effective.ts';
import type { AtsConfig } from '../../apple/ats.ts';
import { comparable, isBeneath } from '../../match/names.ts';
import type { PinnedHost } from '../../pinned-host.ts';
import type { Place } from '../../place.ts';
import type { Document } from '../../project.ts';
import type { Rule } from '../rule.ts';
import { ats, atsDomain, domainConfig, KEY_1, KEY_2, nsc, pinnedDomains, pinSet } from './support/examples.ts';
import { ANY_TARGET } from './support/nsc.ts';
import { weight } from './support/weight.ts';

const PINNED = domainConfig('<domain>example.com</domain>', pinSet([KEY_1, KEY_2]));
const exception = (value: string): string =>
  `<key>NSExceptionDomains</key>\n<dict>\n<key>example.com</key>\n<dict>\n<key>NSExceptionAllowsInsecureHTTPLoads</key>\n<${value}/>\n</dict>\n</dict>`;
const ATS_PINNED = pinnedDomains(atsDomain('example.com', { ca: [KEY_1, KEY_2] }));

/** N005: a pinned host may be reached without TLS. */
export const rule: Rule = {
  id: 'N005',
  name: 'cleartext-pinned',
  severity: 'error',
  summary: 'A host has pins, and may be reached without TLS.',
  why: 'Pins hold for TLS alone. A request by http to the same host goes out unpinned and unencrypted; a base-config that permits it is inherited.',
  attacker: 'reads and changes what goes to the pinned host over http',
  lockout: 'nobody',
  fix: 'Set cleartextTrafficPermitted="false" for the pinned host; remove its exception of App Transport Security.',
  masvs: 'MASVS-NETWORK-1',
  maswe: 'MASWE-0050',
  fires: [
    nsc(PINNED.replace('<domain-config>', '<domain-config cleartextTrafficPermitted="true">')),
    nsc(`  <base-config cleartextTrafficPermitted="true"/>\n${PINNED}`),
    ats(`${ATS_PINNED}\n${exception('true')}`),
  ],
  passes: [
    nsc(PINNED),
    nsc(
      `  <base-config cleartextTrafficPermitted="true"/>\n${PINNED.replace('<domain-config>', '<domain-config cleartextTrafficPermitted="false">')}`,
    ),
    ats(`${ATS_PINNED}\n${exception('false')}`),
  ],
  *check({ documents }) {
    for (const document of documents) {
      const seen = new Set<string>();
      for (const host of document.pinned) {
        const by = permittedBy(document, host);
        if (by === undefined || seen.has(host.host.text)) continue;
        seen.add(host.host.text);
        yield {
          message: `expected TLS alone for ${host.host.text.trim()}, found that line ${by.line} permits cleartext`,
          place: host.host.place,
          host: host.host.text,
          ...weight(host.release),
        };
      }
    }
  },
};

/** Only what the file says itself counts, no default of a target. */
function permittedBy(document: Document, { host, format }: PinnedHost): Place | undefined {
  const name = comparable(host.text.trim());
  if (document.kind === 'nsc') {
    const { value, place } = effectiveScope(document.config, name, 'release', ANY_TARGET).cleartextTrafficPermitted;
    return value ? place : undefined;
  }
  if (document.kind === 'plist' && format === 'ats') return exceptionFor(document.ats, name);
  if (document.kind !== 'harmony') return undefined;
  const { base, domains } = document.config;
  const scope = domains.find((each) => each.domains.some((domain) => domain.name === host));
  const decided = scope?.cleartextTrafficPermitted === undefined ? base : scope;
  return decided?.cleartextTrafficPermitted === true ? decided.place : undefined;
}

function exceptionFor(config: AtsConfig | undefined, name: string): Place | undefined {
  const exception = config?.exceptions.find(({ host, keys }) => {
    const domain = comparable(host.text);
    const reaches = name === domain || (keys.get('NSIncludesSubdomains')?.value === true && isBeneath(name, domain));
    return reaches && keys.get('NSExceptionAllowsInsecureHTTPLoads')?.value === true;
  });
  return exception?.place;
}
