import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parsePem, toPem } from '@assay/formats';
import { type AnchorRecord, loadAnchor } from '@assay/x509';
import { describeVectors } from '../../../tools/vectors.ts';
import { fault, intermediate, root } from './support/chain.ts';
import { commonName, type Minted, mintRoot } from './support/mint.ts';

function recordOf(minted: Minted, change: Partial<AnchorRecord> = {}): AnchorRecord {
  const pem = toPem(minted.der, 'CERTIFICATE');
  return { id: 'a', pem, sha256: hash('sha256', minted.der, 'hex'), source: 's', date: '2026-11-21', ...change };
}

describe('loadAnchor', () => {
  it('keeps name, key and origin', () => {
    const anchor = loadAnchor(recordOf(root, { kind: 'test' }));
    assert.deepEqual(anchor.name, new Uint8Array(root.subject));
    assert.deepEqual([anchor.id, anchor.source, anchor.date, anchor.kind], ['a', 's', '2026-11-21', 'test']);
  });

  const twice = toPem(root.der, 'CERTIFICATE').repeat(2);
  const bad: Readonly<Record<string, AnchorRecord>> = {
    'another digest': recordOf(root, { sha256: '0'.repeat(64) }),
    'no digest': recordOf(root, { sha256: '' }),
    'a broken signature': recordOf(mintRoot({ tamper: true })),
    'another issuer name': recordOf(mintRoot({ issuerName: commonName('Other') })),
    'another issuer': recordOf(intermediate),
    'two certificates': recordOf(root, { pem: twice }),
    'no certificate': recordOf(root, { pem: 'x' }),
    'no PEM': recordOf(root, { pem: '' }),
  };
  for (const [what, record] of Object.entries(bad)) {
    it(`refuses ${what}`, () => assert.throws(() => loadAnchor(record), fault('x509.anchor_not_genuine')));
  }
});

describeVectors('the anchor with the right key and an invalid self-signature', (dir) => {
  it('is refused', () => {
    const folder = join(dir, 'attestation/roots/not-genuine');
    const pem = readFileSync(join(folder, 'apple_app_attestation_root_ca_printablestring_variant.pem'), 'utf8');
    const [der = new Uint8Array()] = parsePem(pem, 'CERTIFICATE');
    const record = { id: 'a', pem, sha256: hash('sha256', der, 'hex'), source: 's', date: '2026-11-21' };
    assert.throws(() => loadAnchor(record), fault('x509.anchor_not_genuine'));
  });
});
