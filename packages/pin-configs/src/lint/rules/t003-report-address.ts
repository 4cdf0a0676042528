import type { Spelled } from '../../pinned-host.ts';
import type { Project } from '../../project.ts';
import type { Report, Rule } from '../rule.ts';
import { trustKitsOf } from './support/apple.ts';
import { KEY_1, KEY_2, trustKit } from './support/examples.ts';
import { coveredBy } from './support/unions.ts';
import { ships, weight } from './support/weight.ts';

const uris = (uri: string): string => `<key>TSKReportUris</key>\n<array>\n<string>${uri}</string>\n</array>`;

/** T003: reports that an attacker reads, or that never arrive. */
export const rule: Rule = {
  id: 'T003',
  name: 'report-address',
  severity: 'warning',
  summary: 'Reports of failed pins go over HTTP, or to a host that is pinned itself.',
  why: 'A report is sent while somebody may be in between. Over HTTP they read and drop it; to a host with the same pins the report meets the same fault.',
  attacker: 'reads or drops the reports about themselves',
  lockout: 'nobody',
  fix: 'Name an https: address on a host without these pins.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    trustKit([KEY_1, KEY_2], uris('http://reports.example.org/pins')),
    trustKit([KEY_1, KEY_2], uris('https://example.com/pins')),
  ],
  passes: [trustKit([KEY_1, KEY_2], uris('https://reports.example.org/pins'))],
  *check(project) {
    for (const { uri, isPinned, inRelease } of addressesOf(project))
      for (const report of faultOf(uri, isPinned)) yield { ...report, ...weight(inRelease) };
  },
};

interface Address {
  readonly uri: Spelled;
  readonly isPinned: (host: string) => boolean;
  readonly inRelease: boolean;
}

function* addressesOf(project: Project): Iterable<Address> {
  for (const { config, document } of trustKitsOf(project)) {
    const isPinned = coveredBy(document.pinned);
    for (const uri of config.domains.flatMap(({ reportUris }) => reportUris))
      yield { uri, isPinned, inRelease: ships(document) };
  }
  for (const document of project.documents) {
    if (document.kind !== 'nsc') continue;
    const uris = document.config.domains.flatMap(({ trustKit: own }) => own?.reportUris ?? []);
    const isPinned = coveredBy(document.pinned);
    for (const uri of uris) yield { uri, isPinned, inRelease: ships(document) };
  }
}

function* faultOf({ text, place }: Spelled, isPinned: Address['isPinned']): Iterable<Report> {
  const [, scheme = '', host = ''] = /^([a-z]+):\/\/([^/:?#]+)/i.exec(text.trim()) ?? [];
  if (scheme.toLowerCase() === 'http') yield { message: 'expected an https: address for reports, found http:', place };
  const name = host.toLowerCase();
  if (!isPinned(name)) return;
  yield { message: `expected a host without these pins for reports, found ${name}`, place, host: name };
}
