import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { loadVendors } from '../../src/vendors/load.ts';
import { VendorsSchema } from '../../src/vendors/schema.ts';

const dir = mkdtempSync(join(tmpdir(), 'assay-vendors-file-'));
after(() => rmSync(dir, { recursive: true, force: true }));

const ports = {
  ...{ clock: () => Date.UTC(2026, 10, 21), random: (length: number) => new Uint8Array(length) },
  fetch: () => Promise.reject(new TypeError('nobody is asked at start')),
};

function write(name: string, text: string | Buffer, mode = 0o600): string {
  writeFileSync(join(dir, name), text);
  chmodSync(join(dir, name), mode);
  return name;
}

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: typeof ec.privateKey) => key.export({ format: 'pem', type: 'pkcs8' });
const spki = (key: typeof ec.publicKey) => key.export({ format: 'der', type: 'spki' }).toString('base64');
const SECRET = '0x4AAA-secret-of-the-captcha';

const account = (change: object = {}) =>
  JSON.stringify({
    ...{ type: 'service_account', project_id: 'example', token_uri: 'https://evil.example.com/' },
    ...{ client_email: 'a@example.iam.gserviceaccount.com', private_key_id: 'k1', private_key: pem(rsa.privateKey) },
    ...change,
  });

const FILES = {
  decryptionKeyFile: write('dec', `${Buffer.alloc(32, 7).toString('base64')}\n`),
  verificationKeyFile: write('ver', spki(ec.publicKey)),
  serviceAccountFile: write('account.json', account()),
  keyFile: write('AuthKey.p8', pem(ec.privateKey)),
  secretFile: write('captcha', `${SECRET}\n`),
};
const { decryptionKeyFile, verificationKeyFile, serviceAccountFile, keyFile, secretFile } = FILES;
const PLAY_KEYS = { package: 'com.example.bank', decryptionKeyFile, verificationKeyFile };
const TEAM = { team: 'TEAM123456', keyId: 'ABC123DEFG', keyFile };
const WHOLE = {
  play: { keys: [PLAY_KEYS], serviceAccountFile, dailyQuota: { 'com.example.other': 500 } },
  apple: [TEAM],
  captcha: { provider: 'recaptcha', secretFile, minScore: 0.7 },
};

const load = (file: unknown, mode?: number) => {
  const vendorsFile = join(dir, write('vendors.json', typeof file === 'string' ? file : JSON.stringify(file), mode));
  return loadVendors({ vendorsFile }, ports);
};

/** A fault of the configuration, with no secret in what is told. */
function faultOf(act: () => unknown): ConfigError {
  let found: unknown;
  assert.throws(act, (error) => {
    found = error;
    return error instanceof ConfigError;
  });
  assert.ok(found instanceof ConfigError);
  const told = JSON.stringify([found.message, found.detail, String(found.cause)]);
  for (const secret of [SECRET, 'PRIVATE KEY', Buffer.alloc(32, 7).toString('base64')]) {
    assert.ok(!told.includes(secret), told);
  }
  return found;
}

describe('services of vendors', () => {
  it('are those that the file names', () => {
    const vendors = load(WHOLE);
    assert.equal(vendors.playKeys('com.example.bank')?.decryptionKey.length, 32);
    assert.equal(vendors.playKeys('com.example.other'), undefined);
    assert.deepEqual(
      [vendors.playQuota?.('com.example.other'), vendors.playQuota?.('com.example.new')],
      [500, undefined],
    );
    assert.equal(vendors.captcha?.provider, 'recaptcha');
    for (const name of ['playDecode', 'appleReceipt', 'deviceCheck', 'appCheckKeys'] as const) assert.ok(vendors[name]);
  });

  it('without a file are the public keys of App Check alone', () => {
    const vendors = loadVendors({ vendorsFile: undefined }, ports);
    assert.deepEqual(
      Object.keys(vendors).filter((name) => !name.startsWith('play')),
      ['appCheckKeys'],
    );
    assert.equal(vendors.playDecode, undefined);
  });

  it('answer for the example of docs/configuration.md', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../docs/configuration.md'), 'utf8');
    const [, example = ''] = /## Services of vendors.*?^```json\n(.*?)^```/ms.exec(page) ?? [];
    assert.ok(VendorsSchema.safeParse(JSON.parse(example)).success);
  });

  const invalid: readonly (readonly [string, unknown])[] = [
    ['no JSON', '{'],
    ['a list', []],
    ['a member twice', '{"apple":[],"apple":[]}'],
    ['an unknown member', { plya: {} }],
    ['Play without anything', { play: {} }],
    ['a quota without an account', { play: { keys: [PLAY_KEYS], dailyQuota: { 'com.example.bank': 1 } } }],
    ['a quota of nothing', { play: { serviceAccountFile, dailyQuota: { 'com.example.bank': 0 } } }],
    ['two pairs of keys for one package', { play: { keys: [PLAY_KEYS, { ...PLAY_KEYS }] } }],
    ['a package that is none', { play: { keys: [{ ...PLAY_KEYS, package: '../bank' }] } }],
    ['no team', { apple: [] }],
    ['a team that is none', { apple: [{ ...TEAM, team: 'team' }] }],
    ['a team twice', { apple: [TEAM, { ...TEAM, keyId: 'XYZ123DEFG' }] }],
    ['a key in the place of its file', { apple: [{ ...TEAM, key: 'PRIVATE KEY' }] }],
    ['another captcha', { captcha: { provider: 'mine', secretFile } }],
    ['a score for everybody', { captcha: { provider: 'recaptcha', secretFile, minScore: 0 } }],
    ['a score where there is none', { captcha: { provider: 'turnstile', secretFile, minScore: 0.5 } }],
  ];
  for (const [name, file] of invalid) {
    it(`are not loaded from ${name}`, () => assert.equal(faultOf(() => load(file)).code, 'server.vendors_invalid'));
  }

  const wrongKeys: readonly (readonly [string, object])[] = [
    ['a file that is not there', { apple: [{ ...TEAM, keyFile: 'nowhere.p8' }] }],
    ['a folder', { apple: [{ ...TEAM, keyFile: '.' }] }],
    ['a large file', { apple: [{ ...TEAM, keyFile: write('large', Buffer.alloc(70_000)) }] }],
    ['a key on another curve', { apple: [{ ...TEAM, keyFile: write('p384', pem(p384.privateKey)) }] }],
    ['half a key', { apple: [{ ...TEAM, keyFile: write('half', pem(ec.privateKey).slice(0, 90)) }] }],
    [
      'a public key',
      { apple: [{ ...TEAM, keyFile: write('public', ec.publicKey.export({ format: 'pem', type: 'spki' })) }] },
    ],
    [
      'an AES key of 16 bytes',
      { play: { keys: [{ ...PLAY_KEYS, decryptionKeyFile: write('short', 'AAAAAAAAAAAAAAAAAAAAAA==') }] } },
    ],
    [
      'an AES key in hex',
      { play: { keys: [{ ...PLAY_KEYS, decryptionKeyFile: write('hex', `${'07'.repeat(32)}x`) }] } },
    ],
    [
      'an RSA key to verify with',
      { play: { keys: [{ ...PLAY_KEYS, verificationKeyFile: write('rsa', spki(rsa.publicKey)) }] } },
    ],
    [
      'a user in the place of a service',
      { play: { serviceAccountFile: write('user', account({ type: 'authorized_user' })) } },
    ],
    [
      'an account with an EC key',
      { play: { serviceAccountFile: write('ecacc', account({ private_key: pem(ec.privateKey) })) } },
    ],
    ['an account that is no JSON', { play: { serviceAccountFile: write('nojson', '{"private_key":"PRIVATE KEY') } }],
    ['a secret on two lines', { captcha: { provider: 'turnstile', secretFile: write('two', `${SECRET}\n${SECRET}`) } }],
    ['an empty secret', { captcha: { provider: 'turnstile', secretFile: write('empty', '\n') } }],
  ];
  for (const [name, file] of wrongKeys) {
    it(`stop a start at ${name}`, () => assert.equal(faultOf(() => load(file)).code, 'server.vendor_key_unreadable'));
  }

  for (const mode of [0o644, 0o640, 0o604, 0o620]) {
    it(`stop a start where others may get at a file (${mode.toString(8)})`, {
      skip: process.platform === 'win32',
    }, () => {
      assert.equal(faultOf(() => load({}, mode)).code, 'server.vendor_key_readable_by_others');
      const open = write(`open-${mode}`, pem(ec.privateKey), mode);
      const fault = faultOf(() => load({ apple: [{ ...TEAM, keyFile: open }] }));
      assert.equal(fault.code, 'server.vendor_key_readable_by_others');
      assert.match(fault.detail.hint ?? '', /^chmod 600 /);
    });
  }
});
