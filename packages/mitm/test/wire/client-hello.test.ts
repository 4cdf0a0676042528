import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOffer } from '../../src/wire/client-hello.ts';
import { EXTENSION } from '../../src/wire/codes.ts';
import { extension, number, vector } from '../../src/wire/writer.ts';
import { writeClientHello } from './support/mini-client.ts';

const body = (...further: readonly Uint8Array[]): Uint8Array => writeClientHello({ further }).subarray(4);

/** A hello as clients sent it before there were extensions. */
const BARE = Buffer.concat([
  number(2, 0x0302),
  new Uint8Array(32),
  vector(1),
  vector(2, number(2, 0x002f)),
  vector(1, number(1, 0)),
]);

test('what is offered is read', () => {
  const protocols = extension(
    EXTENSION.alpn,
    vector(2, vector(1, Buffer.from('h2')), vector(1, Buffer.from('http/1.1'))),
  );
  const offer = readOffer(body(protocols, extension(EXTENSION.statusRequest)));
  assert.deepEqual([offer.versions, offer.ciphers, offer.groups], [[0x0304], [0x1301], [0x001d]]);
  assert.deepEqual([offer.alpn, offer.extensions.has(EXTENSION.statusRequest)], [['h2', 'http/1.1'], true]);
});

test('a hello without extensions offers every version up to its own', () => {
  assert.deepEqual(readOffer(BARE).versions, [0x0300, 0x0301, 0x0302]);
});

test('a session is read as it came', () => {
  const preShared = extension(EXTENSION.preSharedKey, Buffer.from('session'));
  assert.equal(String(Buffer.from(readOffer(body(preShared)).preShared ?? [])), 'session');
});

const MALFORMED = [
  { title: 'an extension twice', bytes: body(extension(5), extension(5)) },
  { title: 'octets after the end', bytes: Buffer.concat([BARE, vector(2), number(1, 0)]) },
  { title: 'an odd list of numbers', bytes: body(extension(EXTENSION.pskModes, vector(1), number(1, 0))) },
  { title: 'a session that is not the last extension', bytes: body(extension(EXTENSION.preSharedKey), extension(5)) },
  { title: 'an empty list', bytes: body(extension(EXTENSION.pskModes, vector(1))) },
  { title: 'an empty share', bytes: writeClientHello({ shares: [[0x001d, new Uint8Array()]] }).subarray(4) },
  { title: 'nothing', bytes: new Uint8Array() },
];

for (const { title, bytes } of MALFORMED) {
  test(`${title} is refused`, () => {
    assert.throws(() => readOffer(bytes), { code: 'mitm.wire_malformed' });
  });
}
