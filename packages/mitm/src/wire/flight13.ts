import { type Offer, readOffer } from './client-hello.ts';
import { CONTENT, EXTENSION, HANDSHAKE } from './codes.ts';
import { wireFault } from './fault.ts';
import { GROUPS, type Group } from './groups.ts';
import {
  certificate13,
  certificateRequest13,
  certificateVerify,
  encryptedExtensions,
  retryExtensions,
  sessionExtension,
  shareExtensions,
  signedContent13,
} from './messages13.ts';
import { createProtection13 } from './protection.ts';
import { type Resumption, resume } from './resumption.ts';
import { finished13, keys13, Schedule13, type Secrets } from './schedule13.ts';
import { hear, type Server, say } from './server.ts';
import { RETRY_RANDOM, writeServerHello } from './server-hello.ts';
import { chooseScheme, signWith } from './signing.ts';
import type { Suite } from './suites.ts';
import { handshake } from './writer.ts';

/** What the server goes by when it speaks. */
export interface Agreement {
  readonly offer: Offer;
  readonly group: Group;
  readonly session?: Resumption;
  /** The client was asked for another hello. */
  readonly retried: boolean;
}

/** What the server remembers of its flight. */
export interface Flight13 {
  readonly schedule: Schedule13;
  readonly handshakeSecrets: Secrets;
  readonly applicationSecrets: Secrets;
}

/** RFC 8446 4.1.4: a client that sent no share of ours is asked for one, once; it then goes without its session. */
export async function agree(server: Server, suite: Suite, offer: Offer, hello: Uint8Array): Promise<Agreement> {
  const group = GROUPS.find(({ id }) => offer.shares.has(id));
  const session = group && resume(server, suite, offer, hello);
  if (session?.early === undefined && offer.extensions.has(EXTENSION.earlyData)) server.link.skipEarlyData();
  if (group !== undefined) return { offer, group, retried: false, ...(session && { session }) };
  return askForShare(server, suite, offer);
}

async function askForShare(server: Server, suite: Suite, offer: Offer): Promise<Agreement> {
  const group = GROUPS.find(({ id }) => offer.groups.includes(id));
  if (group === undefined) throw wireFault('mitm.wire_no_group');
  server.transcript.fold(suite.hash);
  sayServerHello(server, offer, RETRY_RANDOM, retryExtensions(group.id));
  pretendChange(server, offer);
  const second = await hear(server, HANDSHAKE.clientHello);
  server.transcript.add(second.bytes);
  return { offer: readOffer(second.body), group, retried: true };
}

/** Everything from ServerHello to Finished. */
export function sayFlight13(server: Server, suite: Suite, agreement: Agreement): Flight13 {
  const { link, transcript } = server;
  const schedule = sayHello(server, suite, agreement);
  const handshakeSecrets = schedule.handshake(transcript.digest(suite.hash));
  link.writeWith(createProtection13(keys13(suite, handshakeSecrets.server)));
  sayWhoWeAre(server, suite, agreement);
  const verifyData = finished13(suite.hash, handshakeSecrets.server, transcript.digest(suite.hash));
  say(server, handshake(HANDSHAKE.finished, verifyData));
  const applicationSecrets = schedule.application(transcript.digest(suite.hash));
  link.writeWith(createProtection13(keys13(suite, applicationSecrets.server)));
  return { schedule, handshakeSecrets, applicationSecrets };
}

function sayHello(server: Server, suite: Suite, { offer, group, session, retried }: Agreement): Schedule13 {
  const { order } = server;
  const share = group.create(order.random);
  const shared = share.agree(offer.shares.get(group.id) ?? new Uint8Array());
  const extensions = [...shareExtensions(group.id, share.publicKey), ...(session ? [sessionExtension()] : [])];
  sayServerHello(server, offer, order.random(32), extensions);
  if (!retried) pretendChange(server, offer);
  if (session !== undefined) order.learned({ resumed: true });
  return new Schedule13(suite.hash, shared, session?.secret);
}

/** A change_cipher_spec for middleboxes, behind our first message, where the client plays that game (RFC 8446 D.4). */
function pretendChange({ link }: Server, { sessionId }: Offer): void {
  if (sessionId.length > 0) link.send(CONTENT.changeCipherSpec, Uint8Array.of(1));
}

function sayServerHello(server: Server, offer: Offer, random: Uint8Array, extensions: readonly Uint8Array[]): void {
  const { version, cipher } = server.plan;
  say(server, writeServerHello({ version, random, sessionId: offer.sessionId, cipher: cipher.id, extensions }));
}

/** EncryptedExtensions up to CertificateVerify (RFC 8446 4.3, 4.4); a session that goes on shows no certificate. */
function sayWhoWeAre(server: Server, suite: Suite, { offer, session }: Agreement): void {
  const { order, plan, transcript } = server;
  const { forged } = order;
  say(server, encryptedExtensions(plan.alpn, session?.early !== undefined));
  if (session !== undefined) return;
  if (forged.tls.clientCertificate === 'request') say(server, certificateRequest13());
  say(server, certificate13(forged, offer));
  order.learned({ certificateSent: true });
  const scheme = chooseScheme(forged.key, offer.signatures, true);
  if (scheme === undefined) throw wireFault('mitm.wire_key_unusable');
  const content = signedContent13(transcript.digest(suite.hash));
  say(server, certificateVerify(scheme, signWith(scheme, forged.key, content)));
}
