import assert from 'node:assert/strict';
import { constants, createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { test } from 'node:test';
import { chooseScheme, SCHEMES, SCHEMES_BEFORE_12, signWith } from '../../src/wire/signing.ts';

const ec = (namedCurve: string): KeyObject => generateKeyPairSync('ec', { namedCurve }).privateKey;
const rsa = (modulusLength: number): KeyObject => generateKeyPairSync('rsa', { modulusLength }).privateKey;
const P256 = ec('P-256');
const RSA = rsa(1024);
const ALL = SCHEMES.map(({ id }) => id);

const CHOICES: readonly {
  title: string;
  key: KeyObject;
  offered: readonly number[];
  before13?: number;
  in13?: number;
}[] = [
  { title: 'P-256', key: P256, offered: ALL, before13: 0x0403, in13: 0x0403 },
  { title: 'P-384', key: ec('P-384'), offered: ALL, before13: 0x0403, in13: 0x0503 },
  { title: 'P-192, on no list of TLS 1.3', key: ec('prime192v1'), offered: ALL, before13: 0x0403, in13: 0x0403 },
  { title: 'Ed25519', key: generateKeyPairSync('ed25519').privateKey, offered: ALL, before13: 0x0807, in13: 0x0807 },
  { title: 'RSA', key: RSA, offered: ALL, before13: 0x0804, in13: 0x0804 },
  { title: 'RSA for a client without PSS', key: RSA, offered: [0x0401], before13: 0x0401, in13: 0x0804 },
  { title: 'RSA too short for PSS', key: rsa(512), offered: ALL, before13: 0x0401, in13: 0x0401 },
  { title: 'a client that offers nothing that fits', key: P256, offered: [0x0804], before13: 0x0403, in13: 0x0403 },
  { title: 'a key that signs nothing', key: generateKeyPairSync('x25519').privateKey, offered: ALL },
];

for (const { title, key, offered, before13, in13 } of CHOICES) {
  test(`the scheme for ${title}`, () => {
    assert.deepEqual([chooseScheme(key, offered, false)?.id, chooseScheme(key, offered, true)?.id], [before13, in13]);
  });
}

for (const scheme of [...SCHEMES, ...SCHEMES_BEFORE_12]) {
  test(`what scheme ${scheme.id.toString(16)} (${scheme.hash}) signs can be verified`, () => {
    const ofKind = { ec: P256, rsa: RSA, ed25519: generateKeyPairSync('ed25519').privateKey };
    const key = ofKind[scheme.key];
    const content = Buffer.from('content');
    const padding = scheme.pss === true ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
    const reader = { key: createPublicKey(key), ...(scheme.key === 'rsa' ? { padding } : {}) };
    assert.ok(verify(scheme.hash, content, reader, signWith(scheme, key, content)));
  });
}
