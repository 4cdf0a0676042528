import { booleanOf, type DataEntry, type DataValue, entryOf, itemsOf, plainOf, stringOf } from '../data/value.ts';
import { parseJson } from '../json/read.ts';
import type { Format, PinnedHost, Spelled } from '../pinned-host.ts';

/** Keys under which lists of pins stand, and whose they are. */
const LISTS: readonly (readonly [string, Format])[] = [
  ['publicKeyHashes', 'react-native'],
  ['hash', 'cordova'],
  ['pins', 'pin-list'],
  ['hashes', 'pin-list'],
  ['fingerprints', 'pin-list'],
];

/** Keys of a host beside its pins, where the host is no key itself. */
const NAMES = ['host', 'pattern', 'hostname', 'domain', 'name'];

/**
 * Hosts with pins in a JSON file that code reads: `{ "host": { "publicKeyHashes": […] } }`, `{ "host": ["sha256/…"] }`,
 * `[{ "host": …, "hash": […] }]`, at any depth. Undefined when the file has none.
 *
 * @throws UnreadableFile
 */
export function readPinList(file: string, text: string): readonly PinnedHost[] | undefined {
  const found = pinnedHostsIn(parseJson(file, text, { tolerant: true }));
  return found.length === 0 ? undefined : found;
}

/** The same for a value that is read already, as of a literal in code. */
export const pinnedHostsIn = (value: DataValue): readonly PinnedHost[] => hostsIn(value, undefined);

function hostsIn(value: DataValue, key: Spelled | undefined): readonly PinnedHost[] {
  if (value.kind === 'array') return arrayHosts(value.items, key, value);
  if (value.kind !== 'dict') return [];
  const own = ownHost(value, key);
  return own === undefined ? value.entries.flatMap((entry: DataEntry) => hostsIn(entry.value, entry.key)) : [own];
}

/** `"host": ["sha256/…"]`, or a list of objects. */
function arrayHosts(items: readonly DataValue[], key: Spelled | undefined, list: DataValue): readonly PinnedHost[] {
  const pins = textsIn(items);
  if (key !== undefined && isHost(key.text) && arePrefixed(pins)) {
    return [pinnedHost(key, pins, 'pin-list', list)];
  }
  return items.flatMap((item) => hostsIn(item, undefined));
}

function ownHost(value: DataValue, key: Spelled | undefined): PinnedHost | undefined {
  const named = NAMES.map((each) => stringOf(value, each)).find((text) => text !== undefined);
  const name = named ?? key;
  const list = LISTS.find(([each]) => itemsOf(value, each).length > 0);
  if (name === undefined || list === undefined) return undefined;
  const pins = textsIn(itemsOf(value, list[0]));
  // With pins beside it a name is one, whatever it looks like: it may stand for a host that code fills in.
  const isMeant = isHost(name.text) || (named !== undefined && arePrefixed(pins));
  return isMeant ? pinnedHost(name, pins, list[1], value) : undefined;
}

const arePrefixed = (pins: readonly Spelled[]): boolean =>
  pins.length > 0 && pins.every(({ text }) => /^sha(?:1|256)\//.test(text));

const textsIn = (items: readonly DataValue[]): readonly Spelled[] =>
  items.flatMap((item) => (item.kind === 'string' ? [{ text: item.value, place: item.place }] : []));

/** A name with a dot in it; `*` too, which some libraries take. */
const isHost = (text: string): boolean =>
  /^[\w*-]+(?:\.[\w*-]+)+\.?(?::\d+)?$/.test(text) && !/\.(?:json|js|ts|pem|cer)$/.test(text);

function pinnedHost(host: Spelled, pins: readonly Spelled[], format: Format, value: DataValue): PinnedHost {
  const expiration = stringOf(value, 'expirationDate') ?? stringOf(value, 'expiration');
  const enforce = entryOf(value, 'enforcePinning')?.value;
  return {
    format,
    host,
    subdomains: subdomainsOf(host.text, value),
    apex: !host.text.startsWith('*.'),
    pins,
    position: 'any',
    ...(expiration === undefined ? {} : { expiration }),
    enforced: enforce === undefined || plainOf(enforce) !== false,
    release: true,
    place: value.place,
  };
}

function subdomainsOf(host: string, value: DataValue): PinnedHost['subdomains'] {
  if (host.startsWith('**.')) return 'all';
  if (host.startsWith('*.')) return 'one';
  return booleanOf(value, 'includeSubdomains') === true ? 'all' : 'none';
}
