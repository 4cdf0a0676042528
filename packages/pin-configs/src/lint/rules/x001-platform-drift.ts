import { FORMAT_TRAITS } from '../../formats.ts';
import type { Report, Rule } from '../rule.ts';
import { type App, appsOf, groupsOf, pinnedBy } from './support/apps.ts';
import {
  ats,
  atsDomain,
  domainConfig,
  ISRG_ROOT_X1,
  ISRG_ROOT_X2,
  KEY_1,
  KEY_2,
  KEY_3,
  nsc,
  nscPins,
  okHttp,
  pinnedDomains,
  pinSet,
  trustKit,
} from './support/examples.ts';
import { keysOf } from './support/pins.ts';
import type { SeenHost } from './support/seen.ts';
import { coveredBy, nameOf } from './support/unions.ts';

const ios = (...pins: readonly string[]) => ats(pinnedDomains(atsDomain('example.com', { ca: pins })));
const SECOND = domainConfig('<domain>pay.example.com</domain>', pinSet([KEY_1, KEY_2]));
const FIRST = domainConfig('<domain>example.com</domain>', pinSet([KEY_1, KEY_2]));

/** X001: one host, several files, different pins. */
export const rule: Rule = {
  id: 'X001',
  name: 'platform-drift',
  severity: 'error',
  summary: 'Files that pin the same host for different platforms or stacks name different pins or hosts.',
  why: 'The server rotates for all of them at once. The platform whose list lacks the new key stops working, or was never protected for the host.',
  attacker: 'nothing by different pins; on the platform that leaves a host out, any certificate that the device trusts',
  lockout: 'users of the platform that lacks a pin, when the server moves to that key',
  fix: 'Write all files from one statement of hosts and pins.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    [...nscPins([KEY_1, KEY_2]), ...ios(KEY_1, KEY_2, KEY_3)],
    [...nscPins([ISRG_ROOT_X1, ISRG_ROOT_X2]), ...okHttp({ 'example.com': [`sha256/${ISRG_ROOT_X1}`] })],
    [...nsc(FIRST + SECOND), ...ios(KEY_1, KEY_2)],
  ],
  passes: [
    [...nscPins([KEY_1, KEY_2]), ...trustKit([])],
    [...nscPins([KEY_1, KEY_2]), ...ios(KEY_2, KEY_1)],
    [...nscPins([KEY_1.replace('J7', 'J7\n      '), KEY_2]), ...ios(KEY_2, KEY_1)],
    [...nscPins([KEY_1, KEY_2]), ...okHttp({ 'other.example.org': [`sha256/${KEY_1}`, `sha256/${KEY_3}`] })],
    [
      ...nscPins([KEY_1, KEY_2]),
      ...nsc(domainConfig('<domain>example.com</domain>', pinSet([KEY_3, KEY_2])), 'src/debug/res/xml/net.xml'),
    ],
  ],
  *check(project) {
    for (const app of appsOf(project)) {
      const lists = listsOf(app);
      for (const same of groupsOf(lists, ({ name }) => name)) yield* differentPins(same);
      yield* missingHosts(lists);
    }
  },
};

/** All pins that one document states for one host in one format. */
interface List {
  readonly name: string;
  readonly seen: SeenHost;
  readonly keys: ReadonlySet<string>;
}

function listsOf(app: App): readonly List[] {
  const grouped = groupsOf(pinnedBy(app), ({ document, host }) => `${document.file}\n${host.format}\n${nameOf(host)}`);
  return grouped.flatMap((group) => {
    const [seen] = group;
    if (seen === undefined) return [];
    return [{ name: nameOf(seen.host), seen, keys: new Set(group.flatMap(({ host }) => keysOf(host))) }];
  });
}

/** Files of one format are variants of each other: another rule compares them. */
function* differentPins(lists: readonly List[]): Iterable<Report> {
  for (const { name, seen, keys } of lists) {
    // That nothing in a list can be used is told of the list itself: A003, N010, P008, T007.
    if (keys.size === 0) continue;
    const others = lists.filter((other) => other.seen.host.format !== seen.host.format);
    const fuller = others.find((other) => ![...other.keys].every((key) => keys.has(key)));
    if (fuller === undefined) continue;
    const missing = [...fuller.keys].filter((key) => !keys.has(key));
    const wanted = `every pin that ${titleOf(fuller.seen)} has for ${name}`;
    const message = `expected ${wanted}, found ${keys.size} without ${missing.map((key) => `${key.slice(0, 8)}…`).join(', ')}`;
    yield { message, place: seen.host.host.place, host: name };
  }
}

const titleOf = ({ document, host }: SeenHost): string => `${document.file} (${FORMAT_TRAITS[host.format].title})`;

/** Hosts of one platform that the other leaves out, where both pin one host at least: they are one app then. */
function* missingHosts(lists: readonly List[]): Iterable<Report> {
  const platform = ({ seen }: List): string => FORMAT_TRAITS[seen.host.format].platform;
  for (const [here, there] of [
    ['android', 'ios'],
    ['ios', 'android'],
  ] as const) {
    const own = lists.filter((list) => platform(list) === here);
    const theirs = new Set(lists.filter((list) => platform(list) === there).map(({ name }) => name));
    if (!own.some(({ name }) => theirs.has(name))) continue;
    const others = lists.filter((list) => platform(list) !== here).map((other) => other.seen.host);
    const isCovered = coveredBy(others);
    for (const { name, seen } of own) {
      if (isCovered(name)) continue;
      const message = `expected pins of ${name} on ${there} too, found them on ${here} alone`;
      yield { message, place: seen.host.host.place, host: name, severity: 'warning' };
    }
  }
}
