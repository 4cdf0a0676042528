import { type DataEntry, type DataValue, dictOf, entryOf, plainOf } from '../data/value.ts';
import type { PinnedHost, Spelled } from '../pinned-host.ts';
import type { AtsConfig, AtsException, AtsIdentity, AtsPinnedDomain } from './ats.ts';
import { isBase64 } from './base64.ts';

const PINNED = 'NSPinnedDomains';
const LEAF = 'NSPinnedLeafIdentities';
const CA = 'NSPinnedCAIdentities';
const SUBDOMAINS = 'NSIncludesSubdomains';
const DIGEST = 'SPKI-SHA256-BASE64';

/**
 * `NSAppTransportSecurity` of an Info.plist, read as the platform reads it (Security, SecPolicy.c `parseNSPinnedDomains`);
 * undefined where nothing in the file is about it.
 */
export function readAts(_file: string, plist: DataValue): AtsConfig | undefined {
  const entry = entryOf(plist, 'NSAppTransportSecurity');
  const atRoot = entryOf(plist, PINNED);
  const ats = entry?.value;
  const anchor = entry ?? atRoot;
  if (anchor === undefined) return undefined;
  const exceptions = entriesOf(dictOf(ats, 'NSExceptionDomains'));
  return {
    flags: flagsOf(entriesOf(ats)),
    exceptions: exceptions.filter(({ key }) => key.text !== PINNED).map(exceptionOf),
    pinnedDomains: entriesOf(dictOf(ats, PINNED)).flatMap(pinnedDomainOf),
    misplaced: misplacedIn(ats, atRoot, exceptions),
    place: anchor.key.place,
  };
}

const entriesOf = (value: DataValue | undefined): readonly DataEntry[] => (value?.kind === 'dict' ? value.entries : []);

function flagsOf(entries: readonly DataEntry[]): AtsException['keys'] {
  return new Map(entries.map(({ key, value }) => [key.text, { value: plainOf(value), place: key.place }]));
}

function exceptionOf({ key, value }: DataEntry): AtsException {
  return { host: key, keys: flagsOf(entriesOf(value)), place: key.place };
}

const KNOWN_KEYS: readonly string[] = [LEAF, CA, SUBDOMAINS];

/** An entry that is no dictionary is skipped by the platform; it is in `misplaced`. */
function pinnedDomainOf({ key, value }: DataEntry): readonly AtsPinnedDomain[] {
  if (value.kind !== 'dict') return [];
  const leaf = entryOf(value, LEAF)?.value;
  const ca = entryOf(value, CA)?.value;
  const includes = entryOf(value, SUBDOMAINS);
  return [
    {
      host: key,
      ...(includes === undefined
        ? {}
        : { includesSubdomains: { value: plainOf(includes.value), place: includes.key.place } }),
      ...(leaf === undefined ? {} : { leaf: identitiesOf(leaf) }),
      ...(ca === undefined ? {} : { ca: identitiesOf(ca) }),
      unknownKeys: value.entries.map((entry) => entry.key).filter(({ text }) => !KNOWN_KEYS.includes(text)),
      place: key.place,
    },
  ];
}

/** What is no array, and items that are no dictionary with a digest, count for nothing. */
function identitiesOf(value: DataValue): readonly AtsIdentity[] {
  if (value.kind !== 'array') return [unusable(value)];
  return value.items.map((item) => {
    const digest = entryOf(item, DIGEST)?.value;
    if (digest?.kind !== 'string') return unusable(item);
    return { value: { text: digest.value, place: digest.place }, usable: isBase64(digest.value) };
  });
}

function unusable(value: DataValue): AtsIdentity {
  return { value: { text: value.kind === 'string' ? value.value : '', place: value.place }, usable: false };
}

function misplacedIn(
  ats: DataValue | undefined,
  atRoot: DataEntry | undefined,
  exceptions: readonly DataEntry[],
): AtsConfig['misplaced'] {
  const pinned = entryOf(ats, PINNED);
  const said = (message: string, key: Spelled) => ({ message, place: key.place });
  return [
    ...(atRoot === undefined ? [] : [said(`${PINNED} stands outside of NSAppTransportSecurity`, atRoot.key)]),
    ...(pinned === undefined || pinned.value.kind === 'dict' ? [] : [said(`${PINNED} is no dictionary`, pinned.key)]),
    ...entriesOf(pinned?.value)
      .filter(({ value }) => value.kind !== 'dict')
      .map(({ key }) => said(`the entry of ${key.text} is no dictionary`, key)),
    ...exceptions
      .flatMap((entry) => [entry, ...entriesOf(entry.value)])
      .filter(({ key }) => key.text === PINNED)
      .map(({ key }) => said(`${PINNED} stands inside of NSExceptionDomains`, key)),
  ];
}

/** The hosts of `NSPinnedDomains` in the common form: one entry for its leaf pins, one for its CA pins. */
export function atsPinnedHosts({ pinnedDomains }: AtsConfig, variant: string): readonly PinnedHost[] {
  return pinnedDomains.flatMap((domain) => {
    const lists = [
      { position: 'leaf', identities: domain.leaf } as const,
      { position: 'ca', identities: domain.ca } as const,
    ];
    return lists.flatMap(({ position, identities }) =>
      identities === undefined ? [] : [pinnedHostOf(domain, position, identities, variant)],
    );
  });
}

function pinnedHostOf(
  { host, includesSubdomains, place }: AtsPinnedDomain,
  position: 'leaf' | 'ca',
  identities: readonly AtsIdentity[],
  variant: string,
): PinnedHost {
  return {
    format: 'ats',
    host,
    subdomains: includesSubdomains?.value === true ? 'one' : 'none',
    apex: true,
    pins: identities.map(({ value }) => value),
    position,
    enforced: true,
    release: variant !== 'debug' && variant !== 'test',
    place,
  };
}
