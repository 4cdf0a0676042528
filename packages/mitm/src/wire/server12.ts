import { constantTimeEqual } from '@assay/formats';
import type { Offer } from './client-hello.ts';
import { CONTENT, EXTENSION, HANDSHAKE } from './codes.ts';
import { wireFault } from './fault.ts';
import { type Flight, sayFlight12 } from './flight12.ts';
import type { Message } from './link.ts';
import { createProtection12 } from './protection.ts';
import { Reader } from './reader.ts';
import { extendedMasterSecret, finished12, keys12, masterSecret } from './schedule12.ts';
import { type Channel, expected, hear, hearAnswer, noteClientCertificate, type Server, say } from './server.ts';
import type { Suite } from './suites.ts';
import { handshake } from './writer.ts';

/** A full handshake of TLS 1.2 with ECDHE (RFC 5246 7.3, RFC 8422), up to both Finished. */
export async function serve12(server: Server, suite: Suite, offer: Offer): Promise<Channel> {
  const { link, transcript } = server;
  const flight = sayFlight12(server, offer);
  const { exchange, certified } = await hearExchange(server);
  const master = masterOf(server, suite, offer, { flight, exchange });
  const keys = keys12(suite, master, flight.randoms);
  if (certified) transcript.add((await hear(server, HANDSHAKE.certificateVerify)).bytes);
  await hearChange(server);
  link.readWith(createProtection12(keys.client));
  await hearFinished(server, suite, master);
  const verifyData = finished12(suite.hash, master, 'server', transcript.digest(suite.hash));
  link.inOneWrite(() => {
    link.send(CONTENT.changeCipherSpec, Uint8Array.of(1));
    link.writeWith(createProtection12(keys.server));
    say(server, handshake(HANDSHAKE.finished, verifyData));
  });
  // Renegotiation (RFC 5246 7.4.1.1) is not for servers of one connection's life.
  return { hear: (message) => void expected(message, NOTHING) };
}

/** No handshake message has this type. */
const NOTHING = -1;

/** Says a ServerHello that nobody should accept, with all that follows it, and looks whether the client goes on. */
export async function probe(server: Server, offer: Offer): Promise<never> {
  sayFlight12(server, offer);
  await hearAnswer(server);
  throw wireFault('mitm.wire_probe_over');
}

/** ClientKeyExchange, before it the certificate where we asked for one: noted, not verified. */
async function hearExchange(server: Server): Promise<{ exchange: Message; certified: boolean }> {
  const { order, transcript } = server;
  let message = await hearAnswer(server);
  let certified = false;
  if (order.forged.tls.clientCertificate === 'request') {
    transcript.add(expected(message, HANDSHAKE.certificate).bytes);
    certified = noteClientCertificate(server, new Reader(message.body));
    message = await server.link.message();
  }
  transcript.add(expected(message, HANDSHAKE.clientKeyExchange).bytes);
  return { exchange: message, certified };
}

interface Agreed {
  readonly flight: Flight;
  readonly exchange: Message;
}

function masterOf(server: Server, { hash }: Suite, offer: Offer, { flight, exchange }: Agreed): Uint8Array {
  const reader = new Reader(exchange.body);
  const shared = flight.share?.agree(reader.vector(1));
  reader.end();
  if (shared === undefined) throw wireFault('mitm.wire_unexpected');
  return offer.extensions.has(EXTENSION.extendedMasterSecret)
    ? extendedMasterSecret(hash, shared, server.transcript.digest(hash))
    : masterSecret(hash, shared, flight.randoms);
}

async function hearChange({ link }: Server): Promise<void> {
  const { type } = await link.record();
  if (type !== CONTENT.changeCipherSpec) throw wireFault('mitm.wire_unexpected');
}

async function hearFinished(server: Server, { hash }: Suite, master: Uint8Array): Promise<void> {
  const { transcript } = server;
  const message = await hear(server, HANDSHAKE.finished);
  const verifyData = finished12(hash, master, 'client', transcript.digest(hash));
  if (!constantTimeEqual(message.body, verifyData)) throw wireFault('mitm.wire_finished_wrong');
  transcript.add(message.bytes);
}
