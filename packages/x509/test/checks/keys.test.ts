import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { APPLE, GOOGLE_FACTORY, type KeyRule, type PublicKeyAlgorithm, WEB_PKI } from '@assay/x509';
import { assertKeyAllowed } from '../../src/checks/keys.ts';
import { fault, validate, withIntermediate, withLeaf, withRoot } from '../support/chain.ts';
import { ecKeys } from '../support/mint.ts';

const ec = (curve: 'P-256' | 'P-384' | 'P-521' | 'other'): PublicKeyAlgorithm => ({ kind: 'ec', curve });
const rsa = (bits: number, exponent = 65537n): PublicKeyAlgorithm => ({ kind: 'rsa', bits, exponent });

type Row = readonly [
  rules: readonly KeyRule[] | 'any',
  good: readonly PublicKeyAlgorithm[],
  bad: readonly PublicKeyAlgorithm[],
];

const ROWS: Readonly<Record<string, Row>> = {
  'the web': [
    WEB_PKI.keys.leaf,
    [ec('P-256'), ec('P-384'), ec('P-521'), rsa(2048), rsa(8192), rsa(4096, 3n)],
    [ec('other'), rsa(2040), rsa(2052), rsa(8200), rsa(2048, 1n), rsa(2048, 65536n), rsa(2048, (1n << 256n) + 1n)],
  ],
  Apple: [APPLE.keys.issuers, [ec('P-256'), ec('P-384')], [ec('P-521'), rsa(2048)]],
  'Google issuers': [
    GOOGLE_FACTORY.keys.issuers,
    [ec('P-256'), ec('P-384'), rsa(2048), rsa(4096)],
    [ec('P-521'), rsa(1024), rsa(8192), rsa(2048, 3n)],
  ],
};

describe('keys', () => {
  for (const [who, [rules, good, bad]] of Object.entries(ROWS)) {
    it(`of ${who}`, () => {
      for (const key of good) assert.doesNotThrow(() => assertKeyAllowed(key, rules));
      for (const key of [...bad, { kind: 'ed25519' } as const, { kind: 'unsupported', oid: '1.2.3' } as const]) {
        assert.throws(() => assertKeyAllowed(key, rules), fault('x509.key_refused'));
      }
    });
  }

  it('are asked of leaves, intermediates and anchors', () => {
    const weak = { keys: ecKeys('secp256k1') };
    for (const change of [withLeaf(weak), withIntermediate(weak), withRoot(weak)]) {
      assert.throws(() => validate(change), fault('x509.key_refused'));
    }
  });

  it('are all refused by an empty list, and all admitted by "any"', () => {
    assert.throws(() => assertKeyAllowed(ec('P-256'), []), fault('x509.key_refused'));
    assert.doesNotThrow(() => assertKeyAllowed({ kind: 'unsupported', oid: '1.2.3' }, 'any'));
  });
});
