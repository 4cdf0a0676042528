import assert from 'node:assert/strict';
import { verify, X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import { DerReader, normaliseBer, TAG } from '@assay/formats';
import { parseCertificate, publicKeyOf } from '@assay/x509';
import type { CertificateRecipe } from '../../src/recipe.ts';
import { forge } from './support/client.ts';

async function encoded(encoding: NonNullable<CertificateRecipe['encoding']>) {
  const { chain } = await forge({ chain: { leaf: { encoding } } });
  const [leaf, intermediate] = chain;
  assert.ok(leaf && intermediate);
  return { leaf, issuer: parseCertificate(intermediate) };
}

/** Whether the issuer signed the certificate, as it is once it is written in DER. */
function isSigned(der: Uint8Array, { issuer }: { readonly issuer: ReturnType<typeof parseCertificate> }): boolean {
  const { tbs, signature } = parseCertificate(der);
  return verify('sha256', tbs, publicKeyOf(issuer), signature);
}

describe('departures from DER', () => {
  it('indefinite length: definite again, the signature holds', async () => {
    const { leaf, issuer } = await encoded('indefinite-length');
    assert.equal(leaf[1], 0x80);
    assert.ok(isSigned(normaliseBer(leaf), { issuer }));
  });

  it('long length: with the shortest one, the signature holds', async () => {
    const { leaf, issuer } = await encoded('long-length');
    assert.deepEqual([...leaf.subarray(0, 4)], [0x30, 0x84, 0, 0]);
    assert.ok(isSigned(Uint8Array.of(0x30, 0x82, ...leaf.subarray(4)), { issuer }));
  });

  it('trailing octet: without it, the signature holds', async () => {
    const { leaf, issuer } = await encoded('trailing-octet');
    assert.ok(isSigned(leaf.subarray(0, -1), { issuer }));
  });

  it('unsorted SET: signed as it is sent', async () => {
    const { leaf, issuer } = await encoded('unsorted-set');
    assert.ok(isSigned(leaf, { issuer }));
    const set = DerReader.of(parseCertificate(leaf).subject.raw).enter(TAG.SEQUENCE).enter(TAG.SET);
    const members = [set.raw(TAG.SEQUENCE), set.raw(TAG.SEQUENCE)];
    assert.ok(set.isEmpty && Buffer.compare(members[0] ?? set.raw(), members[1] ?? set.raw()) > 0);
    assert.match(new X509Certificate(leaf).subject, /CN=api\.example\.test/);
  });

  it('unsorted SET of an issuer: its name is the same in both certificates', async () => {
    const { chain } = await forge({ chain: { intermediate: { encoding: 'unsorted-set' } } });
    const [leaf, intermediate] = chain.map((der) => parseCertificate(der));
    assert.deepEqual(leaf?.issuer.raw, intermediate?.subject.raw);
  });
});
