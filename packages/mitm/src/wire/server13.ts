import { constantTimeEqual } from '@assay/formats';
import type { Offer } from './client-hello.ts';
import { CONTENT, HANDSHAKE } from './codes.ts';
import { wireFault } from './fault.ts';
import { type Agreement, agree, type Flight13, sayFlight13 } from './flight13.ts';
import type { Message } from './link.ts';
import { createProtection13 } from './protection.ts';
import { Reader } from './reader.ts';
import { hearEarlyData, sayTicket } from './resumption.ts';
import { finished13, keys13, nextSecret, type Secrets } from './schedule13.ts';
import { type Channel, expected, hear, hearAnswer, noteClientCertificate, type Server } from './server.ts';
import type { Suite } from './suites.ts';
import { handshake, number } from './writer.ts';

/** A handshake of TLS 1.3 (RFC 8446 2), up to the client's Finished. `hello`: the ClientHello as it came. */
export async function serve13(server: Server, suite: Suite, offer: Offer, hello: Uint8Array): Promise<Channel> {
  const { link, transcript } = server;
  const agreement = await agree(server, suite, offer, hello);
  const flight = link.inOneWrite(() => sayFlight13(server, suite, agreement));
  await hearTheClient(server, suite, agreement, flight);
  link.readWith(createProtection13(keys13(suite, flight.applicationSecrets.client)));
  sayTicket(server, suite, flight.schedule.resumption(transcript.digest(suite.hash)));
  return createChannel(server, suite, flight.applicationSecrets);
}

/** Up to Finished; before it come early data, and the certificate where we asked for one: noted, not verified. */
async function hearTheClient(server: Server, suite: Suite, { session }: Agreement, flight: Flight13): Promise<void> {
  const { link, order, transcript } = server;
  const { client } = flight.handshakeSecrets;
  if (session?.early !== undefined) {
    link.readWith(createProtection13(keys13(suite, session.early)));
    await hearEarlyData(server);
  }
  link.readWith(createProtection13(keys13(suite, client)));
  let message = await hearAnswer(server);
  if (order.forged.tls.clientCertificate === 'request' && session === undefined) {
    await noteCertificate(server, message);
    message = await link.message();
  }
  const verifyData = finished13(suite.hash, client, transcript.digest(suite.hash));
  if (!constantTimeEqual(expected(message, HANDSHAKE.finished).body, verifyData)) {
    throw wireFault('mitm.wire_finished_wrong');
  }
  transcript.add(message.bytes);
}

async function noteCertificate(server: Server, message: Message): Promise<void> {
  server.transcript.add(expected(message, HANDSHAKE.certificate).bytes);
  const reader = new Reader(message.body);
  reader.vector(1);
  if (!noteClientCertificate(server, reader)) return;
  server.transcript.add((await hear(server, HANDSHAKE.certificateVerify)).bytes);
}

/** KeyUpdate (RFC 8446 4.6.3) is the one message that a client may still send. */
function createChannel(server: Server, suite: Suite, first: Secrets): Channel {
  let { client, server: own } = first;
  const next = (secret: Uint8Array): Uint8Array => nextSecret(suite.hash, secret);
  return {
    hear: (message: Message) => {
      expected(message, HANDSHAKE.keyUpdate);
      client = next(client);
      server.link.readWith(createProtection13(keys13(suite, client)));
      if (message.body[0] !== 1) return;
      server.link.send(CONTENT.handshake, handshake(HANDSHAKE.keyUpdate, number(1, 0)));
      own = next(own);
      server.link.writeWith(createProtection13(keys13(suite, own)));
    },
  };
}
