import { EXTENSION, VERSION } from './codes.ts';
import { wireFault } from './fault.ts';
import { Reader, readNumbers } from './reader.ts';

/** As much of a ClientHello as a server answers to (RFC 8446 4.1.2). */
export interface Offer {
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly ciphers: readonly number[];
  /** Of supported_versions; without it, every version up to the legacy one, since a client cannot say otherwise. */
  readonly versions: readonly number[];
  readonly groups: readonly number[];
  readonly signatures: readonly number[];
  readonly alpn: readonly string[];
  /** Public keys by group. */
  readonly shares: ReadonlyMap<number, Uint8Array>;
  /** PskKeyExchangeModes (RFC 8446 4.2.9). */
  readonly pskModes: readonly number[];
  /** Content of pre_shared_key, the last extension. */
  readonly preShared?: Uint8Array;
  readonly extensions: ReadonlySet<number>;
}

/** Reads the body of a ClientHello. Throws `mitm.wire_malformed`. */
export function readOffer(body: Uint8Array): Offer {
  const reader = new Reader(body);
  const legacyVersion = reader.number(2);
  const random = reader.take(32);
  const sessionId = reader.vector(1);
  const ciphers = readNumbers(reader.vector(2), 2);
  reader.vector(1);
  const extensions = reader.left === 0 ? new Map<number, Uint8Array>() : readExtensions(reader.vector(2));
  reader.end();
  return { random, sessionId, ciphers, ...readOffered(extensions, legacyVersion) };
}

function readExtensions(bytes: Uint8Array): Map<number, Uint8Array> {
  const [reader, extensions] = [new Reader(bytes), new Map<number, Uint8Array>()];
  while (reader.left > 0) {
    const type = reader.number(2);
    if (extensions.has(type)) throw wireFault('mitm.wire_malformed');
    extensions.set(type, reader.vector(2));
  }
  return extensions;
}

function readOffered(
  extensions: ReadonlyMap<number, Uint8Array>,
  legacyVersion: number,
): Omit<Offer, 'random' | 'sessionId' | 'ciphers'> {
  const list = (type: number, octets: 1 | 2): Uint8Array => {
    const content = extensions.get(type);
    return content === undefined ? new Uint8Array() : whole(content, octets);
  };
  // Elsewhere than at the end it could not bind the rest (RFC 8446 4.2.11).
  const isLast = [...extensions.keys()].at(-1) === EXTENSION.preSharedKey;
  const preShared = isLast ? extensions.get(EXTENSION.preSharedKey) : undefined;
  return {
    versions: extensions.has(EXTENSION.supportedVersions)
      ? readNumbers(list(EXTENSION.supportedVersions, 1), 2)
      : Object.values(VERSION).filter((version) => version <= Math.min(legacyVersion, VERSION['tls1.2'])),
    groups: readNumbers(list(EXTENSION.supportedGroups, 2), 2),
    signatures: readNumbers(list(EXTENSION.signatureAlgorithms, 2), 2),
    alpn: readNames(list(EXTENSION.alpn, 2)),
    shares: readShares(list(EXTENSION.keyShare, 2)),
    pskModes: readNumbers(list(EXTENSION.pskModes, 1), 1),
    ...(preShared !== undefined && { preShared }),
    extensions: new Set(extensions.keys()),
  };
}

/** The content of an extension that is one vector. */
function whole(content: Uint8Array, octets: 1 | 2): Uint8Array {
  const reader = new Reader(content);
  const vector = reader.vector(octets);
  reader.end();
  return vector;
}

function readNames(bytes: Uint8Array): string[] {
  const [reader, names] = [new Reader(bytes), [] as string[]];
  while (reader.left > 0) names.push(Buffer.from(reader.vector(1)).toString('latin1'));
  return names;
}

function readShares(bytes: Uint8Array): Map<number, Uint8Array> {
  const [reader, shares] = [new Reader(bytes), new Map<number, Uint8Array>()];
  while (reader.left > 0) shares.set(reader.number(2), reader.vector(2));
  return shares;
}
