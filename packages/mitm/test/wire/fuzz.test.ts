import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { AssayError } from '@assay/core';
import fc from 'fast-check';
import type { TlsRecipe } from '../../src/recipe.ts';
import { readOffer } from '../../src/wire/client-hello.ts';
import { CONTENT } from '../../src/wire/codes.ts';
import { recordHeader } from '../../src/wire/protection.ts';
import { drain, MiniClient, type Served, serveInMemory, writeClientHello } from './support/mini-client.ts';

const SEED = { seed: 20261121 };

test('a mutated ClientHello is read, or refused with the code for it', () => {
  const genuine = writeClientHello({ shares: [[0x001d, new Uint8Array(32)]] }).subarray(4);
  const mutation = fc.record({ at: fc.nat(genuine.length - 1), octet: fc.nat(255), cut: fc.nat(genuine.length) });
  fc.assert(
    fc.property(mutation, ({ at, octet, cut }) => {
      const bytes = genuine.slice(0, cut % 4 === 0 ? cut : genuine.length);
      if (at < bytes.length) bytes[at] = octet;
      try {
        readOffer(bytes);
      } catch (error) {
        assert.ok(error instanceof AssayError && error.code === 'mitm.wire_malformed', String(error));
      }
    }),
    { ...SEED, numRuns: 2000 },
  );
});

/** Resolves when the server has closed, which it must do by itself once the client has ended. */
async function closes({ far, gone, known }: Served): Promise<void> {
  drain(far);
  far.end();
  await gone;
  assert.notEqual(known().failure, 'mitm.wire_broken');
}

const RECIPES: readonly TlsRecipe[] = [{}, { versions: ['tls1.2'] }, { cipher: 'TLS_RSA_WITH_NULL_SHA256' }];

test('a flight that is noise, or nearly none, ends with the connection', async () => {
  const flight = fc.record({
    tls: fc.constantFrom(...RECIPES),
    type: fc.constantFrom(20, 21, 22, 22, 22, 23, 99),
    noise: fc.uint8Array({ maxLength: 200 }),
    version: fc.constantFrom(0x0303, 0x0304),
    mutated: fc.option(fc.record({ at: fc.nat(150), octet: fc.nat(255) })),
  });
  await fc.assert(
    fc.asyncProperty(flight, async ({ tls, type, noise, version, mutated }) => {
      const served = serveInMemory({ tls }, 300);
      const hello = writeClientHello({ versions: [version], ciphers: [0x1301, 0xc02b], groups: [0x0017, 0x001d] });
      if (mutated !== null) hello[mutated.at] = mutated.octet;
      served.far.write(Buffer.concat([recordHeader(CONTENT.handshake, hello.length), hello]));
      served.far.write(Buffer.concat([recordHeader(type, noise.length), noise]));
      served.plain.on('end', () => served.plain.end()).resume();
      await closes(served);
    }),
    { ...SEED, numRuns: 150 },
  );
});

test('noise after the handshake ends with the connection', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(23), fc.uint8Array({ maxLength: 60 }), async (type, noise) => {
      const served = serveInMemory();
      const client = new MiniClient(served.far);
      client.sayHello();
      await client.hearServer();
      client.finish();
      client.link.send(type, noise);
      served.plain.on('end', () => served.plain.end()).resume();
      await closes(served);
      assert.equal(served.known().handshake, 'completed');
    }),
    { ...SEED, numRuns: 60 },
  );
});

test('who says nothing is given up in the time that was handed in', async () => {
  const served = serveInMemory({}, 30);
  await once(served.plain, 'close');
  assert.deepEqual(served.known(), { handshake: 'started', failure: 'mitm.wire_timeout' });
});

test('who trickles a message in pieces without end is cut off', async () => {
  const served = serveInMemory();
  const link = new MiniClient(served.far).link;
  link.send(CONTENT.handshake, Uint8Array.of(1, 0, 200, 0));
  for (let pieces = 0; pieces < 100; pieces += 1) link.send(CONTENT.handshake, Uint8Array.of(0));
  await closes(served);
  assert.equal(served.known().failure, 'mitm.wire_too_long');
});

test('empty pieces of a message, which could come for ever, are refused', async () => {
  const served = serveInMemory();
  new MiniClient(served.far).link.send(CONTENT.handshake, new Uint8Array());
  await closes(served);
  assert.equal(served.known().failure, 'mitm.wire_unexpected');
});

test('a message longer than any is refused by its header', async () => {
  const served = serveInMemory();
  new MiniClient(served.far).link.send(CONTENT.handshake, Uint8Array.of(1, 255, 255, 255));
  await closes(served);
  assert.equal(served.known().failure, 'mitm.wire_too_long');
});

test('a record longer than any is refused by its header', async () => {
  const served = serveInMemory();
  served.far.write(Uint8Array.of(CONTENT.handshake, 3, 1, 255, 255));
  await closes(served);
  assert.equal(served.known().failure, 'mitm.wire_too_long');
});

test('who trickles a late message in pieces without end is cut off too', async () => {
  const served = serveInMemory();
  const client = new MiniClient(served.far);
  client.sayHello();
  await client.hearServer();
  client.finish();
  client.link.send(CONTENT.handshake, Uint8Array.of(24, 0, 200, 0));
  for (let pieces = 0; pieces < 100; pieces += 1) client.link.send(CONTENT.handshake, Uint8Array.of(0));
  await closes(served);
  assert.equal(served.known().failure, 'mitm.wire_too_long');
});
