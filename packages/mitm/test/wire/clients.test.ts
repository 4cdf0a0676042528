import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import type { TlsRecipe } from '../../src/recipe.ts';
import { HOST, makeChain } from './support/chain.ts';
import { curl, fileOf, isHere, run, sClient } from './support/clients.ts';
import { listen } from './support/listen.ts';

// Programs that people use, against the server of our own: the handshake completes, and what they say is read.

const P256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ED25519 = generateKeyPairSync('ed25519').privateKey;
const P384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;

const TLS12: TlsRecipe = { versions: ['tls1.2'] };
const TLS13: TlsRecipe = { versions: ['tls1.3'] };

const S_CLIENT = [
  { title: 'TLS 1.3', words: [], tls: TLS13, key: P256, cipher: 'TLS_AES_128_GCM_SHA256' },
  { title: 'TLS 1.3, RSA', words: [], tls: TLS13, key: RSA, cipher: 'TLS_AES_128_GCM_SHA256' },
  { title: 'TLS 1.3, Ed25519', words: [], tls: TLS13, key: ED25519, cipher: 'TLS_AES_128_GCM_SHA256' },
  { title: 'TLS 1.3, P-384', words: [], tls: TLS13, key: P384, cipher: 'TLS_AES_128_GCM_SHA256' },
  {
    title: 'TLS 1.3, P-256 share',
    words: ['-groups', 'P-256'],
    tls: TLS13,
    key: P256,
    cipher: 'TLS_AES_128_GCM_SHA256',
  },
  {
    title: 'TLS 1.3 after HelloRetryRequest',
    words: ['-groups', 'P-521:P-256'],
    tls: TLS13,
    key: P256,
    cipher: 'TLS_AES_128_GCM_SHA256',
  },
  {
    title: 'TLS 1.3, AES-256, after HelloRetryRequest',
    words: ['-groups', 'P-521:X25519', '-ciphersuites', 'TLS_AES_256_GCM_SHA384'],
    tls: TLS13,
    key: P256,
    cipher: 'TLS_AES_256_GCM_SHA384',
  },
  {
    title: 'TLS 1.3, ChaCha20',
    words: ['-ciphersuites', 'TLS_CHACHA20_POLY1305_SHA256'],
    tls: TLS13,
    key: P256,
    cipher: 'TLS_CHACHA20_POLY1305_SHA256',
  },
  { title: 'TLS 1.2', words: ['-tls1_2'], tls: {}, key: P256, cipher: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256' },
  { title: 'TLS 1.2, RSA', words: ['-tls1_2'], tls: {}, key: RSA, cipher: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' },
  {
    title: 'TLS 1.2, PKCS #1',
    words: ['-tls1_2', '-sigalgs', 'RSA+SHA256:ECDSA+SHA256'],
    tls: {},
    key: RSA,
    cipher: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  },
  {
    title: 'TLS 1.2, AES-256',
    words: ['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES256-GCM-SHA384', '-groups', 'P-256'],
    tls: {},
    key: P256,
    cipher: 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  },
  {
    title: 'TLS 1.2, ChaCha20',
    words: ['-tls1_2', '-cipher', 'ECDHE-RSA-CHACHA20-POLY1305'],
    tls: {},
    key: RSA,
    cipher: 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  },
] as const;

for (const { title, words, tls, key, cipher } of S_CLIENT) {
  test(`openssl s_client: ${title}`, async (context) => {
    if (!isHere(context, 'openssl', 'version')) return;
    const listening = await listen(context, { tls }, makeChain(key));
    const { stdout, stderr } = await sClient(context, listening, ...words);
    const seen = await listening.ended;
    assert.match(stdout, /hello/, stderr);
    assert.deepEqual([seen.handshake, seen.cipher, seen.alert], ['completed', cipher, undefined]);
    assert.match(seen.received, /^GET \//);
  });
}

const CURL = [
  { title: 'TLS 1.3', tls: {}, version: 'TLSv1.3' },
  { title: 'TLS 1.2', tls: TLS12, version: 'TLSv1.2' },
  { title: 'TLS 1.2 where 1.3 was offered, unsaid', tls: { downgrade: 'without-sentinel' }, version: 'TLSv1.2' },
] as const;

for (const { title, tls, version } of CURL) {
  test(`curl: ${title}`, async (context) => {
    if (!isHere(context, 'curl', '--version')) return;
    const listening = await listen(context, { tls });
    const { status, stdout, stderr } = await curl(context, listening, '--http1.1');
    assert.deepEqual([status, stdout], [0, 'hello'], stderr);
    const seen = await listening.ended;
    assert.deepEqual([seen.version, seen.alpn, seen.handshake], [version, 'http/1.1', 'completed']);
  });
}

test('curl: an authority that it does not know is told by alert 48', async (context) => {
  if (!isHere(context, 'curl', '--version')) return;
  for (const tls of [TLS12, TLS13]) {
    const listening = await listen(context, { tls });
    await curl(context, { ...listening, chain: makeChain() });
    const seen = await listening.ended;
    assert.deepEqual([seen.alert?.code, seen.handshake, seen.certificateSent], [48, 'started', true]);
  }
});

const PYTHON = `
import socket, ssl, sys
context = ssl.create_default_context(cafile=sys.argv[2])
with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as raw:
    with context.wrap_socket(raw, server_hostname="${HOST}") as tls:
        tls.sendall(b"GET / HTTP/1.1\\r\\n\\r\\n")
        print(tls.version(), tls.recv(1000).decode())
`;

test('python ssl', async (context) => {
  if (!isHere(context, 'python3', '--version')) return;
  for (const [tls, version] of [
    [TLS12, 'TLSv1.2'],
    [TLS13, 'TLSv1.3'],
  ] as const) {
    const { chain, ended, port } = await listen(context, { tls });
    const authority = fileOf(context, 'authority.pem', chain.authorityPem);
    const { stdout, stderr } = await run('python3', ['-c', PYTHON, String(port), authority]);
    assert.match(stdout, new RegExp(`^${version} .*hello`, 's'), stderr);
    assert.equal((await ended).handshake, 'completed');
  }
});

const ALERTS: readonly { title: string; tls: TlsRecipe; alerts: readonly number[] }[] = [
  { title: 'the downgrade sentinel', tls: { downgrade: 'with-sentinel' }, alerts: [47] },
  { title: 'a cipher without encryption', tls: { cipher: 'TLS_RSA_WITH_NULL_SHA256' }, alerts: [47] },
  { title: 'a cipher without a certificate', tls: { cipher: 'TLS_DH_anon_WITH_AES_128_CBC_SHA' }, alerts: [47] },
  { title: 'RC4', tls: { cipher: 'TLS_ECDHE_RSA_WITH_RC4_128_SHA' }, alerts: [47] },
  { title: 'an export cipher', tls: { cipher: 'TLS_RSA_EXPORT_WITH_RC4_40_MD5' }, alerts: [47] },
  { title: 'a cipher of TLS 1.3 that was not offered', tls: { cipher: 'TLS_AES_128_CCM_SHA256' }, alerts: [47] },
  { title: 'SSL 3.0', tls: { versions: ['ssl3'] }, alerts: [70] },
  { title: 'TLS 1.0', tls: { versions: ['tls1.0'] }, alerts: [70] },
  { title: 'TLS 1.1', tls: { versions: ['tls1.1'] }, alerts: [70] },
];

for (const { title, tls, alerts } of ALERTS) {
  test(`openssl s_client refuses ${title}`, async (context: TestContext) => {
    if (!isHere(context, 'openssl', 'version')) return;
    const listening = await listen(context, { tls }, makeChain(RSA));
    await sClient(context, listening, '-no_tls1', '-no_tls1_1');
    const { alert, handshake, wentOn } = await listening.ended;
    assert.ok(alerts.includes(alert?.code ?? -1), JSON.stringify(alert));
    assert.deepEqual([handshake, wentOn], ['started', undefined]);
  });
}
