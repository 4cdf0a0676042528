import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { EXAMPLE } from '../../src/analysis/example.ts';
import { holdsPrivateKey } from '../../src/analysis/private-key.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const locked = { cipher: 'aes-256-cbc', passphrase: 'secret' } as const;
const bytesOf = (text: string) => new TextEncoder().encode(text);

const PRIVATE: readonly (readonly [string, Uint8Array])[] = [
  ['PKCS#8 PEM', bytesOf(String(privateKey.export({ format: 'pem', type: 'pkcs8' })))],
  ['PKCS#8 PEM, encrypted', bytesOf(String(privateKey.export({ format: 'pem', type: 'pkcs8', ...locked })))],
  ['SEC 1 PEM', bytesOf(String(privateKey.export({ format: 'pem', type: 'sec1' })))],
  ['PKCS#1 PEM', bytesOf(String(rsa.export({ format: 'pem', type: 'pkcs1' })))],
  ['PKCS#8 DER', privateKey.export({ format: 'der', type: 'pkcs8' })],
  ['PKCS#8 DER, encrypted', privateKey.export({ format: 'der', type: 'pkcs8', ...locked })],
  ['SEC 1 DER', privateKey.export({ format: 'der', type: 'sec1' })],
  ['PKCS#1 DER', rsa.export({ format: 'der', type: 'pkcs1' })],
  ['JWK', bytesOf(JSON.stringify(privateKey.export({ format: 'jwk' })))],
  ['OpenSSH', bytesOf('-----BEGIN OPENSSH PRIVATE KEY-----\n')],
  ['PuTTY', bytesOf('PuTTY-User-Key-File-3: ssh-ed25519')],
  ['PGP', bytesOf('-----BEGIN PGP PRIVATE KEY BLOCK-----')],
  ['behind a certificate', bytesOf(`${EXAMPLE[0]?.text}\n-----BEGIN PRIVATE KEY-----\n`)],
];

const PUBLIC: readonly (readonly [string, Uint8Array])[] = [
  ...EXAMPLE.map(({ name, text }) => [name, bytesOf(text)] as const),
  ['public key PEM', bytesOf(String(publicKey.export({ format: 'pem', type: 'spki' })))],
  ['public key DER', publicKey.export({ format: 'der', type: 'spki' })],
  ['public JWK', bytesOf(JSON.stringify(publicKey.export({ format: 'jwk' })))],
  ['nothing', new Uint8Array()],
  ['a zero', bytesOf('0')],
];

describe('what holds a private key', () => {
  for (const [name, bytes] of PRIVATE) it(`is told: ${name}`, () => assert.equal(holdsPrivateKey(bytes), true));
  for (const [name, bytes] of PUBLIC) it(`is not: ${name}`, () => assert.equal(holdsPrivateKey(bytes), false));
});
