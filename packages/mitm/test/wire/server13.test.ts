import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { test } from 'node:test';
import { CONTENT, EXTENSION, HANDSHAKE } from '../../src/wire/codes.ts';
import { createProtection13 } from '../../src/wire/protection.ts';
import { keys13, nextSecret, type Secrets } from '../../src/wire/schedule13.ts';
import { extension, handshake, number, vector } from '../../src/wire/writer.ts';
import { goneFrom, MiniClient, serveInMemory } from './support/mini-client.ts';

test('an alert under the handshake keys, as JSSE sends it, is named', async () => {
  const served = serveInMemory();
  const client = new MiniClient(served.far);
  client.sayHello();
  await client.hearServer();
  client.link.sendAlert(46);
  await goneFrom(served);
  assert.deepEqual(served.known(), {
    handshake: 'started',
    version: 'TLSv1.3',
    cipher: 'TLS_AES_128_GCM_SHA256',
    certificateSent: true,
    alert: { code: 46, name: 'certificate_unknown', by: 'endpoint' },
  });
});

test('an alert after the handshake is named, and ends what is read', async () => {
  const served = serveInMemory();
  const client = new MiniClient(served.far);
  client.sayHello();
  await client.hearServer();
  client.finish();
  client.link.sendAlert(42);
  served.plain.resume();
  await once(served.plain, 'end');
  assert.deepEqual([served.known().handshake, served.known().alert?.code], ['completed', 42]);
});

test('a Finished that does not fit is told to the client', async () => {
  const served = serveInMemory();
  const client = new MiniClient(served.far);
  client.sayHello();
  await client.hearServer();
  client.finish(randomBytes(32));
  await assert.rejects(client.link.record(), { code: 'mitm.wire_refused' });
  assert.deepEqual([client.alerts, served.known().failure], [[51], 'mitm.wire_finished_wrong']);
  await goneFrom(served);
});

test('early data is passed over', async () => {
  const served = serveInMemory();
  const client = new MiniClient(served.far);
  client.sayHello({ further: [extension(EXTENSION.earlyData)] });
  for (let records = 0; records < 3; records += 1) client.link.send(CONTENT.applicationData, randomBytes(5000));
  await client.hearServer();
  client.finish();
  client.link.send(CONTENT.applicationData, Buffer.from('late'));
  assert.equal(String((await once(served.plain, 'data'))[0]), 'late');
});

test('octets that cannot be decrypted are no early data where none was announced', async () => {
  const served = serveInMemory();
  const client = new MiniClient(served.far);
  client.sayHello();
  client.link.send(CONTENT.applicationData, randomBytes(50));
  await goneFrom(served);
  assert.equal(served.known().failure, 'mitm.wire_undecryptable');
});

test('keys are updated, ours too where the client wishes it', async () => {
  const served = serveInMemory();
  const client = new MiniClient(served.far);
  client.sayHello();
  await client.hearServer();
  client.finish();
  const { client: own, server } = client.applicationSecrets as Secrets;
  const next = (secret: Uint8Array) => createProtection13(keys13(client.suite, nextSecret('sha256', secret)));
  client.link.send(CONTENT.handshake, handshake(HANDSHAKE.keyUpdate, number(1, 1)));
  client.link.writeWith(next(own));
  client.link.send(CONTENT.applicationData, Buffer.from('after'));
  assert.equal(String((await once(served.plain, 'data'))[0]), 'after');
  served.plain.write('answer');
  assert.equal((await client.link.message()).type, HANDSHAKE.keyUpdate);
  client.link.readWith(next(server));
  assert.equal(String(Buffer.from((await client.link.record()).content)), 'answer');
});

test('who goes on with a cipher that was never offered went on', async () => {
  const served = serveInMemory({ tls: { cipher: 'TLS_CHACHA20_POLY1305_SHA256' } });
  const client = new MiniClient(served.far);
  client.sayHello();
  await client.link.message();
  client.link.send(CONTENT.applicationData, randomBytes(60));
  await goneFrom(served);
  assert.equal(served.known().wentOn, true);
});

const NO_ANSWER = [
  { title: 'no group in common', hello: { groups: [0x001e], shares: [] }, failure: 'mitm.wire_no_group', alert: 40 },
  {
    title: 'a share that is no point',
    hello: { shares: [[0x001d, new Uint8Array(32)]] },
    failure: 'mitm.wire_share_invalid',
    alert: 47,
  },
  { title: 'no cipher in common', hello: { ciphers: [0x1304] }, failure: 'mitm.wire_no_cipher', alert: 40 },
  { title: 'no version in common', hello: { versions: [0x0302] }, failure: 'mitm.wire_no_version', alert: 70 },
] as const;

for (const { title, hello, failure, alert } of NO_ANSWER) {
  test(`${title}: the client is told`, async () => {
    const served = serveInMemory();
    const client = new MiniClient(served.far);
    client.sayHello(hello);
    await assert.rejects(client.link.record(), { code: 'mitm.wire_refused' });
    assert.deepEqual([served.known().failure, client.alerts], [failure, [alert]]);
    assert.equal(served.known().certificateSent, undefined);
    await goneFrom(served);
  });
}

test('a second hello without the share that was asked for', async () => {
  const served = serveInMemory();
  const client = new MiniClient(served.far);
  for (let hellos = 0; hellos < 2; hellos += 1) {
    client.sayHello({ shares: [] });
    if (hellos === 0) await client.link.message();
  }
  await goneFrom(served);
  assert.equal(served.known().failure, 'mitm.wire_share_invalid');
});

test('a certificate that was asked for and is not there is noted', async () => {
  const served = serveInMemory({ tls: { clientCertificate: 'request' } });
  const client = new MiniClient(served.far);
  client.sayHello();
  await client.hearServer();
  const none = handshake(HANDSHAKE.certificate, vector(1), vector(3));
  client.transcript.add(none);
  client.link.send(CONTENT.handshake, none);
  client.finish();
  client.link.send(CONTENT.applicationData, Buffer.from('x'));
  await once(served.plain, 'data');
  assert.deepEqual([served.known().clientCertificate, served.known().handshake], [false, 'completed']);
});

for (const [title, content, isHidden] of [
  ['is one octet long', [1, 1], false],
  ['says 1', [2], false],
  ['is in clear', [1], true],
] as const) {
  test(`a change of ciphers ${title}, or else is refused`, async () => {
    const served = serveInMemory();
    const client = new MiniClient(served.far);
    client.sayHello();
    if (isHidden) await client.hearServer();
    client.link.send(CONTENT.changeCipherSpec, Uint8Array.from(content));
    await goneFrom(served);
    assert.deepEqual([served.known().failure, served.known().handshake], ['mitm.wire_unexpected', 'started']);
  });
}
