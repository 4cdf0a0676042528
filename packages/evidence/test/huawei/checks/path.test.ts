import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { path } from '../../../src/huawei/checks/path.ts';
import { createChainMemory } from '../../../src/index.ts';
import { testFaults } from '../../support/check-faults.ts';
import { commonName, LEAF_EXTENSIONS } from '../../support/mint-certificate.ts';
import { DAY, ecKeys, mint, mintLeaf, NOW, SERVICES } from '../../support/mint-huawei.ts';
import { checking, harmony } from '../../support/run-huawei.ts';

const { leaf, authority, root } = SERVICES.harmony;
const twin = mint({ subject: root.subject, keys: ecKeys() });
const forged = mint({ subject: authority.subject, keys: ecKeys(), issuer: twin });
const below = (above: typeof authority, changes: Parameters<typeof mintLeaf>[2] = {}) =>
  mintLeaf(above, leaf.keys, changes);

describe('path', () => {
  testFaults(path, [
    {
      name: 'a chain of a root with the same name',
      code: 'x509.signature_invalid',
      run: harmony({ leaf: below(forged), above: [forged, twin] }),
    },
    {
      name: 'a chain of a root with the same name that leaves it out',
      code: 'x509.signature_invalid',
      run: checking({ leaf: below(forgedHms()), above: [forgedHms()], alg: 'RS256' }),
    },
    {
      name: 'a leaf past its end',
      code: 'x509.expired',
      run: harmony({ leaf: below(authority, { notAfter: NOW - DAY }) }),
    },
    {
      name: 'a leaf before its beginning',
      code: 'x509.not_yet_valid',
      run: harmony({ leaf: below(authority, { notBefore: NOW + DAY }) }),
    },
    {
      name: 'an authority that is none',
      code: 'x509.not_a_ca',
      run: harmony(withAuthority({ extensions: LEAF_EXTENSIONS })),
    },
    {
      name: 'an authority of another chain',
      code: 'x509.issuer_mismatch',
      run: harmony({ above: [SERVICES.hms.authority, root] }),
    },
    {
      name: 'the chain of the other service',
      code: 'x509.untrusted',
      run: checking({
        flavour: 'harmony',
        alg: 'RS256',
        leaf: SERVICES.hms.leaf,
        above: [SERVICES.hms.authority, SERVICES.hms.root],
      }),
    },
    {
      name: 'a root of nobody',
      code: 'x509.untrusted',
      run: harmony(withAuthority({ issuer: mint({ subject: commonName('Nobody'), keys: ecKeys() }) })),
    },
  ]);

  it('remembers what every device shares, and changes no verdict by it', () => {
    const memory = createChainMemory(8);
    const run = (changes: Parameters<typeof harmony>[0] = {}) =>
      checking({ flavour: 'harmony', ...changes }, {}, { memory })().outcome;
    const forgery = { leaf: below(forged), above: [forged, twin] };
    assert.equal(run(forgery), 'rejected');
    assert.equal(memory.issuers.find(forged.certificate), undefined, 'of a path that does not hold, nothing');
    assert.equal(run(), 'verified');
    for (const { certificate } of [leaf, authority]) assert.ok(memory.issuers.find(certificate));
    assert.deepEqual([run(), run(forgery), run({ above: [forged, root] })], ['verified', 'rejected', 'rejected']);
  });
});

function withAuthority(changes: Partial<Parameters<typeof mint>[0]>) {
  const other = mint({ subject: authority.subject, keys: authority.keys, issuer: root, ...changes });
  return { leaf: below(other), above: [other, root] };
}

function forgedHms() {
  return mint({ subject: SERVICES.hms.authority.subject, keys: leaf.keys, issuer: mintTwinOfHms() });
}

function mintTwinOfHms() {
  return mint({ subject: SERVICES.hms.root.subject, keys: leaf.keys });
}
