import type { Duplex } from 'node:stream';
import { readOffer } from './client-hello.ts';
import { CONTENT, HANDSHAKE, VERSION, versionName } from './codes.ts';
import { alertFor } from './fault.ts';
import { Link } from './link.ts';
import { Plain } from './plain.ts';
import { planFor } from './plan.ts';
import { type Channel, expected, type OwnOrder } from './server.ts';
import { probe, serve12 } from './server12.ts';
import { serve13 } from './server13.ts';
import { Transcript } from './transcript.ts';

/**
 * Serves one TLS connection without OpenSSL's opinion of what may be served: a test server that misbehaves on purpose,
 * and not one to keep anything safe behind. `stream` begins with the record that holds the ClientHello (what was read of
 * it before is unshifted), as it would for `new tls.TLSSocket(stream, { isServer: true })`.
 *
 * Returns the decrypted side at once: application octets are read from it from the end of the handshake, and what is
 * written to it is encrypted. It emits `end` at the client's close_notify, its alert or FIN; ending it sends close_notify
 * and ends `stream`; destroying it destroys `stream`. A handshake that fails closes both. It never emits `error`: how it
 * went is told to `learned` alone.
 */
export function serveOwn(stream: Duplex, order: OwnOrder): Duplex {
  const link = new Link(stream, (alert) => order.learned({ alert }));
  const plain = new Plain(stream, link);
  for (const side of [stream, plain]) side.on('error', () => undefined);
  void serve(stream, link, plain, order);
  return plain;
}

async function serve(stream: Duplex, link: Link, plain: Plain, order: OwnOrder): Promise<void> {
  const timedOut = (): void => {
    order.learned({ failure: 'mitm.wire_timeout' });
    plain.destroy();
  };
  const done = startTimer(plain, order.handshakeMs, timedOut);
  order.learned({ handshake: 'started' });
  try {
    const channel = await shakeHands(link, plain, order);
    done();
    order.learned({ handshake: 'completed' });
    plain.open();
    await relay(link, plain, channel);
  } catch (error) {
    done();
    conclude(error, { stream, link, plain, order });
  }
}

/** Calls back after so many milliseconds, unless the connection is gone or the returned function was called before. */
function startTimer(plain: Plain, milliseconds: number, late: () => void): () => void {
  const timer = setTimeout(late, milliseconds);
  const stop = (): void => clearTimeout(timer);
  plain.once('close', stop);
  return stop;
}

async function shakeHands(link: Link, plain: Plain, order: OwnOrder): Promise<Channel> {
  const message = expected(await link.message(), HANDSHAKE.clientHello);
  const offer = readOffer(message.body);
  const plan = planFor(order.forged.tls, order.forged.key, offer);
  const transcript = new Transcript();
  transcript.add(message.bytes);
  const { version, cipher, alpn } = plan;
  order.learned({ version: versionName(version), cipher: cipher.name, ...(alpn === undefined ? {} : { alpn }) });
  const bringEarly = (octets: Uint8Array): void => void plain.push(octets);
  const server = { link, order, plan, transcript, bringEarly };
  link.agreeOn(version);
  if (plan.suite === undefined) return probe(server, offer);
  if (version < VERSION['tls1.3']) return serve12(server, plan.suite, offer);
  return serve13(server, plan.suite, offer, message.bytes);
}

/** Application data and late handshake messages, until the client or a fault ends it. */
async function relay(link: Link, plain: Plain, channel: Channel): Promise<never> {
  for (;;) {
    const fragment = await link.record();
    if (fragment.type === CONTENT.applicationData) await plain.bring(fragment.content);
    else for (const message of link.messagesOf(fragment)) channel.hear(message);
  }
}

interface Parties {
  readonly stream: Duplex;
  readonly link: Link;
  readonly plain: Plain;
  readonly order: OwnOrder;
}

/** The client's end of an open connection is passed on; anything else closes it, with an alert where the fault is ours to tell. */
function conclude(error: unknown, { stream, link, plain, order }: Parties): void {
  const [code, alert] = [codeOf(error), alertFor(error)];
  if (alert === undefined && plain.isOpen) {
    plain.push(null);
    return;
  }
  if (alert !== undefined) {
    order.learned({ failure: code });
    link.sendAlert(alert);
  }
  stream.end(() => plain.destroy());
  // Who does not read keeps nothing open either.
  startTimer(plain, order.handshakeMs, () => plain.destroy());
}

/** A fault that is none of the wire's, such as a key that node:crypto cannot sign with, goes by the name it has. */
function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return 'mitm.wire_broken';
}
