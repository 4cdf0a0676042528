import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { connect } from 'node:tls';
import { createLab } from '../../src/forge/index.ts';
import type { Recipe } from '../../src/recipe.ts';
import { EXTENSION, HANDSHAKE } from '../../src/wire/codes.ts';
import { extension } from '../../src/wire/writer.ts';
import { HOST } from './support/chain.ts';
import { curl, isHere, sClient } from './support/clients.ts';
import { type Listening, listen } from './support/listen.ts';
import { MiniClient, serveInMemory } from './support/mini-client.ts';

// What node:tls will not load or say, said by our own engine and judged by clients.

const LAB = createLab({ clock: Date.now, hosts: [HOST] });

async function stage(context: TestContext, recipe: Recipe): Promise<Listening> {
  const forged = await LAB.forge(recipe, { host: HOST, at: Date.now() });
  const { pem } = LAB.authority;
  return listen(context, forged, { authorityPem: pem, chain: forged.chain, key: forged.key });
}

const REFUSED: readonly { title: string; recipe: Recipe }[] = [
  { title: 'octets after the certificate', recipe: { chain: { leaf: { encoding: 'trailing-octet' } } } },
  { title: 'a curve that nobody knows', recipe: { chain: { leaf: { spki: 'unknown-curve' } } } },
  { title: 'MD5', recipe: { chain: { leaf: { hash: 'md5' } } } },
  { title: 'SHA-1', recipe: { chain: { leaf: { hash: 'sha1' } } } },
  { title: 'a broken signature', recipe: { chain: { leaf: { signature: 'broken' } } } },
];

for (const { title, recipe } of REFUSED) {
  for (const versions of [['tls1.2'], ['tls1.3']] as const) {
    test(`curl refuses ${title} over ${versions}`, async (context) => {
      if (!isHere(context, 'curl', '--version')) return;
      const listening = await stage(context, { ...recipe, tls: { versions } });
      const { status } = await curl(context, listening, '--http1.1');
      const { alert, certificateSent, received, failure } = await listening.ended;
      assert.deepEqual([certificateSent, received, failure], [true, '', undefined]);
      assert.ok(status !== 0 && (alert !== undefined || status === 60), JSON.stringify({ status, alert }));
    });
  }
}

/** Wrong by RFC 5280 4.1 and X.690 10.1; OpenSSL as a client takes them, and the engine is there to tell. */
const TAKEN: readonly { title: string; recipe: Recipe }[] = [
  { title: 'indefinite lengths', recipe: { chain: { leaf: { encoding: 'indefinite-length' } } } },
  { title: 'version 1', recipe: { chain: { leaf: { version: 1 } } } },
];

for (const { title, recipe } of TAKEN) {
  test(`a request behind ${title} is seen`, async (context) => {
    if (!isHere(context, 'curl', '--version')) return;
    const listening = await stage(context, recipe);
    await curl(context, listening, '--http1.1', '--insecure');
    const { handshake, received } = await listening.ended;
    assert.equal(handshake, 'completed');
    assert.match(received, /^GET /);
  });
}

for (const versions of [['tls1.2'], ['tls1.3']] as const) {
  test(`a chain of 100 certificates goes through records of their size over ${versions}`, async (context) => {
    const { chain, ended, port } = await stage(context, { chain: { strangers: 98 }, tls: { versions } });
    assert.equal(chain.chain.length, 100);
    const socket = connect({ port, host: '127.0.0.1', servername: HOST, ca: chain.authorityPem });
    await once(socket, 'secureConnect');
    socket.end('x');
    socket.resume();
    assert.equal((await ended).received, 'x');
  });

  test(`a staple is shown to who asks, over ${versions}`, async (context) => {
    const { chain, ended, port } = await stage(context, { staple: { status: 'revoked' }, tls: { versions } });
    const socket = connect({ port, host: '127.0.0.1', servername: HOST, ca: chain.authorityPem, requestOCSP: true });
    const [response] = await once(socket, 'OCSPResponse');
    assert.ok(response instanceof Uint8Array && response[0] === 0x30);
    socket.destroy();
    await ended;
  });

  test(`a certificate of the client's is noted over ${versions}`, async (context) => {
    for (const shows of [true, false]) {
      const recipe: Recipe = { tls: { versions, clientCertificate: 'request' } };
      const { chain, ended, port } = await stage(context, recipe);
      const identity = shows ? await identityOf() : {};
      const socket = connect({ port, host: '127.0.0.1', servername: HOST, ca: chain.authorityPem, ...identity });
      await once(socket, 'secureConnect');
      socket.end('x');
      socket.resume();
      const { clientCertificate, handshake, received } = await ended;
      assert.deepEqual([clientCertificate, handshake, received], [shows, 'completed', 'x']);
    }
  });
}

const TIMESTAMPS: Recipe = { chain: { leaf: { timestamps: { by: 'handshake' } } } };

test('timestamps are shown in extension 18 of a ServerHello, to who asks', async (context) => {
  if (!isHere(context, 'openssl', 'version')) return;
  const listening = await stage(context, { ...TIMESTAMPS, tls: { versions: ['tls1.2'] } });
  const { stdout, stderr } = await sClient(context, listening, '-serverinfo', '18');
  assert.match(stdout, /BEGIN SERVERINFO FOR EXTENSION 18/, stderr);
});

test('timestamps are shown in extension 18 of a certificate, to who asks', async () => {
  const forged = await LAB.forge(TIMESTAMPS, { host: HOST, at: Date.now() });
  assert.ok(forged.timestamps);
  for (const asks of [true, false]) {
    const { far, plain } = serveInMemory(forged);
    const client = new MiniClient(far);
    client.sayHello({ further: asks ? [extension(EXTENSION.timestamps)] : [] });
    await client.hearServer();
    const certificate = client.heard.find(({ type }) => type === HANDSHAKE.certificate);
    assert.equal(Buffer.from(certificate?.bytes ?? []).includes(Buffer.from(forged.timestamps)), asks);
    plain.destroy();
  }
});

/** Any certificate will do. */
async function identityOf(): Promise<{ cert: string; key: string }> {
  const { chain, key } = await LAB.forge({}, { host: HOST, at: Date.now() });
  const body = Buffer.from(chain[0] ?? []).toString('base64');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${body.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: String(key.export({ format: 'pem', type: 'pkcs8' })),
  };
}

test('node:tls with a pin that does not fit closes without a word after TLS 1.2, before the end of 1.3', async (context) => {
  for (const [versions, handshake] of [
    [['tls1.2'], 'completed'],
    [['tls1.3'], 'started'],
  ] as const) {
    const { chain, ended, port } = await stage(context, { tls: { versions } });
    const checkServerIdentity = () => new Error('another key than is pinned');
    const socket = connect({ port, host: '127.0.0.1', servername: HOST, ca: chain.authorityPem, checkServerIdentity });
    await once(socket, 'error');
    const seen = await ended;
    assert.deepEqual([seen.received, seen.alert, seen.certificateSent], ['', undefined, true]);
    assert.equal(seen.handshake, handshake);
  }
});

test('a protocol that was not offered is answered all the same, where the recipe insists', async (context) => {
  const { chain, ended, port } = await stage(context, { tls: { alpn: ['unheard-of'] } });
  const socket = connect({ port, host: '127.0.0.1', servername: HOST, ca: chain.authorityPem, ALPNProtocols: ['h2'] });
  await once(socket, 'error');
  const { alert, alpn } = await ended;
  assert.ok(alpn === 'unheard-of' && alert !== undefined);
});
