import { getDomain } from 'tldts';
import type { Spelled } from '../../pinned-host.ts';
import type { Rule } from '../rule.ts';
import { type App, appsOf, pinnedBy } from './support/apps.ts';
import { domainConfig, KEY_1, KEY_2, nsc, nscPins, pinSet } from './support/examples.ts';
import { code } from './support/fact-rule.ts';
import { covers, nameOf } from './support/unions.ts';

const EXACT = nsc(domainConfig('<domain>api.example.com</domain>', pinSet([KEY_1, KEY_2])));
const address = (host: string) =>
  code('app/src/main/java/com/example/Api.kt', `const val BASE = "https://${host}/v1/"`);

/** X003: a host of the app's own that its pins leave out. */
export const rule: Rule = {
  id: 'X003',
  name: 'unpinned-host',
  severity: 'warning',
  summary: 'Code names a host of a domain of which other hosts are pinned, and it has no pins.',
  why: 'Hosts are added over time, and pins are not. Requests to the new one pass by the trust store alone.',
  attacker: 'intercepts what goes to that host with any certificate that the device trusts',
  lockout: 'nobody',
  fix: 'Pin the host, or say by a suppression that it is meant to go without.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [[...EXACT, ...address('upload.example.com')]],
  passes: [
    EXACT,
    [...EXACT, ...address('api.example.com')],
    [...EXACT, ...address('www.example.com')],
    [...EXACT, ...address('cdn.example.org')],
    [...nscPins([KEY_1, KEY_2]), ...address('upload.example.com')],
  ],
  *check(project) {
    for (const app of appsOf(project)) {
      const partly = app.flatMap((document) => (document.kind === 'code' ? (document.partly ?? []) : []));
      const entries = [...pinnedBy(app).map(({ host }) => host), ...partly];
      const domains = new Set(entries.map((entry) => getDomain(nameOf(entry))));
      for (const { text: host, place } of serversOf(app)) {
        const isOwn = !host.startsWith('www.') && domains.has(getDomain(host));
        if (!isOwn || entries.some((entry) => covers(entry, host))) continue;
        yield { message: `expected pins of ${host} beside those of its domain, found none`, place, host };
      }
    }
  },
};

/** Hosts that code names: each once. Web sites are opened in a browser, which has no pins. */
function serversOf(app: App): Iterable<Spelled> {
  const found = new Map<string, Spelled>();
  for (const document of app) {
    const place = { file: document.file, line: 0, column: 0 };
    const servers = document.kind === 'code' ? document.servers : [];
    const named = document.kind === 'binary' ? document.hosts.map((text) => ({ text, place })) : servers;
    for (const server of named) found.set(server.text, found.get(server.text) ?? server);
  }
  return found.values();
}
