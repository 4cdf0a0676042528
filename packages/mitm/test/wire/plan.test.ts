import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import type { TlsRecipe } from '../../src/recipe.ts';
import { type Offer, readOffer } from '../../src/wire/client-hello.ts';
import { versionName } from '../../src/wire/codes.ts';
import { planFor } from '../../src/wire/plan.ts';
import { type HelloOrder, writeClientHello } from './support/mini-client.ts';

const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const RSA = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;

const TINY = generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey;

const offer = (order: HelloOrder): Offer => readOffer(writeClientHello(order).subarray(4));
const MODERN = offer({ versions: [0x0304, 0x0303], ciphers: [0x1303, 0x1301, 0xc02f, 0xc02b] });
const OLD = offer({ versions: [0x0303, 0x0302], ciphers: [0xc030, 0xc02c, 0x002f] });

interface Row {
  readonly title: string;
  readonly tls: TlsRecipe;
  readonly offer: Offer;
  readonly key?: typeof EC;
  readonly said: readonly [version: string, cipher: string, served: boolean, forbidden: boolean];
}

const ROWS: readonly Row[] = [
  { title: 'the best of both', tls: {}, offer: MODERN, said: ['TLSv1.3', 'TLS_AES_128_GCM_SHA256', true, false] },
  {
    title: 'what the client can do',
    tls: {},
    offer: OLD,
    said: ['TLSv1.2', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', true, false],
  },
  {
    title: 'a cipher that fits the key',
    tls: {},
    offer: OLD,
    key: RSA,
    said: ['TLSv1.2', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', true, false],
  },
  {
    title: 'a key that TLS 1.3 has no signatures by',
    tls: {},
    offer: MODERN,
    key: TINY,
    said: ['TLSv1.2', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', true, false],
  },
  {
    title: 'a downgrade',
    tls: { downgrade: 'without-sentinel' },
    offer: MODERN,
    said: ['TLSv1.2', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', true, false],
  },
  {
    title: 'a version that was not offered',
    tls: { versions: ['tls1.0'] },
    offer: MODERN,
    said: ['TLSv1', 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA', false, true],
  },
  {
    title: 'a version that was offered and is not served here',
    tls: { versions: ['tls1.1'] },
    offer: OLD,
    key: RSA,
    said: ['TLSv1.1', 'TLS_RSA_WITH_AES_128_CBC_SHA', false, true],
  },
  {
    title: 'a cipher that was not offered',
    tls: { cipher: 'TLS_RSA_WITH_NULL_SHA256' },
    offer: MODERN,
    said: ['TLSv1.2', 'TLS_RSA_WITH_NULL_SHA256', false, true],
  },
  {
    title: 'a cipher that was not offered, in a version that was not either',
    tls: { cipher: 'TLS_RSA_WITH_NULL_SHA256' },
    offer: offer({ versions: [0x0304] }),
    said: ['TLSv1.2', 'TLS_RSA_WITH_NULL_SHA256', false, true],
  },
  {
    title: 'a cipher of TLS 1.3 to a client that has only 1.2',
    tls: { cipher: 'TLS_AES_128_CCM_SHA256' },
    offer: OLD,
    said: ['TLSv1.3', 'TLS_AES_128_CCM_SHA256', true, true],
  },
];

for (const { title, tls, offer: offered, key, said } of ROWS) {
  test(`says ${title}`, () => {
    const plan = planFor(tls, key ?? EC, offered);
    assert.deepEqual([versionName(plan.version), plan.cipher.name, plan.suite !== undefined, plan.forbidden], said);
  });
}

test('the sentinel is there where the recipe has it', () => {
  assert.equal(planFor({ downgrade: 'with-sentinel' }, EC, MODERN).sentinel, true);
  assert.equal(planFor({ downgrade: 'without-sentinel' }, EC, MODERN).sentinel, false);
});

test('where nothing is common and nothing insisted on, nothing is said', () => {
  assert.throws(() => planFor({}, EC, offer({ versions: [0x0302] })), { code: 'mitm.wire_no_version' });
  assert.throws(() => planFor({}, EC, offer({ ciphers: [0x1304] })), { code: 'mitm.wire_no_cipher' });
  assert.throws(() => planFor({ cipher: 'TLS_FOO' }, EC, MODERN), { code: 'mitm.cipher_unknown' });
});
