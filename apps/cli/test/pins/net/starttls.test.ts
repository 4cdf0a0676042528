import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { describe, it } from 'node:test';
import { der } from '@assay/formats';
import { STARTTLS } from '../../../src/pins/net/starttls.ts';
import { inProcess } from '../../support/assay.ts';
import { mint } from '../../support/certificates.ts';
import { conversing, upgrade } from '../../support/listeners.ts';

const root = mint({ subject: 'Test Root' });
const leaf = mint({ subject: 'mail.example.com', issuer: root, names: ['mail.example.com'] });

type Said = Uint8Array | string;

/** What a server says first, and what it answers to what it hears; the last answer is followed by TLS. */
interface Script {
  readonly greeting?: Said;
  readonly answers: readonly (readonly [heard: RegExp, answer: Said])[];
}

const mysqlGreeting = (flags: number) => {
  const body = Buffer.concat([
    Buffer.from([10]),
    Buffer.from('8.4.0\0'),
    Buffer.alloc(4 + 8 + 1),
    Buffer.from([flags & 0xff, flags >> 8]),
    Buffer.alloc(20),
  ]);
  return Buffer.concat([Buffer.from([body.length, 0, 0, 0]), body]);
};

const ldapAnswer = (result: number) =>
  der.sequence(
    der.integer(1),
    der.raw(0x78, Buffer.concat([der.enumerated(result), der.octets(new Uint8Array()), der.octets(new Uint8Array())])),
  );

const FEATURES =
  "<?xml version='1.0'?><stream:stream><stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>";

const SCRIPTS: Readonly<Record<string, Script>> = {
  smtp: {
    greeting: '220-mail.example.com\r\n220 ready\r\n',
    answers: [
      [/^EHLO \S+\r\n$/, '250-mail.example.com\r\n250-SIZE 1\r\n250 STARTTLS\r\n'],
      [/^STARTTLS\r\n$/, '220 go ahead\r\n'],
    ],
  },
  imap: { greeting: '* OK ready\r\n', answers: [[/^a1 STARTTLS\r\n$/, '* CAPABILITY IMAP4\r\na1 OK begin\r\n']] },
  pop3: { greeting: '+OK ready\r\n', answers: [[/^STLS\r\n$/, '+OK begin\r\n']] },
  ftp: { greeting: '220 ready\r\n', answers: [[/^AUTH TLS\r\n$/, '234 begin\r\n']] },
  postgres: { answers: [[/^.{4}.Ò.\/$/s, 'S']] },
  mysql: { greeting: mysqlGreeting(0x0a00), answers: [[/^ .{35}/s, '']] },
  ldap: { answers: [[/1\.3\.6\.1\.4\.1\.1466\.20037/, ldapAnswer(0)]] },
  xmpp: {
    answers: [
      [/to='mail\.example\.com' xmlns='jabber:client'/, FEATURES],
      [/<starttls/, '<proceed/>'],
    ],
  },
  'xmpp-server': {
    answers: [
      [/xmlns='jabber:server'/, FEATURES],
      [/<starttls/, "<proceed xmlns='x'></proceed>"],
    ],
  },
};

const MYSQL_REQUEST = 36;

function play(socket: Socket, { greeting, answers }: Script): void {
  const left = [...answers];
  if (greeting !== undefined) socket.write(greeting);
  const onData = (chunk: Buffer) => {
    const [next] = left.splice(0, 1);
    if (next === undefined || !next[0].test(chunk.toString('latin1'))) return socket.destroy();
    const goOn = () => {
      socket.off('data', onData);
      // MySQL's client goes on without an answer, so that its first TLS record may come along.
      if (next[1].length === 0) socket.pause().unshift(chunk.subarray(MYSQL_REQUEST));
      upgrade(socket, [leaf, root]);
    };
    if (left.length > 0) socket.write(next[1]);
    else if (next[1].length > 0) socket.write(next[1], goOn);
    else goOn();
    return undefined;
  };
  socket.on('data', onData);
}

const ask = (protocol: string, address: string) =>
  inProcess(['pins', 'get', 'mail.example.com', '--starttls', protocol, '--connect', address, '--timeout', '5']);

describe('conversations before TLS', { concurrency: true }, () => {
  for (const protocol of Object.keys(STARTTLS)) {
    it(`${protocol} leads to the chain`, async () => {
      const script = SCRIPTS[protocol];
      assert.ok(script !== undefined, 'a script for each protocol');
      const { code, stdout, stderr } = await ask(protocol, await conversing((socket) => play(socket, script)));
      assert.equal(code, 0, stderr);
      assert.ok(stdout.includes(leaf.pin));
    });
  }

  const refusals: readonly (readonly [string, string, Script, RegExp])[] = [
    ['smtp', 'a server without STARTTLS', { greeting: '220 hi\r\n', answers: [[/EHLO/, '250 SIZE\r\n']] }, /250 SIZE/],
    ['smtp', 'a server that is busy', { greeting: '421 busy\r\n', answers: [] }, /421 busy/],
    ['postgres', 'a server without TLS', { answers: [[/./s, 'N']] }, /answer "N"/],
    ['mysql', 'a server without TLS', { greeting: mysqlGreeting(0x0200), answers: [] }, /without TLS/],
    ['mysql', 'a server that is none', { greeting: Buffer.from([2, 0, 0, 0, 9, 9]), answers: [] }, /no greeting/],
    ['ldap', 'a refusal', { answers: [[/./s, ldapAnswer(52)]] }, /result 52/],
    ['ldap', 'garbage', { answers: [[/./s, Buffer.from([0x30, 0x02, 0xff, 0xff])]] }, /no answer of LDAP/],
    ['xmpp', 'a stream without it', { answers: [[/./s, '<stream:features></stream:features>']] }, /without starttls/],
  ];
  for (const [protocol, name, script, found] of refusals) {
    it(`${protocol}: ${name} is told`, async () => {
      // More to say than the client waits for: the last answer is never followed by TLS here.
      const open = { ...script, answers: [...script.answers, [/never/, ''] as const] };
      const { code, stderr } = await ask(protocol, await conversing((socket) => play(socket, open)));
      assert.equal(code, 3);
      assert.match(stderr, found);
    });
  }

  it('refuses bytes that come before TLS began', async () => {
    const injected = {
      greeting: '+OK ready\r\n',
      answers: [
        [/STLS/, '+OK begin\r\n+OK injected\r\n'],
        [/x/, ''],
      ],
    } as const;
    const { code, stderr } = await ask('pop3', await conversing((socket) => play(socket, injected)));
    assert.equal(code, 3);
    assert.match(stderr, /before TLS began/);
  });

  it('knows no other protocol', async () => {
    const { code, stderr } = await ask('gopher', '127.0.0.1:1');
    assert.equal(code, 2);
    assert.match(stderr, /smtp, imap, pop3/);
    assert.equal((await ask('__proto__', '127.0.0.1:1')).code, 2);
  });
});
