import { AssayError } from '@assay/core';
import { concat, DerReader, der, TAG, utf8 } from '@assay/formats';
import { fault } from '../../reasons.ts';
import { unexpected, type Wire } from './wire.ts';

/** How a protocol is asked to go on under TLS. */
export interface StartTls {
  /** Where it listens when the host does not say. */
  readonly port: number;
  /** @throws UpstreamError `cli.host_unreachable` when the peer does not agree */
  readonly talk: (wire: Wire, host: string) => Promise<void>;
}

/** One line, or with `250-` before the last one several (RFC 5321 4.2.1). */
const REPLY = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\n/;
const LINE = /^[^\n]*\n/;

type Step = readonly [send: string, reply: RegExp, agreed: RegExp];

/** Sends each line in its turn and goes on only when the answer is the one that the protocol promises. */
function dialogue(...steps: readonly Step[]): StartTls['talk'] {
  return async (wire) => {
    for (const [send, reply, agreed] of steps) {
      if (send !== '') wire.write(`${send}\r\n`);
      const said = await wire.text(reply);
      if (!agreed.test(said))
        throw unexpected(said.trim().slice(0, 120), send === '' ? 'a greeting' : `yes to ${send}`);
    }
  };
}

/** Every protocol that begins in the clear, one row each. */
export const STARTTLS: Readonly<Record<string, StartTls>> = {
  smtp: {
    port: 25,
    talk: dialogue(
      ['', REPLY, /^220/],
      ['EHLO assay.invalid', REPLY, /^250[- ]STARTTLS\b/im],
      ['STARTTLS', REPLY, /^220/],
    ),
  },
  imap: {
    port: 143,
    talk: dialogue(['', LINE, /^\* OK/i], ['a1 STARTTLS', /(?:^|\n)a1 [^\n]*\n/i, /(?:^|\n)a1 OK/i]),
  },
  pop3: { port: 110, talk: dialogue(['', LINE, /^\+OK/], ['STLS', LINE, /^\+OK/]) },
  ftp: { port: 21, talk: dialogue(['', REPLY, /^220/], ['AUTH TLS', REPLY, /^234/]) },
  postgres: { port: 5432, talk: postgres },
  mysql: { port: 3306, talk: mysql },
  ldap: { port: 389, talk: ldap },
  xmpp: { port: 5222, talk: xmpp('jabber:client') },
  'xmpp-server': { port: 5269, talk: xmpp('jabber:server') },
};

/** @throws RequestError `cli.usage` */
export function startTlsOf(name: string | undefined): StartTls | undefined {
  if (name === undefined) return undefined;
  if (Object.hasOwn(STARTTLS, name)) return STARTTLS[name];
  throw fault('cli.usage', {
    message: 'this protocol is not known',
    expected: Object.keys(STARTTLS).join(', '),
    found: name,
  });
}

/** SSLRequest of PostgreSQL's frontend protocol: its length, and a version that never was. */
async function postgres(wire: Wire): Promise<void> {
  wire.write(Uint8Array.of(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f));
  const answer = (await wire.bytes(1)).toString('latin1');
  if (answer !== 'S') throw unexpected(`the answer ${JSON.stringify(answer)}`, 'S');
}

const CLIENT_SSL = 0x0800;
const CLIENT_PROTOCOL_41 = 0x0200;
const CLIENT_SECURE_CONNECTION = 0x8000;
const UTF8MB4 = 45;

/** Protocol::HandshakeV10 and Protocol::SSLRequest of MySQL. */
async function mysql(wire: Wire): Promise<void> {
  const header = await wire.bytes(4);
  const greeting = await wire.bytes(header.readUIntLE(0, 3));
  const versionEnd = greeting.indexOf(0, 1);
  const flagsAt = versionEnd + 1 + 4 + 8 + 1;
  if (greeting[0] !== 10 || versionEnd < 0 || flagsAt + 2 > greeting.length) throw unexpected('no greeting of MySQL');
  if ((greeting.readUInt16LE(flagsAt) & CLIENT_SSL) === 0) throw unexpected('a server without TLS', 'CLIENT_SSL');
  const request = Buffer.alloc(4 + 32);
  request.writeUIntLE(32, 0, 3);
  request[3] = 1;
  request.writeUInt32LE(CLIENT_SSL | CLIENT_PROTOCOL_41 | CLIENT_SECURE_CONNECTION, 4);
  request.writeUInt32LE(1 << 24, 8);
  request[12] = UTF8MB4;
  wire.write(request);
}

const START_TLS = '1.3.6.1.4.1.1466.20037';
const EXTENDED_REQUEST = 0x77;
const EXTENDED_RESPONSE = 0x78;

/** The StartTLS operation of LDAP (RFC 4511 4.14). */
async function ldap(wire: Wire): Promise<void> {
  wire.write(der.sequence(der.integer(1), der.raw(EXTENDED_REQUEST, der.implicit(0, utf8(START_TLS)))));
  const message = await element(wire);
  try {
    const fields = DerReader.of(message).enter(TAG.SEQUENCE);
    fields.skip();
    const result = fields.enter(EXTENDED_RESPONSE).enumerated();
    if (result !== 0) throw unexpected(`result ${result}`, 'success');
  } catch (error) {
    if (error instanceof AssayError && error.family === 'upstream') throw error;
    throw unexpected('no answer of LDAP');
  }
}

/** One BER element of at most 64 KiB. */
async function element(wire: Wire): Promise<Uint8Array> {
  const head = await wire.bytes(2);
  const [, first = 0] = head;
  if (first < 0x80) return concat(head, await wire.bytes(first));
  const count = first & 0x7f;
  if (count < 1 || count > 4) throw unexpected('no answer of LDAP');
  const length = await wire.bytes(count);
  const size = length.readUIntBE(0, count);
  if (size > 1 << 16) throw unexpected('no answer of LDAP');
  // The length anew, as short as it can be: servers pad it, and DER does not.
  return der.raw(head[0] ?? 0, await wire.bytes(size));
}

/** RFC 6120 5.4.2. */
function xmpp(namespace: string): StartTls['talk'] {
  return async (wire, host) => {
    const streams = "xmlns:stream='http://etherx.jabber.org/streams' version='1.0'";
    wire.write(`<?xml version='1.0'?><stream:stream to='${host}' xmlns='${namespace}' ${streams}>`);
    const features = await wire.text(/<\/stream:features>|<stream:features\s*\/>|<\/stream:stream>/);
    if (!/<starttls[\s/>]/.test(features)) throw unexpected('a stream without starttls', 'starttls');
    wire.write("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    const answer = await wire.text(/<proceed[^>]*>|<failure[^>]*>|<\/stream:stream>/);
    if (!answer.includes('<proceed')) throw unexpected('a refusal', 'proceed');
    if (!/<proceed[^>]*\/>$/.test(answer)) await wire.text(/^<\/proceed>/);
  };
}
