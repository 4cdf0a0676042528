import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import type { ChainRecipe } from '../../src/recipe.ts';
import { forge, trust } from './support/client.ts';

/** What a recipe differs in, and the one reason for which a strict client without pins refuses it. */
const REFUSED: readonly (readonly [what: string, chain: ChainRecipe, code: string])[] = [
  ['self-signed, other key', { leaf: { issuer: 'self', key: 'other' } }, 'x509.untrusted'],
  ['self-signed, pinned key', { leaf: { issuer: 'self' } }, 'x509.untrusted'],
  ['unknown authority', { authority: 'unknown' }, 'x509.untrusted'],
  ['impostor of the authority', { authority: 'impostor' }, 'x509.signature_invalid'],
  ['impostor of the intermediate', { send: ['leaf', 'impostor-intermediate'] }, 'x509.signature_invalid'],
  ['no intermediate', { send: ['leaf'] }, 'x509.untrusted'],
  [
    'unknown authority, with the genuine leaf beside it',
    { authority: 'unknown', leaf: { key: 'other' }, send: ['leaf', 'intermediate', 'genuine'] },
    'x509.untrusted',
  ],

  ['another name', { leaf: { names: ['other.invalid'] } }, 'x509.name_mismatch'],
  ['name below the parent', { leaf: { names: ['{parent}'] } }, 'x509.name_mismatch'],
  ['wildcard that spans two labels', { leaf: { names: ['*.{grandparent}'] } }, 'x509.name_mismatch'],
  ['no alternative name', { leaf: { names: [] } }, 'x509.name_mismatch'],
  [
    'right common name, wrong alternative name',
    { leaf: { commonName: '{host}', names: ['other.invalid'] } },
    'x509.name_mismatch',
  ],
  ['an address only', { leaf: { names: [], addresses: ['192.0.2.1', '2001:db8::1'] } }, 'x509.name_mismatch'],

  ['expired leaf', { leaf: { notAfter: '-1d' } }, 'x509.expired'],
  ['leaf of tomorrow', { leaf: { notBefore: '+1d' } }, 'x509.not_yet_valid'],
  ['expired intermediate', { intermediate: { notAfter: '-1d' } }, 'x509.expired'],
  ['intermediate of tomorrow', { intermediate: { notBefore: '+1d' } }, 'x509.not_yet_valid'],

  ['code signing', { leaf: { extKeyUsage: ['codeSigning'] } }, 'x509.purpose_mismatch'],
  ['client authentication', { leaf: { extKeyUsage: ['clientAuth'] } }, 'x509.purpose_mismatch'],
  ['intermediate for clients', { intermediate: { extKeyUsage: ['clientAuth'] } }, 'x509.purpose_mismatch'],
  [
    'intermediate that is no authority',
    { intermediate: { basicConstraints: 'not-ca', keyUsage: ['digitalSignature'] } },
    'x509.not_a_ca',
  ],
  [
    'intermediate without basic constraints',
    { intermediate: { basicConstraints: 'absent', keyUsage: 'absent' } },
    'x509.not_a_ca',
  ],
  ['intermediate that may not sign', { intermediate: { keyUsage: ['cRLSign'] } }, 'x509.key_usage'],
  ['end entity as issuer', { leaf: { issuer: 'end-entity' } }, 'x509.not_a_ca'],
  ['path too long', { depth: 2, upper: { pathLength: 0 } }, 'x509.path_too_long'],
  ['outside the permitted names', { intermediate: { permitted: ['other.invalid'] } }, 'x509.name_constraint_violated'],
  ['an excluded name', { intermediate: { excluded: ['{host}'] } }, 'x509.name_constraint_violated'],
  ['an excluded parent', { intermediate: { excluded: ['{parent}'] } }, 'x509.name_constraint_violated'],

  ['unknown critical extension', { leaf: { unknownExtension: 'critical' } }, 'x509.critical_extension_unknown'],
  [
    'unknown critical extension above',
    { intermediate: { unknownExtension: 'critical' } },
    'x509.critical_extension_unknown',
  ],
  ['poison', { leaf: { poison: true } }, 'x509.critical_extension_unknown'],
  ['broken signature', { leaf: { signature: 'broken' } }, 'x509.signature_invalid'],
  ['broken signature above', { intermediate: { signature: 'broken' } }, 'x509.signature_invalid'],
  ['SHA-1', { leaf: { hash: 'sha1' } }, 'x509.algorithm_refused'],
  ['SHA-1 above', { intermediate: { hash: 'sha1' } }, 'x509.algorithm_refused'],
  ['MD5', { leaf: { hash: 'md5' } }, 'x509.algorithm_refused'],
  ['MD5 above', { depth: 2, intermediate: { hash: 'md5' } }, 'x509.algorithm_refused'],
  ['RSA-1024', { leaf: { key: 'pinned-rsa-1024' } }, 'x509.key_refused'],
  ['RSA-512', { leaf: { key: 'pinned-rsa-512' } }, 'x509.key_refused'],
  ['P-192', { leaf: { key: 'pinned-p192' } }, 'x509.key_refused'],
  ['unknown curve', { leaf: { spki: 'unknown-curve' } }, 'x509.key_refused'],
  ['weak intermediate', { intermediate: { key: 'pinned-rsa-1024' } }, 'x509.key_refused'],
  ['Ed25519', { leaf: { key: 'pinned-ed25519' } }, 'x509.key_refused'],

  ['NUL in the name', { leaf: { names: ['{host}\0.other.invalid'] } }, 'x509.extension_malformed'],
  ['partial wildcard', { leaf: { names: ['{initial}*.{parent}'] } }, 'x509.name_mismatch'],
  ['two wildcards', { leaf: { names: ['*.*.{grandparent}'] } }, 'x509.name_mismatch'],
  ['wildcard within', { leaf: { names: ['www.*.{parent}'] } }, 'x509.name_mismatch'],
  ['common name of another', { leaf: { commonName: 'other.invalid' } }, 'x509.profile_violation'],
  ['leaf that is an authority', { leaf: { basicConstraints: 'ca' } }, 'x509.profile_violation'],
  ['any purpose', { leaf: { extKeyUsage: ['any'] } }, 'x509.purpose_mismatch'],
  ['version 1', { leaf: { version: 1 } }, 'x509.name_mismatch'],
  ['version 2', { leaf: { version: 2 } }, 'x509.name_mismatch'],
  ['version 1 above', { intermediate: { version: 1 } }, 'x509.not_a_ca'],

  ['serial number zero', { leaf: { serial: 'zero' } }, 'x509.serial_invalid'],
  ['negative serial number', { leaf: { serial: 'negative' } }, 'x509.serial_invalid'],
  ['serial number of 21 octets', { leaf: { serial: 'too-long' } }, 'x509.serial_invalid'],
  ['indefinite length', { leaf: { encoding: 'indefinite-length' } }, 'der.length_indefinite'],
  ['length not the shortest', { leaf: { encoding: 'long-length' } }, 'der.length_not_minimal'],
  ['trailing octet', { leaf: { encoding: 'trailing-octet' } }, 'der.trailing_bytes'],
];

/** What a strict client accepts. */
const ACCEPTED: readonly (readonly [what: string, chain: ChainRecipe])[] = [
  ['the valid chain', {}],
  ['backup key', { leaf: { key: 'backup' } }],
  ['unpinned key', { leaf: { key: 'other' } }],
  ['with the root', { send: ['leaf', 'intermediate', 'root'] }],
  ['with an expired root', { send: ['leaf', 'intermediate', 'expired-root'] }],
  ['in another order', { depth: 2, send: ['leaf', 'root', 'upper-intermediate', 'stranger', 'intermediate'] }],
  ['two intermediates', { depth: 2 }],
  ['another intermediate', { leaf: { issuer: 'second-intermediate' } }],
  ['cross-signed', { leaf: { issuer: 'cross-intermediate' } }],
  ['strangers', { strangers: 20 }],
  ['wildcard', { leaf: { names: ['*.{parent}'] } }],
  ['upper case', { leaf: { names: ['{HOST}'] } }],
  ['further names', { leaf: { furtherNames: 1000 } }],
  ['unknown extension', { leaf: { unknownExtension: 'plain' } }],
  ['must-staple', { leaf: { mustStaple: true } }],
  ['names that are permitted', { intermediate: { permitted: ['{parent}'] } }],
  ['empty subject', { leaf: { commonName: '' } }],
  ['SHA-384', { leaf: { hash: 'sha384' } }],
  ['P-384', { leaf: { key: 'pinned-p384' } }],
  ['RSA-2048', { leaf: { key: 'pinned-rsa-2048' } }],
  ['RSA with exponent 3', { leaf: { key: 'pinned-rsa-exponent-3' } }],
  // Our reader does not compare the members of a SET; that they are unsorted is shown below.
  ['unsorted SET', { leaf: { encoding: 'unsorted-set' } }],
  ['path length that suffices', { depth: 2, upper: { pathLength: 1 } }],
];

describe('faults of chains', () => {
  for (const [what, chain, code] of REFUSED) {
    it(`${what}: ${code}`, async () => {
      const forged = await forge({ chain });
      assert.throws(
        () => trust(forged),
        (error) => error instanceof AssayError && assertCode(error, code),
      );
    });
  }
});

function assertCode(error: AssayError, code: string): true {
  assert.equal(error.code, code, JSON.stringify(error.detail));
  return true;
}

describe('chains that are accepted', () => {
  for (const [what, chain] of ACCEPTED) {
    it(what, async () => {
      trust(await forge({ chain }));
    });
  }
});
