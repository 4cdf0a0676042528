import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toHex } from '@assay/formats';
import { type Certificate, parseCertificate } from '@assay/x509';
import { createLab } from '../../src/forge/index.ts';
import type { CertificateRecipe, ChainRecipe } from '../../src/recipe.ts';
import { HOST, NOW } from './support/client.ts';

/** Without chance, so that whatever differs was asked for. */
const LAB = createLab({ clock: () => NOW, hosts: [HOST], random: (length) => new Uint8Array(length).fill(7) });

const EXTENSIONS: Readonly<Record<string, string>> = {
  '2.5.29.14': 'own key id',
  '2.5.29.35': 'issuer key id',
  '2.5.29.15': 'key usage',
  '2.5.29.17': 'names',
  '2.5.29.19': 'basic constraints',
  '2.5.29.30': 'name constraints',
  '2.5.29.37': 'purposes',
  '1.3.6.1.5.5.7.1.24': 'must-staple',
  '1.3.6.1.4.1.11129.2.4.2': 'timestamps',
  '1.3.6.1.4.1.11129.2.4.3': 'poison',
  '2.999.1': 'unknown',
};

/** Everything that a certificate says, by part. */
function partsOf(certificate: Certificate): ReadonlyMap<string, string> {
  const { version, serialHex, signatureAlgorithm, issuer, notBefore, notAfter, subject, spki } = certificate;
  return new Map([
    ['version', `${version}`],
    ['serial', serialHex],
    ['algorithm', toHex(signatureAlgorithm.raw)],
    ['issuer', toHex(issuer.raw)],
    ['from', `${notBefore}`],
    ['to', `${notAfter}`],
    ['subject', toHex(subject.raw)],
    ['key', toHex(spki)],
    ...[...certificate.extensions.values()].map(
      ({ oid, critical, value }) => [EXTENSIONS[oid] ?? oid, `${critical} ${toHex(value)}`] as const,
    ),
  ]);
}

async function certificatesOf(chain: ChainRecipe): Promise<readonly Certificate[]> {
  const forged = await LAB.forge({ chain }, { host: HOST, at: NOW });
  return forged.chain.map((der) => parseCertificate(der));
}

async function differences(at: 0 | 1, chain: ChainRecipe): Promise<readonly string[]> {
  const [valid, other] = (await Promise.all([certificatesOf({}), certificatesOf(chain)])).map((all) => all[at]);
  assert.ok(valid && other);
  const [one, two] = [partsOf(valid), partsOf(other)];
  const names = [...new Set([...one.keys(), ...two.keys()])];
  return names.filter((name) => one.get(name) !== two.get(name)).sort();
}

/** What each member of a recipe changes in its certificate, and so all that it changes. */
const CHANGES: readonly (readonly [recipe: CertificateRecipe, parts: readonly string[]])[] = [
  [{}, []],
  [{ key: 'other' }, ['key', 'own key id']],
  [{ key: 'pinned-rsa-2048' }, ['key', 'key usage', 'own key id']],
  [{ commonName: 'other.invalid' }, ['subject']],
  [{ names: ['other.invalid'] }, ['names', 'subject']],
  [{ names: [] }, ['names']],
  [{ addresses: ['192.0.2.1'] }, ['names']],
  [{ furtherNames: 3 }, ['names']],
  [{ notBefore: '+1d' }, ['from']],
  [{ notAfter: '-1d' }, ['to']],
  [{ basicConstraints: 'absent' }, ['basic constraints']],
  [{ keyUsage: 'absent' }, ['key usage']],
  [{ extKeyUsage: ['codeSigning'] }, ['purposes']],
  [{ extKeyUsageCritical: true }, ['purposes']],
  [{ permitted: ['other.invalid'] }, ['name constraints']],
  [{ furtherExcluded: 3 }, ['name constraints']],
  [{ unknownExtension: 'critical' }, ['unknown']],
  [{ mustStaple: true }, ['must-staple']],
  [{ poison: true }, ['poison']],
  [{ timestamps: { by: 'embedded' } }, ['timestamps']],
  [{ timestamps: { by: 'handshake' } }, []],
  [{ hash: 'sha1' }, ['algorithm']],
  [{ signature: 'broken' }, []],
  [{ encoding: 'unsorted-set' }, ['subject']],
  [{ spki: 'unknown-curve' }, ['key']],
];

describe('a member of a recipe', () => {
  for (const [recipe, parts] of CHANGES) {
    it(`${JSON.stringify(recipe)} changes ${parts.join(', ') || 'nothing that the leaf says'}`, async () => {
      assert.deepEqual(await differences(0, { leaf: recipe }), parts);
    });
  }

  it('about the intermediate leaves the leaf as it is', async () => {
    const recipes: readonly CertificateRecipe[] = [{ notAfter: '-1d' }, { keyUsage: ['cRLSign'] }, { pathLength: 0 }];
    for (const intermediate of recipes) {
      assert.deepEqual(await differences(0, { intermediate }), []);
      assert.equal((await differences(1, { intermediate })).length, 1);
    }
  });

  it('about the authority changes keys alone for an impostor, and nobody’s word', async () => {
    assert.deepEqual(await differences(0, { authority: 'impostor' }), []);
    assert.deepEqual(await differences(1, { authority: 'impostor' }), ['key']);
    assert.deepEqual(await differences(0, { authority: 'unknown' }), ['issuer', 'issuer key id']);
  });
});
