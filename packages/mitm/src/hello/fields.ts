import type { ClientHello } from '../observation.ts';
import { EXTENSION } from '../wire/codes.ts';
import { Reader } from '../wire/reader.ts';
import { HelloError } from './faults.ts';
import { type Offered, toJa3, toJa4, withoutGrease } from './fingerprints.ts';

const MOST = { ciphers: 1_024, extensions: 256, numbers: 512, protocols: 64, name: 255 } as const;

/** A ClientHello in its parts (RFC 8446 4.1.2; RFC 5246 7.4.1.2), GREASE included. */
export interface HelloBody {
  readonly legacyVersion: number;
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly ciphers: readonly number[];
  /** Contents by type, in the order of the wire; pre_shared_key is the last one. */
  readonly extensions: ReadonlyMap<number, Uint8Array>;
}

/** Throws {@link HelloError}, or `mitm.wire_malformed` where a length does not fit. */
export function readHelloBody(body: Uint8Array): HelloBody {
  const reader = new Reader(body);
  const legacyVersion = reader.number(2);
  const random = reader.take(32);
  const sessionId = reader.vector(1);
  const ciphers = filled(membersOf(reader.vector(2), MOST.ciphers, (each) => each.number(2)));
  filled(reader.vector(1));
  // Before TLS 1.3 a hello may end here.
  const extensions = reader.left === 0 ? new Map<number, Uint8Array>() : readExtensions(reader.vector(2));
  reader.end();
  return { legacyVersion, random, sessionId, ciphers, extensions };
}

/** Everything that a vector holds, one after the other. */
function membersOf<T>(octets: Uint8Array, most: number, read: (reader: Reader) => T): readonly T[] {
  const [reader, members] = [new Reader(octets), [] as T[]];
  while (reader.left > 0) {
    if (members.length === most) throw new HelloError('too_many');
    members.push(read(reader));
  }
  return members;
}

function readExtensions(octets: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const list = membersOf(octets, MOST.extensions, (each) => [each.number(2), each.vector(2)] as const);
  const extensions = new Map(list);
  if (extensions.size < list.length) throw new HelloError('repeated_extension');
  if (extensions.has(EXTENSION.preSharedKey) && list.at(-1)?.[0] !== EXTENSION.preSharedKey)
    throw new HelloError('key_not_last');
  return extensions;
}

/** What evidence needs of it. */
export function toHello({ legacyVersion, ciphers, sessionId, extensions }: HelloBody): ClientHello {
  const numbers = numbersIn(extensions);
  const versions = numbers(EXTENSION.supportedVersions, 2, 1);
  const protocols = protocolsIn(extensions);
  const offered: Offered = {
    ...{ legacyVersion, ciphers, versions, extensions: [...extensions.keys()] },
    groups: numbers(EXTENSION.supportedGroups, 2, 2),
    pointFormats: numbers(EXTENSION.pointFormats, 1, 1),
    signatureAlgorithms: numbers(EXTENSION.signatureAlgorithms, 2, 2),
    ...(protocols[0] === undefined ? {} : { protocol: protocols[0] }),
  };
  const serverName = readServerName(extensions.get(EXTENSION.serverName));
  const known = withoutGrease(versions);
  return {
    versions: extensions.has(EXTENSION.supportedVersions) ? known : [legacyVersion],
    ...(serverName === undefined ? {} : { serverName }),
    alpn: protocols.filter(isKnownProtocol).map((name) => Buffer.from(name).toString('latin1')),
    ciphers: withoutGrease(ciphers),
    extensions: withoutGrease(offered.extensions),
    groups: withoutGrease(offered.groups),
    signatureAlgorithms: withoutGrease(offered.signatureAlgorithms),
    asksForStaple: extensions.has(EXTENSION.statusRequest) || extensions.has(EXTENSION.statusRequestV2),
    asksForTimestamps: extensions.has(EXTENSION.timestamps),
    offersSession: offersSession(extensions, sessionId, known),
    offersEarlyData: extensions.has(EXTENSION.earlyData),
    ja3: toJa3(offered),
    ja4: toJa4(offered),
  };
}

/** An extension that is a list of numbers of `width` octets, its length one of `list` octets; empty without the extension. */
export function numbersIn(
  extensions: HelloBody['extensions'],
): (type: number, width: 1 | 2, list: 1 | 2) => readonly number[] {
  return (type, width, list) => filledList(extensions.get(type), list, MOST.numbers, (each) => each.number(width));
}

/** Names of ALPN (RFC 7301 3.1). */
export function protocolsIn(extensions: HelloBody['extensions']): readonly Uint8Array[] {
  return filledList(extensions.get(EXTENSION.alpn), 2, MOST.protocols, (each) => filled(each.vector(1)));
}

/** Public keys by group; a client that hopes to be asked for one sends none (RFC 8446 4.2.8). */
export function sharesIn(extensions: HelloBody['extensions']): ReadonlyMap<number, Uint8Array> {
  const read = (each: Reader) => [each.number(2), filled(each.vector(2))] as const;
  return new Map(readList(extensions.get(EXTENSION.keyShare), 2, MOST.numbers, read));
}

const filledList: typeof readList = (content, ...how) =>
  content === undefined ? [] : filled(readList(content, ...how));

/** An extension that is one list; nothing without the extension. */
function readList<T>(
  content: Uint8Array | undefined,
  width: 1 | 2,
  most: number,
  read: (reader: Reader) => T,
): readonly T[] {
  if (content === undefined) return [];
  const reader = new Reader(content);
  const members = membersOf(reader.vector(width), most, read);
  reader.end();
  return members;
}

/** Exactly one host name (RFC 6066 3): two would let two readers disagree. An address or a dot at the end is the client's own fault, and evidence. */
function readServerName(content: Uint8Array | undefined): string | undefined {
  if (content === undefined) return undefined;
  const names = filledList(content, 2, MOST.numbers, (each) => ({ type: each.number(1), name: each.vector(2) }));
  const [first] = names;
  if (first === undefined || names.length > 1 || first.type !== 0) throw new HelloError('server_name');
  const name = Buffer.from(first.name).toString('latin1');
  if (name.length > MOST.name || !/^[!-~]+$/.test(name)) throw new HelloError('server_name');
  return name;
}

/** In TLS 1.3 a session id is there for old middleboxes, and names no session (RFC 8446 4.1.2). */
function offersSession(
  extensions: ReadonlyMap<number, Uint8Array>,
  sessionId: Uint8Array,
  versions: readonly number[],
): boolean {
  const hasTicket = (extensions.get(EXTENSION.sessionTicket)?.length ?? 0) > 0;
  return extensions.has(EXTENSION.preSharedKey) || hasTicket || (sessionId.length > 0 && !versions.includes(0x0304));
}

/** Two octets of GREASE name no protocol (RFC 8701 2). */
const isKnownProtocol = (name: Uint8Array): boolean =>
  name.length !== 2 || withoutGrease([(name[0] ?? 0) * 256 + (name[1] ?? 0)]).length === 1;

function filled<T extends { readonly length: number }>(list: T): T {
  if (list.length === 0) throw new HelloError('empty_list');
  return list;
}
