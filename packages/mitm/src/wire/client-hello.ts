import { HelloError } from '../hello/faults.ts';
import { type HelloBody, numbersIn, protocolsIn, readHelloBody, sharesIn } from '../hello/fields.ts';
import { EXTENSION, VERSION } from './codes.ts';
import { wireFault } from './fault.ts';

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
  /** Content of pre_shared_key. */
  readonly preShared?: Uint8Array;
  readonly extensions: ReadonlySet<number>;
}

/** Reads the body of a ClientHello. Throws `mitm.wire_malformed`. */
export function readOffer(body: Uint8Array): Offer {
  try {
    return toOffer(readHelloBody(body));
  } catch (error) {
    throw error instanceof HelloError ? wireFault('mitm.wire_malformed') : error;
  }
}

function toOffer({ legacyVersion, random, sessionId, ciphers, extensions }: HelloBody): Offer {
  const numbers = numbersIn(extensions);
  const preShared = extensions.get(EXTENSION.preSharedKey);
  return {
    ...{ random, sessionId, ciphers },
    versions: extensions.has(EXTENSION.supportedVersions)
      ? numbers(EXTENSION.supportedVersions, 2, 1)
      : Object.values(VERSION).filter((version) => version <= Math.min(legacyVersion, VERSION['tls1.2'])),
    groups: numbers(EXTENSION.supportedGroups, 2, 2),
    signatures: numbers(EXTENSION.signatureAlgorithms, 2, 2),
    alpn: protocolsIn(extensions).map((name) => Buffer.from(name).toString('latin1')),
    shares: sharesIn(extensions),
    pskModes: numbers(EXTENSION.pskModes, 1, 1),
    ...(preShared !== undefined && { preShared }),
    extensions: new Set(extensions.keys()),
  };
}
