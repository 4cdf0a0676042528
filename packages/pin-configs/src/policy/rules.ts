import { parse as parseDomain } from 'tldts';
import { type DataValue, entryOf, itemsOf, stringOf } from '../data/value.ts';
import { dayOf } from '../match/day.ts';
import { isBeneath } from '../match/names.ts';
import type { Spelled } from '../pinned-host.ts';
import type { PolicyFault } from './faults.ts';

/** What is known besides the file. Whatever is left out is not checked. */
export interface PolicyContext {
  /** Epoch milliseconds. */
  readonly now?: number;
  /** Pins of the validated path that a host serves now. */
  readonly served?: ReadonlyMap<string, readonly string[]>;
}

type Check = (host: DataValue, context: PolicyContext, policy: DataValue) => readonly PolicyFault[];

const name = (host: DataValue): Spelled => stringOf(host, 'host') ?? { text: '', place: host.place };

/** A member of the host, or of the defaults where the host leaves it out. */
function inherited(host: DataValue, policy: DataValue, member: string): Spelled | undefined {
  return stringOf(host, member) ?? stringOf(entryOf(policy, 'defaults')?.value, member);
}

const spkisOf = (host: DataValue): readonly Spelled[] =>
  itemsOf(host, 'pins').flatMap((pin) => stringOf(pin, 'spki') ?? []);

/** The first place of each text that stands more than once. */
const repeated = (all: readonly Spelled[]): readonly Spelled[] =>
  all.filter(({ text }, index) => all.findIndex((other) => other.text === text) < index);

const hostOnce: Check = (host, _context, policy) => {
  const { text, place } = name(host);
  const first = itemsOf(policy, 'hosts').find((other) => name(other).text === text);
  return first === host ? [] : [{ place, expected: 'each host once', found: `${text} a second time` }];
};

const pinOnce: Check = (host) =>
  repeated(spkisOf(host)).map(({ place }) => ({ place, expected: 'each pin once', found: 'it a second time' }));

/** SHA-256 of nothing: what a pipeline prints whose first command failed. */
const EMPTY = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

const noPlaceholder: Check = (host) =>
  spkisOf(host)
    .filter(({ text }) => text === EMPTY || /^(.)\1{41}/.test(text))
    .map(({ place }) => ({
      place,
      expected: 'the digest of a key',
      found: 'a placeholder, or the digest of nothing',
      fix: 'take it from the certificate with `assay pins get`',
    }));

const backup: Check = (host) => {
  const roles = itemsOf(host, 'pins').map((pin) => stringOf(pin, 'role')?.text);
  const place = entryOf(host, 'pins')?.key.place ?? host.place;
  if (!roles.includes('backup')) {
    const fix = 'make a second key, keep it offline, and pin it with role: backup';
    return [{ place, expected: 'a pin with role: backup', found: 'none: a lost key would end the app', fix }];
  }
  if (roles.every((role) => role === 'backup')) {
    return [{ place, expected: 'a pin that the host serves now', found: 'backups alone: no connection would work' }];
  }
  return [];
};

const servedNow: Check = (host, { served }) => {
  const path = served?.get(name(host).text);
  if (path === undefined) return [];
  const { place } = name(host);
  const pins = spkisOf(host).map(({ text }) => text);
  if (!pins.some((pin) => path.includes(pin))) {
    return [{ place, expected: 'one of the pins in the path that the host serves', found: 'none of them' }];
  }
  if (pins.some((pin) => !path.includes(pin))) return [];
  const fix = 'pin a key that is not in use yet';
  return [{ place, expected: 'a backup pin outside of the path that the host serves', found: 'none', fix }];
};

const publicSuffix: Check = (host) => {
  const subdomains = stringOf(host, 'subdomains');
  if (subdomains === undefined || subdomains.text === 'none') return [];
  const { publicSuffix: suffix, hostname } = parseDomain(name(host).text, { allowPrivateDomains: true });
  if (suffix !== hostname) return [];
  const found = `the public suffix ${hostname}, beneath which others have their hosts`;
  return [
    { place: subdomains.place, expected: 'subdomains of a name of your own', found, fix: 'set subdomains: none' },
  ];
};

const COVERED: Readonly<Record<string, (covered: string, host: string) => boolean>> = {
  none: () => false,
  one: (covered, host) => isBeneath(covered, host) && !covered.slice(0, -host.length - 1).includes('.'),
  all: isBeneath,
};

const covers: Check = (host) => {
  const subdomains = stringOf(host, 'subdomains')?.text ?? 'none';
  const isCovered = COVERED[subdomains] ?? (() => false);
  const names = itemsOf(host, 'covers').flatMap((item) =>
    item.kind === 'string' ? [{ text: item.value, place: item.place }] : [],
  );
  const expected = `names that subdomains: ${subdomains} covers, each once`;
  const outside = names.filter(({ text }) => !isCovered(text, name(host).text));
  return [...outside, ...repeated(names)].map(({ text, place }) => ({ place, expected, found: text }));
};

const expiry: Check = (host, { now }, policy) => {
  const expires = inherited(host, policy, 'expires');
  if (expires === undefined) return [];
  const { text, place } = expires;
  const day = dayOf(text);
  if (day === undefined) return [{ place, expected: 'a day of the calendar', found: text }];
  if (now === undefined || day > now) return [];
  const found = `${text}, which is past: every copy of the app would go without pins`;
  return [{ place, expected: 'a day in the future', found, fix: 'set a later day, or leave expires out' }];
};

const loggedTrust: Check = (host, _context, policy) => {
  const isPrivate = inherited(host, policy, 'trust')?.text === 'private';
  const transparency = inherited(host, policy, 'certificateTransparency');
  if (!isPrivate || transparency?.text !== 'required') return [];
  const { place } = transparency;
  const found = 'it required of certificates of private authorities, which are in no log';
  return [{ place, expected: 'certificateTransparency: platform-default with trust: private', found }];
};

const CHECKS: readonly Check[] = [
  hostOnce,
  pinOnce,
  noPlaceholder,
  backup,
  servedNow,
  publicSuffix,
  covers,
  expiry,
  loggedTrust,
];

/** What would lock an app out, or protect nobody, though the form is right. */
export function ruleFaults(policy: DataValue, context: PolicyContext): readonly PolicyFault[] {
  const faults = itemsOf(policy, 'hosts').flatMap((host) => CHECKS.flatMap((check) => check(host, context, policy)));
  const seen = new Set<string>();
  // A default that every host inherits is one fault.
  return faults.filter((fault) => {
    const key = JSON.stringify(fault);
    return !seen.has(key) && seen.add(key);
  });
}
