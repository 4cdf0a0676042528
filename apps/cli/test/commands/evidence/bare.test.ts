import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseBase64 } from '@assay/formats';
import { assay, createFolder, inProcess } from '../../support/assay.ts';
import {
  ANDROID_ROOT,
  APPLE_ROOT,
  AT,
  androidEvidence,
  appleEvidence,
  assertionEvidence,
} from '../../support/evidence.ts';

const [{ document, pem }, apple, assertion] = await Promise.all([
  androidEvidence(),
  appleEvidence(),
  assertionEvidence(),
]);

const chain = document.chain.map(parseBase64);
const attestation = Buffer.from(apple.attestationObject, 'base64');
const challenge = document.challenge.utf8;
const wrapped = (text: string, width: number) => `${text.match(new RegExp(`.{1,${width}}`, 'g'))?.join('\r\n')}\r\n`;

/** Evidence alone, in every form that it comes in. */
const CHAINS = {
  pem,
  list: JSON.stringify(document.chain),
  der: Buffer.concat(chain),
  'der in base64': Buffer.concat(chain).toString('base64'),
};
const ATTESTATIONS = {
  bytes: attestation,
  base64: apple.attestationObject,
  'base64 in lines': wrapped(apple.attestationObject, 76),
  base64url: attestation.toString('base64url'),
  hex: attestation.toString('hex'),
  'hex in lines': wrapped(attestation.toString('hex').toUpperCase(), 60),
};
const KEYS = {
  'key.pem': assertion.key.export({ type: 'spki', format: 'pem' }).toString(),
  'key.jwk': JSON.stringify(assertion.key.export({ format: 'jwk' })),
};

describe('evidence without a document', { concurrency: true }, () => {
  const folder = createFolder({
    ...{ 'android-root.pem': ANDROID_ROOT, 'apple-root.pem': APPLE_ROOT, 'chain.pem': pem, ...KEYS },
    'no-key.pem': 'hunter2',
    'assertion.bin': Buffer.from(assertion.assertionObject, 'base64'),
    'receipt.bin': Uint8Array.from([0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02, 0]),
    'truncated.der': Buffer.concat(chain).subarray(0, 300),
  });
  const file = (name: string) => join(folder, name);
  const verify = (args: readonly string[], stdin: string | Uint8Array = '') =>
    inProcess(['evidence', 'verify', ...args, '--json'], { stdin });

  const android = ['--trust', file('android-root.pem'), '--challenge', `utf8:${challenge}`, '--at', AT];
  for (const [form, stdin] of Object.entries(CHAINS)) {
    it(`takes a chain as ${form} from stdin`, async () => {
      const args = ['-', ...android, '--package', document.expectedPackage];
      const { code, stdout, stderr } = await verify(args, stdin);
      assert.equal(code, 0, stdout + stderr);
    });
  }

  const ios = ['--app', apple.appId, '--key-id', apple.keyId, '--client-data-hash', apple.clientDataHash, '--at', AT];
  for (const [form, stdin] of Object.entries(ATTESTATIONS)) {
    it(`takes an attestation as ${form} from stdin`, async () => {
      const { code, stdout, stderr } = await verify(['-', '--trust', file('apple-root.pem'), ...ios], stdin);
      assert.equal(code, 0, stdout + stderr);
    });
  }

  for (const key of Object.keys(KEYS)) {
    it(`checks an assertion with the stored key in ${key}`, async () => {
      const args = ['--key', file(key), '--app', assertion.appId, '--client-data', `utf8:${assertion.clientData}`];
      const last = await verify([file('assertion.bin'), ...args, '--counter', '0']);
      assert.equal(last.code, 0, last.stdout);
      const replayed = await verify([file('assertion.bin'), ...args, '--counter', '1000000']);
      assert.equal(replayed.code, 1, replayed.stdout);
    });
  }

  it('names the key when it is missing, and refuses a file that holds none', async () => {
    const { found } = JSON.parse((await verify([file('assertion.bin')])).stdout);
    assert.match(found, /publicKeyPem is missing: --key FILE/);
    const { code, stdout } = await verify([file('assertion.bin'), '--key', file('no-key.pem')]);
    assert.deepEqual([code, JSON.parse(stdout).code], [5, 'cli.key_unusable']);
    assert.doesNotMatch(stdout, /hunter2/);
  });

  it('tells a receipt from a certificate', async () => {
    const { found } = JSON.parse((await verify([file('receipt.bin')])).stdout);
    assert.match(found, /appId is missing/);
    assert.match(JSON.parse((await verify([file('truncated.der'), '--challenge', ''])).stdout).code, /^der\./);
  });

  it('reads a document on stdin, and the chain that it names beside where it runs', async () => {
    const stdin = JSON.stringify({ ...document, chain: undefined, chainFile: 'chain.pem' });
    const args = ['evidence', 'verify', '-', '--trust', 'android-root.pem'];
    const { code, stdout, stderr } = await assay(folder, args, { stdin });
    assert.deepEqual([code, stderr], [0, ''], stdout);
    assert.match(stdout, /^android-key-attestation {2}stdin\n/);
    const shown = await assay(folder, ['evidence', 'inspect', '-'], { stdin });
    assert.match(shown.stdout, /^android-key-attestation {2}stdin {2}not verified\n/);
  });

  const wrong: readonly (readonly [string, string | Uint8Array, number, string])[] = [
    ['nothing', '', 2, 'cli.not_evidence'],
    ['text', 'hunter2', 2, 'cli.not_evidence'],
    ['an empty list', '[]', 2, 'cli.not_evidence'],
    ['a list of something else', '[1]', 2, 'cli.member_invalid'],
    ['more than anybody sends', new Uint8Array(5 << 20), 3, 'cli.file_unreadable'],
  ];
  for (const [name, stdin, exit, reason] of wrong) {
    for (const verb of ['verify', 'inspect']) {
      it(`${verb} refuses ${name} on stdin`, async () => {
        const { code, stdout } = await inProcess(['evidence', verb, '-', '--json'], { stdin });
        assert.deepEqual([code, JSON.parse(stdout).code], [exit, reason]);
        assert.doesNotMatch(stdout, /hunter2/);
      });
    }
  }
});
