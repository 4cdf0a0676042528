import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHex, toHex } from '@assay/formats';
import { extendedMasterSecret, finished12, keys12, masterSecret, prf } from '../../src/wire/schedule12.ts';
import { SUITES } from '../../src/wire/suites.ts';

test('the pseudorandom function gives the published octets', () => {
  // Posted to the TLS working group's list for RFC 5246, which has no vectors itself (mail-archive tls, msg03416).
  const secret = parseHex('9bbe436ba940f017b17652849a71db35');
  const seed = parseHex('a0ba9f936cda311827a6f796ffd5198c');
  const expected = [
    'e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a',
    '6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab',
    '4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701',
    '87347b66',
  ].join('');
  assert.equal(toHex(prf('sha256', secret, 'test label', seed, 100)), expected);
  assert.equal(toHex(prf('sha256', secret, 'test label', seed, 12)), expected.slice(0, 24));
});

const RANDOMS = { client: new Uint8Array(32).fill(1), server: new Uint8Array(32).fill(2) };

test('keys have the lengths of their suite, and none is used twice', () => {
  for (const suite of SUITES.filter(({ signer }) => signer !== undefined)) {
    const master = masterSecret(suite.hash, new Uint8Array(32), RANDOMS);
    const { client, server } = keys12(suite, master, RANDOMS);
    assert.deepEqual([client.key.length, client.iv.length], [suite.aead.keyLength, 12 - suite.aead.explicitNonce]);
    assert.notDeepEqual(client.key, server.key);
    assert.notDeepEqual(client.iv, server.iv);
  }
});

test('the extended master secret hangs on the transcript, the old one on the randoms', () => {
  const shared = new Uint8Array(32).fill(3);
  const secrets = [
    masterSecret('sha256', shared, RANDOMS),
    masterSecret('sha256', shared, { ...RANDOMS, client: RANDOMS.server }),
    extendedMasterSecret('sha256', shared, RANDOMS.client),
    extendedMasterSecret('sha256', shared, RANDOMS.server),
  ];
  assert.equal(new Set(secrets.map(toHex)).size, secrets.length);
});

test('Finished tells client from server', () => {
  const [master, transcript] = [new Uint8Array(48), new Uint8Array(32)];
  const [ours, theirs] = (['server', 'client'] as const).map((whose) =>
    finished12('sha256', master, whose, transcript),
  );
  assert.equal(ours?.length, 12);
  assert.notDeepEqual(ours, theirs);
});
