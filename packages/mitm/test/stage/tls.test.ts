import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordHeader } from '../../src/wire/protection.ts';
import { extension, number, vector } from '../../src/wire/writer.ts';
import { writeClientHello } from '../wire/support/mini-client.ts';
import { ask, curl, hasCurl, openConnect, secure, Wire } from './support/clients.ts';
import { HOST, openWorld, PATH, SIBLING } from './support/world.ts';

const UNKNOWN = 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY';
const WRONG_PIN = `sha256//${Buffer.alloc(32).toString('base64')}`;

describe('TLS on a stage', () => {
  it('sees a request of a client that trusts it', async (t) => {
    const world = await openWorld(t);
    const answer = await ask(await openConnect(world.port), {
      headers: { authorization: 'secret-value', 'user-agent': 'one' },
    });
    assert.equal(answer.status, 200);
    const connection = await world.only();
    assert.deepEqual(
      { ...connection, records: connection.records.length > 8, hello: connection.hello?.serverName },
      {
        ...{ id: 1, way: 'connect', host: HOST, port: 443, hello: HOST, handshake: 'completed', certificateSent: true },
        ...{ version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', resumed: false, clientCertificate: false },
        ...{ applicationBytes: connection.applicationBytes, settingsOnly: false, records: true, closed: 'fin' },
        ...{ openedAt: connection.openedAt, closedAt: connection.closedAt },
        requests: [
          {
            ...{ protocol: 'http/1.1', method: 'GET', path: PATH, host: HOST, userAgent: 'one', marked: true },
            ...{ headers: ['authorization', 'user-agent', 'host', 'connection'], at: connection.requests[0]?.at },
          },
        ],
      },
    );
    assert.ok(connection.applicationBytes > 100);
    assert.ok(!JSON.stringify(connection).includes('secret-value'));
  });

  it('sees Node close without a word in TLS 1.3, and after the handshake in TLS 1.2', async (t) => {
    const world = await openWorld(t);
    assert.equal((await ask(await openConnect(world.port), { ca: [] })).error, UNKNOWN);
    const maxVersion = 'TLSv1.2';
    assert.equal((await ask(await openConnect(world.port), { ca: [], maxVersion })).error, UNKNOWN);
    const [first, second] = await world.ended(2);
    assert.deepEqual([first?.handshake, first?.certificateSent, first?.alert], ['started', true, undefined]);
    assert.deepEqual([second?.handshake, second?.certificateSent, second?.alert], ['completed', true, undefined]);
    for (const connection of [first, second]) {
      assert.ok(connection?.closed === 'fin' || connection?.closed === 'reset', connection?.closed);
      assert.equal(connection?.applicationBytes, 0);
      assert.deepEqual(connection?.requests, []);
    }
  });

  it('sees the alert of curl for an unknown authority', { skip: !hasCurl }, async (t) => {
    const world = await openWorld(t);
    const proxy = `http://127.0.0.1:${world.port}`;
    assert.equal((await curl(t, '-x', proxy, `https://${HOST}${PATH}`)).status, 60);
    const connection = await world.only();
    assert.deepEqual(connection.alert, { code: 48, name: 'unknown_ca', by: 'wire' });
    assert.deepEqual([connection.handshake, connection.applicationBytes], ['started', 0]);
    assert.deepEqual([connection.version, connection.cipher], ['TLSv1.3', 'TLS_AES_256_GCM_SHA384']);
  });

  for (const version of ['1.2', '1.3']) {
    it(`sees curl refuse a pin after the handshake of TLS ${version}`, { skip: !hasCurl }, async (t) => {
      const world = await openWorld(t);
      const words = ['--tls-max', version, '--cacert', '{ca}', '--pinnedpubkey', WRONG_PIN];
      assert.equal(
        (await curl(t, '-x', `http://127.0.0.1:${world.port}`, ...words, `https://${HOST}${PATH}`)).status,
        90,
      );
      const connection = await world.only();
      assert.deepEqual([connection.handshake, connection.version], ['completed', `TLSv${version}`]);
      assert.deepEqual([connection.applicationBytes, connection.requests, connection.alert], [0, [], undefined]);
      assert.ok(connection.closed === 'fin' || connection.closed === 'reset', connection.closed);
    });
  }

  for (const [protocol, word] of [
    ['h2', '--http2'],
    ['http/1.1', '--http1.1'],
  ] as const) {
    it(`sees what curl -k sends over ${protocol}`, { skip: !hasCurl }, async (t) => {
      const world = await openWorld(t);
      const to = ['--connect-to', `::127.0.0.1:${world.port}`];
      assert.equal((await curl(t, '-k', word, ...to, `https://${HOST}${PATH}`)).status, 0);
      const connection = await world.only();
      assert.deepEqual([connection.way, connection.alpn, connection.closed], ['direct', protocol, 'fin']);
      assert.deepEqual(
        connection.requests.map((one) => [one.protocol, one.marked, one.host]),
        [[protocol, true, HOST]],
      );
      assert.ok(connection.applicationBytes > 0);
      assert.equal(connection.settingsOnly, false);
    });
  }

  it('calls connections without a proxy what it is told to', async (t) => {
    const world = await openWorld(t, { unproxied: 'transparent' });
    await ask(new Wire(world.port));
    assert.deepEqual([(await world.only()).way], ['transparent']);
  });

  it('asks for the forgery of the name in the ClientHello, or else of the one that the proxy was told', async (t) => {
    const asked: string[] = [];
    const forgedFor = (host: string) => {
      asked.push(host);
      throw new Error('nothing is forged here');
    };
    const world = await openWorld(t, { forgedFor });
    for (const [target, servername] of [
      [HOST, SIBLING],
      [SIBLING, ''],
      [SIBLING.toUpperCase(), 'stranger.example.test'],
      ['192.0.2.1', `${HOST}.`],
    ]) {
      await ask(await openConnect(world.port, `${target}:443`), { servername: servername ?? '' });
    }
    await ask(new Wire(world.port), { servername: '' });
    assert.deepEqual(asked, [SIBLING, SIBLING, SIBLING, HOST, HOST]);
    assert.ok((await world.ended(5)).every(({ failure }) => failure === 'stage-failed'));
  });

  it('never forges for a host that nobody named', async (t) => {
    const world = await openWorld(t, { forgedFor: () => assert.fail('asked') });
    for (const wire of [new Wire(world.port), await openConnect(world.port, '192.0.2.1:443')]) {
      assert.ok((await ask(wire, { servername: 'stranger.example.test' })).error);
    }
    const nameless = await ask(await openConnect(world.port, '192.0.2.1:443'), { servername: '' });
    assert.ok(nameless.error);
    for (const connection of await world.ended(3)) {
      assert.deepEqual([connection.stranger, connection.handshake, connection.records], [true, 'none', []]);
    }
  });

  for (const name of [
    `${HOST}..`,
    `.${HOST}`,
    '*.example.test',
    `*.${HOST}`,
    `not-${HOST}`,
    `${HOST}.example.com`,
    `${HOST}:443`,
    'xn--pi-via.example.test',
    '192.0.2.1',
    '::1',
    'fe80::1%lo',
    'localhost',
  ]) {
    it(`never forges for ${name}`, async (t) => {
      const world = await openWorld(t, { forgedFor: () => assert.fail('asked') });
      const serverName = extension(0, vector(2, number(1, 0), vector(2, Buffer.from(name))));
      const hello = writeClientHello({ further: [serverName] });
      const heard = await new Wire(world.port).say(recordHeader(22, hello.length)).say(hello).hearAll();
      const { stranger, failure } = await world.only();
      assert.deepEqual([heard.length, stranger, failure], [0, true, undefined]);
    });
  }

  it('goes on without one word for a client that says something else', async (t) => {
    const world = await openWorld(t);
    const hellos = ['1603010005ff', '160301000401000001', '8080010301', '16030100020102', '16ff'];
    for (const hello of hellos) {
      const heard = await new Wire(world.port).say(Buffer.from(hello.padEnd(40, '0'), 'hex')).hearAll();
      assert.equal(heard.length, 0);
    }
    const all = await world.ended(hellos.length);
    assert.ok(
      all.every(({ failure, applicationBytes }) => failure?.endsWith('-client-hello') && applicationBytes === 0),
    );
  });

  it('waits for the close: a client that stays silent after the handshake has sent nothing', async (t) => {
    const world = await openWorld(t, { timeouts: { handshakeMs: 10_000, idleMs: 1_000 } });
    await secure(await openConnect(world.port));
    const connection = await world.only();
    assert.deepEqual(
      [connection.handshake, connection.closed, connection.applicationBytes],
      ['completed', 'timeout', 0],
    );
  });
});
