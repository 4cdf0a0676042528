import type { ClientHello } from '../observation.ts';
import { Reader } from '../wire/reader.ts';
import { HelloError } from './faults.ts';
import { type Offered, toJa3, toJa4, withoutGrease } from './fingerprints.ts';

const MOST = { ciphers: 1_024, extensions: 256, numbers: 512, protocols: 64, versions: 64, name: 255 } as const;

const TYPE = {
  serverName: 0,
  statusRequest: 5,
  groups: 10,
  pointFormats: 11,
  signatureAlgorithms: 13,
  alpn: 16,
  statusRequestV2: 17,
  timestamps: 18,
  sessionTicket: 35,
  preSharedKey: 41,
  earlyData: 42,
  supportedVersions: 43,
} as const;

/** The body of a ClientHello (RFC 8446 4.1.2; RFC 5246 7.4.1.2). Throws {@link HelloError}, or `mitm.wire_malformed` where a length does not fit. */
export function readHelloBody(body: Uint8Array): ClientHello {
  const reader = new Reader(body);
  const legacyVersion = reader.number(2);
  reader.take(32);
  const sessionId = reader.vector(1);
  const ciphers = filled(membersOf(reader.vector(2), MOST.ciphers, (each) => each.number(2)));
  filled(reader.vector(1));
  // Before TLS 1.3 a hello may end here.
  const extensions = reader.left === 0 ? new Map<number, Uint8Array>() : readExtensions(reader.vector(2));
  reader.end();
  return toHello({ legacyVersion, ciphers, sessionId, extensions });
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
  if (extensions.has(TYPE.preSharedKey) && list.at(-1)?.[0] !== TYPE.preSharedKey) throw new HelloError('key_not_last');
  return extensions;
}

interface Body {
  readonly legacyVersion: number;
  readonly ciphers: readonly number[];
  readonly sessionId: Uint8Array;
  readonly extensions: ReadonlyMap<number, Uint8Array>;
}

function toHello({ legacyVersion, ciphers, sessionId, extensions }: Body): ClientHello {
  const numbers = (type: number, width: 1 | 2, list: 1 | 2, most: number = MOST.numbers): readonly number[] =>
    readList(extensions.get(type), list, most, (each) => each.number(width));
  const versions = numbers(TYPE.supportedVersions, 2, 1, MOST.versions);
  const protocols = readList(extensions.get(TYPE.alpn), 2, MOST.protocols, (each) => filled(each.vector(1)));
  const offered: Offered = {
    ...{ legacyVersion, ciphers, versions, extensions: [...extensions.keys()] },
    groups: numbers(TYPE.groups, 2, 2),
    pointFormats: numbers(TYPE.pointFormats, 1, 1),
    signatureAlgorithms: numbers(TYPE.signatureAlgorithms, 2, 2),
    ...(protocols[0] === undefined ? {} : { protocol: protocols[0] }),
  };
  const serverName = readServerName(extensions.get(TYPE.serverName));
  const known = withoutGrease(versions);
  return {
    versions: extensions.has(TYPE.supportedVersions) ? known : [legacyVersion],
    ...(serverName === undefined ? {} : { serverName }),
    alpn: protocols.filter(isKnownProtocol).map((name) => Buffer.from(name).toString('latin1')),
    ciphers: withoutGrease(ciphers),
    extensions: withoutGrease(offered.extensions),
    groups: withoutGrease(offered.groups),
    signatureAlgorithms: withoutGrease(offered.signatureAlgorithms),
    asksForStaple: extensions.has(TYPE.statusRequest) || extensions.has(TYPE.statusRequestV2),
    asksForTimestamps: extensions.has(TYPE.timestamps),
    offersSession: offersSession(extensions, sessionId, known),
    offersEarlyData: extensions.has(TYPE.earlyData),
    ja3: toJa3(offered),
    ja4: toJa4(offered),
  };
}

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
  return filled(members);
}

/** Exactly one host name (RFC 6066 3): two would let two readers disagree. An address or a dot at the end is the client's own fault, and evidence. */
function readServerName(content: Uint8Array | undefined): string | undefined {
  if (content === undefined) return undefined;
  const names = readList(content, 2, MOST.numbers, (each) => ({ type: each.number(1), name: each.vector(2) }));
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
  const hasTicket = (extensions.get(TYPE.sessionTicket)?.length ?? 0) > 0;
  return extensions.has(TYPE.preSharedKey) || hasTicket || (sessionId.length > 0 && !versions.includes(0x0304));
}

/** Two octets of GREASE name no protocol (RFC 8701 2). */
const isKnownProtocol = (name: Uint8Array): boolean =>
  name.length !== 2 || withoutGrease([(name[0] ?? 0) * 256 + (name[1] ?? 0)]).length === 1;

function filled<T extends { readonly length: number }>(list: T): T {
  if (list.length === 0) throw new HelloError('empty_list');
  return list;
}
