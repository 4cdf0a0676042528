import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { TlsRecipe } from '../../src/recipe.ts';
import { CONTENT, HANDSHAKE } from '../../src/wire/codes.ts';
import { GROUPS } from '../../src/wire/groups.ts';
import { CIPHER_NAMES } from '../../src/wire/index.ts';
import { createProtection12 } from '../../src/wire/protection.ts';
import { Reader } from '../../src/wire/reader.ts';
import { finished12, keys12, masterSecret } from '../../src/wire/schedule12.ts';
import { DOWNGRADE_SENTINEL } from '../../src/wire/server-hello.ts';
import { SUITES, type Suite } from '../../src/wire/suites.ts';
import { handshake, vector } from '../../src/wire/writer.ts';
import { makeChain } from './support/chain.ts';
import { goneFrom, MiniClient, serveInMemory, writeClientHello } from './support/mini-client.ts';

const RSA = makeChain(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey);
const { serverHello, certificate, serverKeyExchange, serverHelloDone } = HANDSHAKE;

/** A client that accepts anything, up to its own key exchange. */
async function hearFlight(tls: TlsRecipe) {
  const served = serveInMemory({ tls, chain: RSA.chain, key: RSA.key });
  const client = new MiniClient(served.far);
  const hello = client.sayHello({ versions: [0x0303], ciphers: [0xc02f] });
  const flight = [await client.link.message()];
  while (flight.at(-1)?.type !== serverHelloDone) flight.push(await client.link.message());
  return { served, client, flight, hello };
}

const FLIGHTS = [
  { cipher: 'TLS_RSA_WITH_NULL_SHA256', types: [serverHello, certificate, serverHelloDone] },
  { cipher: 'TLS_RSA_EXPORT_WITH_RC4_40_MD5', types: [serverHello, certificate, serverKeyExchange, serverHelloDone] },
  { cipher: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA', types: [serverHello, certificate, serverKeyExchange, serverHelloDone] },
  { cipher: 'TLS_DH_anon_WITH_AES_128_CBC_SHA', types: [serverHello, serverKeyExchange, serverHelloDone] },
  { cipher: 'TLS_ECDH_anon_WITH_AES_128_CBC_SHA', types: [serverHello, serverKeyExchange, serverHelloDone] },
] as const;

for (const { cipher, types } of FLIGHTS) {
  test(`who goes on after ${cipher} went on`, async () => {
    const { served, client, flight } = await hearFlight({ cipher });
    assert.deepEqual(
      flight.map(({ type }) => type),
      types,
    );
    client.link.send(CONTENT.handshake, handshake(HANDSHAKE.clientKeyExchange, vector(2, new Uint8Array(64))));
    await goneFrom(served);
    const { certificateSent, failure, wentOn } = served.known();
    assert.deepEqual([wentOn, failure], [true, 'mitm.wire_probe_over']);
    assert.equal(certificateSent === true, (types as readonly number[]).includes(certificate));
  });
}

test('who ends after a forbidden answer did not go on', async () => {
  const { served } = await hearFlight({ versions: ['ssl3'] });
  served.far.end();
  await goneFrom(served);
  const { alert, handshake: state, wentOn } = served.known();
  assert.deepEqual([alert, state, wentOn], [undefined, 'started', undefined]);
});

test('every cipher that can be named is answered', async () => {
  for (const cipher of CIPHER_NAMES.filter((name) => name.includes('_WITH_'))) {
    const { served, flight } = await hearFlight({ cipher });
    assert.equal(served.known().cipher, cipher);
    assert.equal(flight[0]?.type, serverHello);
    served.plain.destroy();
  }
});

for (const [downgrade, isThere] of [
  ['with-sentinel', true],
  ['without-sentinel', false],
] as const) {
  test(`the random ${downgrade}`, async () => {
    const { served, flight } = await hearFlight({ downgrade });
    const reader = new Reader(flight[0]?.body ?? new Uint8Array());
    reader.take(2);
    assert.equal(Buffer.from(reader.take(32)).subarray(24).equals(DOWNGRADE_SENTINEL), isThere);
    served.plain.destroy();
  });
}

/** The client's side of the key agreement, and Finished with these octets. */
async function finishWith(makeVerifyData: (master: Uint8Array, transcript: Uint8Array) => Uint8Array) {
  const { served, client, flight, hello } = await hearFlight({ versions: ['tls1.2'] });
  const [random, params] = [flight[0]?.body.slice(2, 34), flight.find(({ type }) => type === serverKeyExchange)?.body];
  assert.ok(random && params);
  const share = X25519.create(randomBytes);
  const exchange = handshake(HANDSHAKE.clientKeyExchange, vector(1, share.publicKey));
  const randoms = { client: hello.slice(6, 38), server: random };
  const master = masterSecret('sha256', share.agree(params.slice(4, 36)), randoms);
  client.transcript.add(...flight.map(({ bytes }) => bytes), exchange);
  client.link.send(CONTENT.handshake, exchange);
  client.link.send(CONTENT.changeCipherSpec, Uint8Array.of(1));
  client.link.writeWith(createProtection12(keys12(SUITE, master, randoms).client));
  const verifyData = makeVerifyData(master, client.transcript.digest('sha256'));
  client.link.send(CONTENT.handshake, handshake(HANDSHAKE.finished, verifyData));
  return { served, client };
}

const X25519 = GROUPS[0] as (typeof GROUPS)[number];
const SUITE = SUITES.find(({ id }) => id === 0xc02f) as Suite;

test('a Finished that fits ends the handshake, a second hello after it is out of place', async () => {
  const { served, client } = await finishWith((master, transcript) =>
    finished12('sha256', master, 'client', transcript),
  );
  client.link.send(CONTENT.handshake, writeClientHello({}));
  await goneFrom(served);
  assert.deepEqual([served.known().handshake, served.known().failure], ['completed', 'mitm.wire_unexpected']);
});

test('a Finished that does not fit ends the connection', async () => {
  const { served } = await finishWith(() => new Uint8Array(12));
  await goneFrom(served);
  assert.deepEqual([served.known().handshake, served.known().failure], ['started', 'mitm.wire_finished_wrong']);
});

test('application data before the end of the handshake is out of place', async () => {
  const { served, client } = await hearFlight({ versions: ['tls1.2'] });
  client.link.send(CONTENT.applicationData, Buffer.from('GET /'));
  await goneFrom(served);
  assert.deepEqual([served.known().failure, served.known().handshake], ['mitm.wire_unexpected', 'started']);
});

test('a change of ciphers before there are keys is refused', async () => {
  const { served, client } = await hearFlight({ versions: ['tls1.2'] });
  client.link.send(CONTENT.changeCipherSpec, Uint8Array.of(1));
  await goneFrom(served);
  assert.deepEqual([served.known().failure, served.known().handshake], ['mitm.wire_unexpected', 'started']);
});
