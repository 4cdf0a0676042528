import { randomBytes } from 'node:crypto';
import { type Duplex, duplexPair } from 'node:stream';
import type { Forged } from '../../../src/stage.ts';
import { CONTENT, EXTENSION, HANDSHAKE, VERSION } from '../../../src/wire/codes.ts';
import { GROUPS, type Share } from '../../../src/wire/groups.ts';
import { serveOwn, type WireNews } from '../../../src/wire/index.ts';
import { Link, type Message } from '../../../src/wire/link.ts';
import { createProtection13 } from '../../../src/wire/protection.ts';
import { Reader } from '../../../src/wire/reader.ts';
import { finished13, keys13, Schedule13, type Secrets } from '../../../src/wire/schedule13.ts';
import { SUITES, type Suite } from '../../../src/wire/suites.ts';
import { Transcript } from '../../../src/wire/transcript.ts';
import { extension, handshake, number, vector } from '../../../src/wire/writer.ts';
import { makeChain } from './chain.ts';

/** Our own server in memory: what a client writes to `far` it gets. */
export interface Served {
  readonly far: Duplex;
  readonly plain: Duplex;
  /** What became known so far. */
  known(): WireNews;
  readonly gone: Promise<void>;
}

const CHAIN = makeChain();
export const TICKET_KEYS: Uint8Array = new Uint8Array(48).fill(7);

export function serveInMemory(forged: Partial<Forged> = {}, handshakeMs = 5000): Served {
  const [near, far] = duplexPair();
  let known: WireNews = {};
  const plain = serveOwn(near, {
    forged: { chain: CHAIN.chain, key: CHAIN.key, tls: {}, http: {}, ...forged },
    random: randomBytes,
    handshakeMs,
    ticketKeys: TICKET_KEYS,
    learned: (news) => {
      known = { ...known, ...news };
    },
  });
  const gone = new Promise<void>((resolve) => near.once('close', resolve));
  return { far, plain, known: () => known, gone };
}

/** Reads on without looking, until the server has closed. */
export async function goneFrom({ far, gone }: Served): Promise<void> {
  drain(far);
  await gone;
}

/** From here on nobody looks at what comes. */
export function drain(far: Duplex): void {
  far.removeAllListeners('readable').resume();
}

export interface HelloOrder {
  readonly versions?: readonly number[];
  readonly ciphers?: readonly number[];
  readonly groups?: readonly number[];
  /** Public key by group. */
  readonly shares?: readonly (readonly [number, Uint8Array])[];
  readonly further?: readonly Uint8Array[];
}

const numbers = (all: readonly number[]): Uint8Array[] => all.map((value) => number(2, value));

export function writeClientHello(order: HelloOrder): Uint8Array {
  const shares = (order.shares ?? []).map(([group, key]) => Buffer.concat([number(2, group), vector(2, key)]));
  return handshake(
    HANDSHAKE.clientHello,
    number(2, VERSION['tls1.2']),
    randomBytes(32),
    vector(1),
    vector(2, ...numbers(order.ciphers ?? [0x1301])),
    vector(1, number(1, 0)),
    vector(
      2,
      extension(EXTENSION.supportedVersions, vector(1, ...numbers(order.versions ?? [VERSION['tls1.3']]))),
      extension(EXTENSION.supportedGroups, vector(2, ...numbers(order.groups ?? [0x001d]))),
      extension(EXTENSION.signatureAlgorithms, vector(2, ...numbers([0x0403, 0x0804]))),
      extension(EXTENSION.keyShare, vector(2, ...shares)),
      ...(order.further ?? []),
    ),
  );
}

/** A TLS 1.3 client made of the server's own parts, for what no real client can be brought to do. */
export class MiniClient {
  readonly link: Link;
  readonly alerts: number[] = [];
  /** Messages of the server's flight after its hello. */
  readonly heard: Message[] = [];
  readonly transcript: Transcript = new Transcript();
  readonly suite: Suite = SUITES[0] as Suite;
  handshakeSecrets: Secrets | undefined;
  applicationSecrets: Secrets | undefined;
  private readonly share: Share = (GROUPS[0] as (typeof GROUPS)[number]).create(randomBytes);

  constructor(far: Duplex) {
    this.link = new Link(far, ({ code }) => this.alerts.push(code));
  }

  sayHello(order: HelloOrder = {}): Uint8Array {
    const hello = writeClientHello({ shares: [[0x001d, this.share.publicKey]], ...order });
    this.transcript.add(hello);
    this.link.send(CONTENT.handshake, hello);
    return hello;
  }

  /** Reads the server's flight up to Finished; what is written then is under the handshake keys. */
  async hearServer(): Promise<void> {
    const hello = await this.link.message();
    this.transcript.add(hello.bytes);
    const schedule = new Schedule13(this.suite.hash, this.share.agree(shareOf(hello.body)));
    this.handshakeSecrets = schedule.handshake(this.transcript.digest(this.suite.hash));
    this.link.readWith(createProtection13(keys13(this.suite, this.handshakeSecrets.server)));
    for (let type = 0; type !== HANDSHAKE.finished; ) {
      const message = await this.link.message();
      this.transcript.add(message.bytes);
      this.heard.push(message);
      type = message.type;
    }
    this.applicationSecrets = schedule.application(this.transcript.digest(this.suite.hash));
    this.link.readWith(createProtection13(keys13(this.suite, this.applicationSecrets.server)));
    this.link.writeWith(createProtection13(keys13(this.suite, this.handshakeSecrets.client)));
  }

  /** Ends the handshake; `verifyData` instead of the right one. */
  finish(verifyData?: Uint8Array): void {
    const { client } = this.handshakeSecrets as Secrets;
    const right = finished13(this.suite.hash, client, this.transcript.digest(this.suite.hash));
    this.link.send(CONTENT.handshake, handshake(HANDSHAKE.finished, verifyData ?? right));
    this.link.writeWith(createProtection13(keys13(this.suite, (this.applicationSecrets as Secrets).client)));
  }
}

/** The public key in the last extension of a ServerHello, which is key_share. */
function shareOf(body: Uint8Array): Uint8Array {
  const reader = new Reader(body);
  reader.take(34);
  reader.vector(1);
  reader.take(3);
  return reader.vector(2).slice(-32);
}
