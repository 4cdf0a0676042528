import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { EXAMPLE } from '../../src/analysis/example.ts';
import { keysIn } from '../../src/analysis/keys.ts';

const [chain, request] = EXAMPLE.map(({ text }) => text);
const sheet = (content: string | Uint8Array) => ({
  name: 'given',
  bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
});
const blocks = (chain ?? '').match(/-----BEGIN[\s\S]+?END CERTIFICATE-----/g) ?? [];
const certificates = blocks.map((pem) => new X509Certificate(pem));
const pinOf = ({ publicKey }: Pick<X509Certificate, 'publicKey'>) =>
  createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('base64');

describe('keys in a paste', () => {
  it('are those of a chain, with role, names and validity', async () => {
    const keys = await keysIn(sheet(`Certificate chain\n${chain}`));
    assert.deepEqual(
      keys.map(({ pin, role }) => [pin, role]),
      certificates.map((certificate, index) => [pinOf(certificate), ['leaf', 'intermediate', 'root'][index]]),
    );
    const [leaf] = keys;
    assert.deepEqual([leaf?.key, leaf?.subject], ['ec P-256', 'CN=api.example.com']);
    const { certificate } = leaf ?? {};
    assert.deepEqual(certificate?.dnsNames, ['api.example.com', 'www.example.com']);
    assert.equal(certificate?.issuer, 'C=US, O=Example Trust, CN=Example Issuing E7');
    assert.equal(certificate?.notAfter, certificates[0]?.validToDate.getTime());
    assert.equal(certificate?.notBefore, certificates[0]?.validFromDate.getTime());
    const digest = certificates[0]?.fingerprint256.replaceAll(':', '') ?? '';
    assert.equal(certificate?.digest, Buffer.from(digest, 'hex').toString('base64'));
  });

  it('are read from DER too, and from requests and public keys', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const der = publicKey.export({ format: 'der', type: 'spki' });
    const roles = async (content: string | Uint8Array) =>
      (await keysIn(sheet(content))).map(({ role, pin }) => `${role} ${pin}`);
    assert.deepEqual(await roles(der), [`public key ${pinOf({ publicKey })}`]);
    assert.deepEqual(await roles(String(publicKey.export({ format: 'pem', type: 'spki' }))), await roles(der));
    assert.match((await roles(certificates[1]?.raw ?? '')).join(), /^intermediate /);
    const [key] = await keysIn(sheet(request ?? ''));
    assert.deepEqual([key?.role, key?.subject, key?.key], ['request', 'CN=api.example.com', 'ec P-256']);
    const body = Buffer.from((request ?? '').replace(/-----[A-Z ]+-----/g, ''), 'base64');
    assert.deepEqual(await roles(body), await roles(request ?? ''));
  });

  it('are none in a configuration', async () => {
    assert.deepEqual(await keysIn(sheet(EXAMPLE[2]?.text ?? '')), []);
  });

  it('of a damaged certificate are refused by name, never by a crash', async () => {
    const der = certificates[0]?.raw ?? Buffer.alloc(0);
    for (let at = 0; at < der.length; at += 1) {
      const damaged = Uint8Array.from(der);
      damaged[at] = (damaged[at] ?? 0) ^ 0x41;
      await keysIn(sheet(damaged)).catch((error: unknown) => assert.ok(error instanceof AssayError, String(error)));
    }
  });
});
