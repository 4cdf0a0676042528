import { AssayError, type Random } from '@assay/core';
import type { Connection } from '../observation.ts';
import type { Forged } from '../stage.ts';
import { CONTENT } from './codes.ts';
import { type WireCode, wireFault } from './fault.ts';
import type { Link, Message } from './link.ts';
import type { Plan } from './plan.ts';
import type { Reader } from './reader.ts';
import type { Transcript } from './transcript.ts';

/** What a server of ours learns of a connection; each call brings the members that are new. */
export type WireNews = Partial<
  Pick<
    Connection,
    | 'version'
    | 'cipher'
    | 'alpn'
    | 'certificateSent'
    | 'handshake'
    | 'alert'
    | 'clientCertificate'
    | 'failure'
    | 'resumed'
    | 'wentOn'
  >
>;

export interface OwnOrder {
  readonly forged: Forged;
  readonly random: Random;
  /** Milliseconds from the call to the end of the handshake. */
  readonly handshakeMs: number;
  /** Any octets, the same for all connections that may resume each other's sessions; without them there are none. */
  readonly ticketKeys?: Uint8Array;
  readonly learned: (news: WireNews) => void;
}

/** What the handshakes of all versions have in common. */
export interface Server {
  readonly link: Link;
  readonly order: OwnOrder;
  readonly plan: Plan;
  readonly transcript: Transcript;
  /** Early data goes to the decrypted side, before the handshake is over. */
  readonly bringEarly: (octets: Uint8Array) => void;
}

/** After the handshake. */
export interface Channel {
  /** A handshake message that comes all the same. Throws `mitm.wire_unexpected`. */
  hear(message: Message): void;
}

/** Sends handshake messages in as few records as they need, and counts them in the transcript. */
export function say(server: Server, ...messages: readonly Uint8Array[]): void {
  server.transcript.add(...messages);
  server.link.send(CONTENT.handshake, Buffer.concat(messages));
}

/** The next message, which must be of this type; the transcript is left to the caller. */
export async function hear(server: Server, type: number): Promise<Message> {
  return expected(await server.link.message(), type);
}

/** The first message after ours: whoever says anything but an alert to what was never offered has gone on. */
export async function hearAnswer({ link, order, plan }: Server): Promise<Message> {
  try {
    const message = await link.message();
    if (plan.forbidden) order.learned({ wentOn: true });
    return message;
  } catch (error) {
    // Under the keys of a cipher that this server has not got.
    if (plan.forbidden && isUndecryptable(error)) order.learned({ wentOn: true });
    throw error;
  }
}

function isUndecryptable(error: unknown): boolean {
  return error instanceof AssayError && error.code === ('mitm.wire_undecryptable' satisfies WireCode);
}

export function expected(message: Message, type: number): Message {
  if (message.type !== type) throw wireFault('mitm.wire_unexpected');
  return message;
}

/** Whether the list of a client's Certificate, which the reader has come to, holds one; said to the observer. */
export function noteClientCertificate(server: Server, list: Reader): boolean {
  const clientCertificate = list.vector(3).length > 0;
  list.end();
  server.order.learned({ clientCertificate });
  return clientCertificate;
}
