import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { toPem } from '@assay/formats';
import type { Recipe } from '../../src/recipe.ts';
import type { Forged } from '../../src/stage.ts';
import { forge, HOST, LAB, NOW } from './support/client.ts';

const isAbsent = spawnSync('openssl', ['version']).status !== 0;
const folder = mkdtempSync(join(tmpdir(), 'assay-forge-'));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const pemOf = (chain: readonly Uint8Array[]) => chain.map((der) => toPem(der, 'CERTIFICATE')).join('');

/** An oracle that shares no code with us: 0, or the number of OpenSSL's error. */
function verify({ chain }: Forged): number {
  const [leaf, ...others] = chain;
  assert.ok(leaf);
  const words = ['verify', '-x509_strict', '-auth_level', '2', '-purpose', 'sslserver', '-verify_hostname', HOST];
  const { stdout, stderr } = spawnSync(
    'openssl',
    [
      ...words,
      ...['-attime', `${NOW / 1000}`, '-CAfile', file('ca.pem', LAB.authority.pem)],
      ...(others.length === 0 ? [] : ['-untrusted', file('others.pem', pemOf(others))]),
      file('leaf.pem', pemOf([leaf])),
    ],
    { encoding: 'utf8' },
  );
  return stdout.trim().endsWith(': OK') ? 0 : Number(/error (\d+) at/.exec(stdout + stderr)?.[1] ?? -1);
}

/** By number, as `man openssl-verify` lists them. */
const VERDICTS: readonly (readonly [what: string, recipe: Recipe, error: number])[] = [
  ['the valid chain', {}, 0],
  ['with timestamps', { chain: { leaf: { timestamps: { by: 'embedded' } } } }, 0],
  ['two intermediates', { chain: { depth: 2 } }, 0],
  ['cross-signed', { chain: { leaf: { issuer: 'cross-intermediate' } } }, 0],
  ['permitted names', { chain: { intermediate: { permitted: ['{host}'] } } }, 0],
  ['RSA leaf', { chain: { leaf: { key: 'pinned-rsa-2048' } } }, 0],
  ['Ed25519 leaf', { chain: { leaf: { key: 'pinned-ed25519' } } }, 0],
  ['self-signed', { chain: { leaf: { issuer: 'self' } } }, 18],
  ['no intermediate', { chain: { send: ['leaf'] } }, 20],
  ['unknown authority', { chain: { authority: 'unknown' } }, 20],
  ['impostor', { chain: { authority: 'impostor' } }, 7],
  ['broken signature', { chain: { leaf: { signature: 'broken' } } }, 7],
  ['not yet valid', { chain: { leaf: { notBefore: '+1d' } } }, 9],
  ['expired', { chain: { leaf: { notAfter: '-1d' } } }, 10],
  ['expired intermediate', { chain: { intermediate: { notAfter: '-1d' } } }, 10],
  ['no authority', { chain: { intermediate: { basicConstraints: 'not-ca', keyUsage: ['digitalSignature'] } } }, 79],
  ['path too long', { chain: { depth: 2, upper: { pathLength: 0 } } }, 25],
  ['other purpose', { chain: { leaf: { extKeyUsage: ['codeSigning'] } } }, 26],
  ['may not sign', { chain: { intermediate: { keyUsage: ['cRLSign'] } } }, 79],
  ['critical extension', { chain: { leaf: { unknownExtension: 'critical' } } }, 34],
  ['outside the permitted names', { chain: { intermediate: { permitted: ['other.invalid'] } } }, 47],
  ['excluded name', { chain: { intermediate: { excluded: ['{host}'] } } }, 48],
  ['other name', { chain: { leaf: { names: ['other.invalid'] } } }, 62],
  ['RSA-1024', { chain: { leaf: { key: 'pinned-rsa-1024' } } }, 66],
  ['SHA-1', { chain: { leaf: { hash: 'sha1' } } }, 68],
  ['MD5', { chain: { leaf: { hash: 'md5' } } }, 68],
];

describe('openssl verify -x509_strict', { skip: isAbsent && 'no openssl here' }, () => {
  for (const [what, recipe, error] of VERDICTS) {
    it(`${what}: ${error}`, async () => {
      assert.equal(verify(await forge(recipe)), error);
    });
  }

  it('reads staples, and verifies who signed them', async () => {
    const { chain, staple } = await forge({ staple: { status: 'revoked' } });
    assert.ok(staple && chain[1]);
    const issuer = file('issuer.pem', pemOf([chain[1]]));
    const words = [
      '-respin',
      file('staple.der', staple),
      '-issuer',
      issuer,
      '-cert',
      file('leaf.pem', pemOf([chain[0] ?? chain[1]])),
    ];
    const { stdout, stderr } = spawnSync(
      'openssl',
      [
        'ocsp',
        ...words,
        '-CAfile',
        file('ca.pem', LAB.authority.pem),
        '-verify_other',
        issuer,
        '-no_nonce',
        '-attime',
        `${NOW / 1000}`,
      ],
      { encoding: 'utf8' },
    );
    assert.match(stderr, /Response verify OK/);
    assert.match(stdout, /: revoked/);
  });
});
