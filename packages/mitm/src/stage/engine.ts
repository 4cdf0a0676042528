import { X509Certificate } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { ClientHello } from '../observation.ts';
import type { TlsVersion } from '../recipe.ts';
import type { Forged } from '../stage.ts';
import { EXTENSION, VERSION } from '../wire/codes.ts';
import { serveOwn, type WireNews } from '../wire/index.ts';
import { type EngineOrder, serveOpenssl } from './openssl.ts';

/** What OpenSSL will not say, or not to every client: our own engine serves it. */
const BEYOND_OPENSSL: Readonly<Record<string, (forged: Forged, hello: ClientHello) => boolean>> = {
  'a cipher, offered or not': ({ tls }) => tls.cipher !== undefined,
  'an older version than both sides know': ({ tls }) => tls.downgrade !== undefined,
  'old versions that the client did not name': ({ tls }, hello) =>
    tls.versions !== undefined && !tls.versions.some((version) => isModern(version) || isOffered(version, hello)),
  'timestamps in an extension': ({ timestamps }) => timestamps !== undefined,
  'a protocol that the client did not name': ({ tls }, { alpn }) =>
    tls.alpn !== undefined && alpn.length > 0 && !tls.alpn.some((name) => alpn.includes(name)),
  'tickets that allow early data': ({ tls }) => tls.sessions === 'early-data',
  'signatures that no client lists': ({ chain }) => chain.some(hasWeakHash),
  'keys below its least': ({ key }) => isWeak(key),
  'certificates that it would encode anew': ({ chain }) => !chain.every(isKeptAsItIs),
};

const isModern = (version: TlsVersion): boolean => VERSION[version] >= VERSION['tls1.2'];

/** Without the extension a client offers all that is older, too (RFC 5246 E.1); but nobody loads SSL 3.0. */
function isOffered(version: TlsVersion, { versions, extensions }: ClientHello): boolean {
  if (version === 'ssl3') return false;
  if (extensions.includes(EXTENSION.supportedVersions)) return versions.includes(VERSION[version]);
  return VERSION[version] <= Math.max(...versions);
}

/** Serves a forged server on a stream that begins with the ClientHello. */
export function serveEngine(stream: Duplex, hello: ClientHello, order: EngineOrder): void {
  const { forged } = order;
  const isBeyond = Object.values(BEYOND_OPENSSL).some((holds) => holds(forged, hello));
  if (isBeyond || !isServedByOpenssl(stream, order)) serveByUs(stream, order);
}

/** `false` where it would not load the certificates or the key. */
function isServedByOpenssl(stream: Duplex, order: EngineOrder): boolean {
  try {
    serveOpenssl(stream, order);
    return true;
  } catch {
    return false;
  }
}

function serveByUs(stream: Duplex, { forged, random, ticketKeys, handshakeMs, log, secured }: EngineOrder): void {
  let isOpen = false;
  const open = () => {
    clear.off('readable', early);
    if (!isOpen) secured(clear);
    isOpen = true;
  };
  // Early data is data, also where the handshake never ends.
  const early = () => {
    if (clear.readableLength > 0) open();
  };
  const learned = (news: WireNews) => {
    log.learn(news);
    if (news.handshake === 'completed') open();
  };
  const clear = serveOwn(stream, { forged, random, ticketKeys, handshakeMs, learned });
  clear.on('readable', early);
}

/** Algorithms as they stand in a certificate (RFC 3279 2.2): MD5 and SHA-1 with RSA, SHA-1 with ECDSA. */
const WEAK_HASHES = ['06092a864886f70d010104', '06092a864886f70d010105', '06072a8648ce3d0401'].map((der) =>
  Buffer.from(der, 'hex'),
);

function hasWeakHash(der: Uint8Array): boolean {
  return WEAK_HASHES.some((oid) => Buffer.from(der).includes(oid));
}

const LEAST_RSA_BITS = 1_024;

function isWeak({ asymmetricKeyDetails }: Forged['key']): boolean {
  const { modulusLength, namedCurve } = asymmetricKeyDetails ?? {};
  return (modulusLength !== undefined && modulusLength < LEAST_RSA_BITS) || namedCurve === 'prime192v1';
}

function isKeptAsItIs(der: Uint8Array): boolean {
  try {
    return new X509Certificate(der).raw.equals(der);
  } catch {
    return false;
  }
}
