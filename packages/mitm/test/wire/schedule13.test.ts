import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHex, toHex } from '@assay/formats';
import { finished13, keys13, Schedule13 } from '../../src/wire/schedule13.ts';
import { SUITES } from '../../src/wire/suites.ts';

// The handshake of RFC 8448 section 3.
const SHARED = parseHex('8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d');
const UP_TO_SERVER_HELLO = parseHex('860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8');
const UP_TO_SERVER_FINISHED = parseHex('9608102a0f1ccc6db6250b7b7e417b1a000eaada3daae4777a7686c9ff83df13');
const SUITE = SUITES.find(({ name }) => name === 'TLS_AES_128_GCM_SHA256');

test('secrets are those of RFC 8448', () => {
  const schedule = new Schedule13('sha256', SHARED);
  const handshake = schedule.handshake(UP_TO_SERVER_HELLO);
  assert.equal(toHex(handshake.client), 'b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21');
  assert.equal(toHex(handshake.server), 'b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38');
  const application = schedule.application(UP_TO_SERVER_FINISHED);
  assert.equal(toHex(application.client), '9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5');
  assert.equal(toHex(application.server), 'a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643');
});

test('keys and vectors are those of RFC 8448', () => {
  assert.ok(SUITE);
  const { client, server } = new Schedule13('sha256', SHARED).handshake(UP_TO_SERVER_HELLO);
  const ours = keys13(SUITE, server);
  assert.deepEqual([toHex(ours.key), toHex(ours.iv)], ['3fce516009c21727d0f2e4e86ee403bc', '5d313eb2671276ee13000b30']);
  const theirs = keys13(SUITE, client);
  assert.deepEqual(
    [toHex(theirs.key), toHex(theirs.iv)],
    ['dbfaa693d1762c5b666af5d950258d01', '5bd3c71b836e0b76bb73265f'],
  );
});

test('Finished depends on the secret and on the transcript', () => {
  const { client, server } = new Schedule13('sha256', SHARED).handshake(UP_TO_SERVER_HELLO);
  const all = [
    finished13('sha256', client, UP_TO_SERVER_FINISHED),
    finished13('sha256', server, UP_TO_SERVER_FINISHED),
    finished13('sha256', client, UP_TO_SERVER_HELLO),
  ];
  assert.equal(new Set(all.map(toHex)).size, all.length);
});
