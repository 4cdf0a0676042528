import { constantTimeEqual } from '@assay/formats';
import { type Offer, readOffer } from './client-hello.ts';
import { CONTENT, EXTENSION, HANDSHAKE } from './codes.ts';
import { wireFault } from './fault.ts';
import { GROUPS, type Group } from './groups.ts';
import type { Message } from './link.ts';
import {
  certificate13,
  certificateRequest13,
  certificateVerify,
  encryptedExtensions,
  retryExtensions,
  shareExtensions,
  signedContent13,
} from './messages13.ts';
import { createProtection13 } from './protection.ts';
import { Reader } from './reader.ts';
import { finished13, keys13, nextSecret, Schedule13, type Secrets } from './schedule13.ts';
import { type Channel, expected, hear, hearAnswer, noteClientCertificate, type Server, say } from './server.ts';
import { RETRY_RANDOM, writeServerHello } from './server-hello.ts';
import { chooseScheme, signWith } from './signing.ts';
import type { Suite } from './suites.ts';
import { handshake, number } from './writer.ts';

/** A full handshake of TLS 1.3 (RFC 8446 2), up to the client's Finished. */
export async function serve13(server: Server, suite: Suite, firstOffer: Offer): Promise<Channel> {
  const { link } = server;
  const { offer, group } = await agreeOnGroup(server, suite, firstOffer);
  const { early, late } = link.inOneWrite(() => sayFlight(server, suite, offer, group));
  await hearTheClient(server, suite, early);
  link.readWith(createProtection13(keys13(suite, late.client)));
  return createChannel(server, suite, late);
}

/** Everything from ServerHello to Finished; `early` are the secrets of the handshake, `late` those of what follows. */
function sayFlight(server: Server, suite: Suite, offer: Offer, group: Group): { early: Secrets; late: Secrets } {
  const { link, transcript } = server;
  const schedule = sayHello(server, suite, offer, group);
  const early = schedule.handshake(transcript.digest(suite.hash));
  link.writeWith(createProtection13(keys13(suite, early.server)));
  link.readWith(createProtection13(keys13(suite, early.client)));
  sayWhoWeAre(server, suite, offer, early);
  const late = schedule.application(transcript.digest(suite.hash));
  link.writeWith(createProtection13(keys13(suite, late.server)));
  return { early, late };
}

/** RFC 8446 4.1.4: a client that sent no share of ours is asked for one, once. */
async function agreeOnGroup(server: Server, suite: Suite, offer: Offer): Promise<{ offer: Offer; group: Group }> {
  if (offer.extensions.has(EXTENSION.earlyData)) server.link.skipEarlyData();
  const ready = GROUPS.find(({ id }) => offer.shares.has(id));
  if (ready !== undefined) return { offer, group: ready };
  const group = GROUPS.find(({ id }) => offer.groups.includes(id));
  if (group === undefined) throw wireFault('mitm.wire_no_group');
  server.transcript.fold(suite.hash);
  sayServerHello(server, offer, RETRY_RANDOM, retryExtensions(group.id));
  const second = await hear(server, HANDSHAKE.clientHello);
  server.transcript.add(second.bytes);
  return { offer: readOffer(second.body), group };
}

function sayHello(server: Server, suite: Suite, offer: Offer, group: Group): Schedule13 {
  const share = group.create(server.order.random);
  const shared = share.agree(offer.shares.get(group.id) ?? new Uint8Array());
  sayServerHello(server, offer, server.order.random(32), shareExtensions(group.id, share.publicKey));
  return new Schedule13(suite.hash, shared);
}

/** With a change_cipher_spec for middleboxes, where the client plays that game (RFC 8446 D.4). */
function sayServerHello(server: Server, offer: Offer, random: Uint8Array, extensions: readonly Uint8Array[]): void {
  const { version, cipher } = server.plan;
  say(server, writeServerHello({ version, random, sessionId: offer.sessionId, cipher: cipher.id, extensions }));
  if (offer.sessionId.length > 0) server.link.send(CONTENT.changeCipherSpec, Uint8Array.of(1));
}

/** EncryptedExtensions up to Finished (RFC 8446 4.3, 4.4), in one flight. */
function sayWhoWeAre(server: Server, suite: Suite, offer: Offer, secrets: Secrets): void {
  const { order, plan, transcript } = server;
  const { forged } = order;
  const request = forged.tls.clientCertificate === 'request' ? [certificateRequest13()] : [];
  say(server, encryptedExtensions(plan.alpn), ...request, certificate13(forged, offer));
  order.learned({ certificateSent: true });
  const scheme = chooseScheme(forged.key, offer.signatures, true);
  if (scheme === undefined) throw wireFault('mitm.wire_key_unusable');
  const content = signedContent13(transcript.digest(suite.hash));
  say(server, certificateVerify(scheme, signWith(scheme, forged.key, content)));
  const verifyData = finished13(suite.hash, secrets.server, transcript.digest(suite.hash));
  say(server, handshake(HANDSHAKE.finished, verifyData));
}

/** Finished, before it the certificate where we asked for one: noted, not verified. */
async function hearTheClient(server: Server, suite: Suite, secrets: Secrets): Promise<void> {
  const { link, order, transcript } = server;
  let message = await hearAnswer(server);
  if (order.forged.tls.clientCertificate === 'request') {
    await noteCertificate(server, message);
    message = await link.message();
  }
  const verifyData = finished13(suite.hash, secrets.client, transcript.digest(suite.hash));
  if (!constantTimeEqual(expected(message, HANDSHAKE.finished).body, verifyData)) {
    throw wireFault('mitm.wire_finished_wrong');
  }
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
