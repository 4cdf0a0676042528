import { constantTimeEqual, uint32 } from '@assay/formats';
import type { Offer } from './client-hello.ts';
import { CONTENT, EXTENSION, HANDSHAKE } from './codes.ts';
import { wireFault } from './fault.ts';
import type { Message } from './link.ts';
import { Reader } from './reader.ts';
import { binder13, earlySecret13, TICKET_NONCE } from './schedule13.ts';
import { expected, type Server } from './server.ts';
import type { Suite } from './suites.ts';
import { openTicket, sealTicket } from './ticket.ts';
import { Transcript } from './transcript.ts';
import { extension, handshake, vector } from './writer.ts';

/** Sessions of TLS 1.3 (RFC 8446 2.2, 2.3, 4.2.11, 4.6.1), for recipes that have them: with tickets, and with early data. */

/** A session that goes on; of the client's tickets, the first alone is looked at. */
export interface Resumption {
  readonly secret: Uint8Array;
  /** Early data is read under this secret. */
  readonly early?: Uint8Array;
}

const PSK_WITH_DIFFIE_HELLMAN = 1;
/** As OpenSSL offers it. */
const MOST_EARLY_DATA = 16_384;
const A_DAY = 86_400;

/** The session to go on with; undefined where the client has none, or none of ours. Throws `mitm.wire_finished_wrong`. */
export function resume(server: Server, suite: Suite, offer: Offer, hello: Uint8Array): Resumption | undefined {
  const { order, plan } = server;
  const { preShared, pskModes } = offer;
  if (!hasSessions(server) || preShared === undefined || !pskModes.includes(PSK_WITH_DIFFIE_HELLMAN)) return undefined;
  const { ticket, binder, octets } = readPreShared(preShared);
  const session = openTicket(ticket, order.ticketKeys ?? NO_KEYS);
  if (session === undefined || session.suite.id !== suite.id) return undefined;
  const { secret } = session;
  const bound = digest(suite, hello.subarray(0, hello.length - octets));
  if (!constantTimeEqual(binder, binder13(suite.hash, secret, bound))) throw wireFault('mitm.wire_finished_wrong');
  const isEarly = offer.extensions.has(EXTENSION.earlyData) && allowsEarlyData(server) && session.alpn === plan.alpn;
  return { secret, ...(isEarly && { early: earlySecret13(suite.hash, secret, digest(suite, hello)) }) };
}

const NO_KEYS = new Uint8Array();

function hasSessions({ order }: Server): boolean {
  return order.ticketKeys !== undefined && (order.forged.tls.sessions ?? 'none') !== 'none';
}

function allowsEarlyData({ order }: Server): boolean {
  return order.forged.tls.sessions === 'early-data';
}

function digest({ hash }: Suite, message: Uint8Array): Uint8Array {
  const transcript = new Transcript();
  transcript.add(message);
  return transcript.digest(hash);
}

/** `octets`: how many the binders take at the end of the hello, which are not bound themselves (RFC 8446 4.2.11.2). */
function readPreShared(content: Uint8Array): { ticket: Uint8Array; binder: Uint8Array; octets: number } {
  const reader = new Reader(content);
  const ticket = new Reader(reader.vector(2)).vector(2);
  const octets = reader.left;
  const binder = new Reader(reader.vector(2)).vector(1);
  reader.end();
  return { ticket, binder, octets };
}

/** Reads early data up to EndOfEarlyData, and passes it on. */
export async function hearEarlyData({ bringEarly, link, transcript }: Server): Promise<void> {
  for (let octets = 0; octets <= MOST_EARLY_DATA; ) {
    const fragment = await link.record();
    if (fragment.type === CONTENT.applicationData) {
      octets += fragment.content.length;
      bringEarly(fragment.content);
    } else if (fragment.type !== CONTENT.changeCipherSpec) {
      for (const message of link.messagesOf(fragment)) transcript.add(endOfEarlyData(message).bytes);
      return;
    }
  }
  throw wireFault('mitm.wire_too_long');
}

function endOfEarlyData(message: Message): Message {
  return expected(message, HANDSHAKE.endOfEarlyData);
}

/** A ticket for the next connection, where the recipe has them; the transcript reaches to the client's Finished. */
export function sayTicket(server: Server, suite: Suite, secret: Uint8Array): void {
  const { link, order, plan } = server;
  if (!hasSessions(server)) return;
  const ticket = sealTicket({ suite, secret, alpn: plan.alpn }, order.ticketKeys ?? NO_KEYS, order.random);
  const early = allowsEarlyData(server) ? [extension(EXTENSION.earlyData, uint32(MOST_EARLY_DATA))] : [];
  const fields = [uint32(A_DAY), order.random(4), vector(1, TICKET_NONCE), vector(2, ticket), vector(2, ...early)];
  link.send(CONTENT.handshake, handshake(HANDSHAKE.newSessionTicket, ...fields));
}
