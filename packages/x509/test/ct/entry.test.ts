import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { describe, it } from 'node:test';
import { parseSct } from '@assay/x509';
import { entryOf, signedBytes } from '../../src/ct/entry.ts';
import { intermediate, leaf, root } from '../support/chain.ts';
import { mintLog, mintSct, x509Entry } from '../support/ct.ts';
import { parsed } from '../support/mint.ts';

describe('entries of a log', () => {
  it('are the certificate, or its signed part under the digest of the key that issued it', () => {
    const [certificate, issuer] = [parsed(leaf), parsed(intermediate)];
    assert.deepEqual(entryOf(certificate, undefined, 'x509'), { kind: 'x509', certificate: certificate.der });
    const entry = entryOf(certificate, issuer, 'precert');
    assert.ok(entry?.kind === 'precert');
    assert.deepEqual(Buffer.from(entry.issuerKeyHash), hash('sha256', issuer.spki, 'buffer'));
    assert.deepEqual(Buffer.from(entry.tbs), Buffer.from(certificate.tbs));
  });

  it('need the issuer that the certificate names', () => {
    assert.equal(entryOf(parsed(leaf), undefined, 'precert'), undefined);
    assert.equal(entryOf(parsed(leaf), parsed(root), 'precert'), undefined);
  });

  it('are signed as RFC 6962 3.2 lays them out', () => {
    const sct = parseSct(
      mintSct(mintLog(), x509Entry(Uint8Array.of(9)), { timestamp: 258, extensions: Uint8Array.of(5) }),
    );
    assert.ok(sct.kind === 'v1');
    assert.deepEqual(
      [...signedBytes(sct, { kind: 'x509', certificate: Uint8Array.of(9) })],
      [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 1, 9, 0, 1, 5],
    );
    assert.deepEqual(
      [...signedBytes(sct, { kind: 'precert', issuerKeyHash: Uint8Array.of(7, 7), tbs: Uint8Array.of(8) })],
      [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 1, 7, 7, 0, 0, 1, 8, 0, 1, 5],
    );
  });
});
