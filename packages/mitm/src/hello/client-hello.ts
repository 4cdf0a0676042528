import { AssayError } from '@assay/core';
import { concat } from '@assay/formats';
import type { ClientHello } from '../observation.ts';
import type { MitmCode } from '../reasons.ts';
import { HelloError, type HelloFault } from './faults.ts';
import { readHelloBody, toHello } from './fields.ts';

/** What the first octets of a connection are. */
export type HelloReading =
  /** A ClientHello and the records that it came in: `length` octets of the input. */
  | { readonly kind: 'hello'; readonly hello: ClientHello; readonly length: number }
  /** Right so far. */
  | { readonly kind: 'more' }
  /** A CLIENT-HELLO in the form of SSL 2.0, which offers `version` at most (RFC 5246 E.2). */
  | { readonly kind: 'ssl2'; readonly version: number }
  | { readonly kind: 'malformed'; readonly fault: HelloFault };

export const HELLO_LIMITS = { record: 16_384, records: 64, whole: 65_536 } as const;

const HEADER = 5;
const MESSAGE_HEADER = 4;
const HANDSHAKE = 22;
const CLIENT_HELLO = 1;

/**
 * The ClientHello at the start of a connection, from the octets that came so far: one or more handshake records (RFC
 * 8446 5.1). Strict and bounded; GREASE is left out of every list. Never throws: what is wrong is a value.
 */
export function parseClientHello(octets: Uint8Array): HelloReading {
  if (looksLikeSsl2(octets)) return octets.length < 5 ? MORE : { kind: 'ssl2', version: number16(octets, 3) };
  try {
    return readRecords(octets);
  } catch (error) {
    if (error instanceof HelloError) return { kind: 'malformed', fault: error.fault };
    if (error instanceof AssayError && error.code === READ_PAST_END) return { kind: 'malformed', fault: 'truncated' };
    throw error;
  }
}

const READ_PAST_END: MitmCode = 'mitm.wire_malformed';
const MORE: HelloReading = { kind: 'more' };

const number16 = (octets: Uint8Array, at: number): number => (octets[at] ?? 0) * 256 + (octets[at + 1] ?? 0);

/** Two octets of length with the highest bit set, then the type CLIENT-HELLO. */
const looksLikeSsl2 = (octets: Uint8Array): boolean =>
  octets.length >= 3 && ((octets[0] ?? 0) & 0x80) !== 0 && octets[2] === CLIENT_HELLO;

function readRecords(octets: Uint8Array): HelloReading {
  const fragments: Uint8Array[] = [];
  let [at, collected] = [0, 0];
  let wanted: number | undefined;
  while (wanted === undefined || collected < wanted) {
    const length = readHeader(octets, at);
    if (length === undefined) return MORE;
    if (fragments.length === HELLO_LIMITS.records) throw new HelloError('too_many');
    const fragment = octets.subarray(at + HEADER, at + HEADER + length);
    fragments.push(fragment);
    collected += fragment.length;
    if (collected >= MESSAGE_HEADER) wanted ??= wantedOf(concat(...fragments));
    if (wanted !== undefined && collected > wanted) throw new HelloError('trailing');
    if (fragment.length < length) return MORE;
    at += HEADER + length;
  }
  const body = readHelloBody(concat(...fragments).subarray(MESSAGE_HEADER));
  return { kind: 'hello', hello: toHello(body), length: at };
}

/** Octets of the record that begins here, or nothing while its header is not whole; what is wrong is said as early as it is known. */
function readHeader(octets: Uint8Array, at: number): number | undefined {
  const [type, major] = [octets[at], octets[at + 1]];
  // One octet that could begin the form of SSL 2.0 waits for two more.
  if (at === 0 && octets.length < 3 && ((type ?? 0) & 0x80) !== 0) return undefined;
  if (type !== undefined && type !== HANDSHAKE) throw new HelloError(at === 0 ? 'not_tls' : 'interrupted');
  if (major !== undefined && major !== 3) throw new HelloError('record_version');
  if (octets.length < at + HEADER) return undefined;
  const length = number16(octets, at + 3);
  if (length === 0) throw new HelloError('record_empty');
  if (length > HELLO_LIMITS.record) throw new HelloError('record_too_long');
  return length;
}

/** Octets of the whole message, from its header. */
function wantedOf(message: Uint8Array): number {
  if (message[0] !== CLIENT_HELLO) throw new HelloError('not_hello');
  const wanted = MESSAGE_HEADER + (message[1] ?? 0) * 65_536 + number16(message, 2);
  if (wanted > HELLO_LIMITS.whole) throw new HelloError('too_long');
  return wanted;
}
