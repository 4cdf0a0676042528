import type { AtsIdentity, AtsPinnedDomain } from '../../apple/ats.ts';
import { comparable } from '../../match/names.ts';
import type { LiveCertificate } from '../../project.ts';
import type { Report, Rule } from '../rule.ts';
import { atsDomainsOf } from './support/apple.ts';
import { ats, atsDomain, KEY_1, KEY_2, KEY_3, pinnedDomains } from './support/examples.ts';

const certificate = (pin: string, role: LiveCertificate['role']): LiveCertificate => ({
  ...{ pin, role, certificateDigest: '', issuer: 'CN=Example' },
  ...{ notBefore: Date.UTC(2026, 0, 1), notAfter: Date.UTC(2027, 0, 1) },
});

/** A005: the leaf's pin among the CAs', or the reverse. */
export const rule: Rule = {
  id: 'A005',
  name: 'role-mismatch',
  severity: 'error',
  summary: 'A list of NSPinnedDomains names keys that the host serves, but in the other place of its path.',
  why: 'The leaf list is compared with the leaf alone, the CA list with everything above it. A pin in the wrong list matches nothing.',
  attacker: 'nothing',
  lockout: 'users on Apple devices, now',
  fix: 'Move the pin into the other list.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  live: true,
  fires: [
    ats(pinnedDomains(atsDomain('example.com', { leaf: [KEY_2, KEY_3] }))),
    ats(pinnedDomains(atsDomain('example.com', { ca: [KEY_1] }))),
  ],
  passes: [
    ats(pinnedDomains(atsDomain('example.com', { leaf: [KEY_1, KEY_3] }))),
    ats(pinnedDomains(atsDomain('example.com', { ca: [KEY_2, KEY_1] }))),
    ats(pinnedDomains(atsDomain('other.example.com', { ca: [KEY_1] }))),
  ],
  liveExample: new Map([['example.com', { path: [certificate(KEY_1, 'leaf'), certificate(KEY_2, 'root')] }]]),
  *check(project) {
    for (const { domain } of atsDomainsOf(project)) {
      const path = project.live?.get(comparable(domain.host.text))?.path ?? [];
      yield* misplaced(domain, path);
    }
  },
};

function* misplaced({ host, leaf, ca }: AtsPinnedDomain, path: readonly LiveCertificate[]): Iterable<Report> {
  const [first, ...above] = path;
  if (first === undefined) return;
  const lists = [
    { key: 'NSPinnedLeafIdentities', identities: leaf, right: [first], wrong: above },
    { key: 'NSPinnedCAIdentities', identities: ca, right: above, wrong: [first] },
  ];
  for (const { key, identities = [], right, wrong } of lists) {
    const stray = identities.find((identity) => names(wrong, identity));
    if (stray === undefined || identities.some((identity) => names(right, identity))) continue;
    const message = `expected in ${key} a key of that place in the path of ${host.text}, found one that is served in the other`;
    yield { message, place: stray.value.place, host: host.text };
  }
}

const names = (path: readonly LiveCertificate[], { value }: AtsIdentity): boolean =>
  path.some(({ pin }) => pin === value.text);
