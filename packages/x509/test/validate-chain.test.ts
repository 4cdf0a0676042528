import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  APPLE,
  createSignatureMemory,
  GOOGLE_FACTORY,
  type Profile,
  parseCrl,
  RFC5280_CLIENT,
  validateChain,
} from '@assay/x509';
import { OID } from '../src/oids.ts';
import { fault, intermediate, leaf, root } from './support/chain.ts';
import {
  anchor,
  ecKeys,
  ext,
  type Minted,
  mintCrl,
  mintIntermediate,
  mintLeaf,
  mintRoot,
  NOW,
  parsed,
} from './support/mint.ts';

const anchors = [anchor(root)];

function run(chain: readonly Minted[], profile: Profile = APPLE): readonly unknown[] {
  return validateChain({ chain: chain.map(parsed), anchors, at: NOW, profile }).certificates;
}

describe('validateChain', () => {
  it('proves a chain with and without its root', () => {
    assert.equal(run([leaf, intermediate]).length, 2);
    assert.equal(run([leaf, intermediate, root]).length, 2);
  });

  it('proves a leaf that the anchor itself signed', () => {
    assert.equal(run([mintLeaf(root)]).length, 1);
  });

  it('names the anchor that it ended at', () => {
    const others = [anchor(mintRoot({ name: 'Other' }), 'other'), anchor(mintRoot(), 'same-name'), ...anchors];
    const path = validateChain({
      chain: [parsed(leaf), parsed(intermediate)],
      anchors: others,
      at: NOW,
      profile: APPLE,
    });
    assert.equal(path.anchor.id, 'test-root');
  });

  it('takes another certificate of the anchor key for the anchor', () => {
    const reissued = mintRoot({ keys: root.keys, notAfter: NOW - 1000, notBefore: NOW - 2000 });
    assert.equal(run([leaf, intermediate, reissued]).length, 2);
  });

  it('does not take a root of the same name for the anchor', () => {
    const lookalike = mintRoot();
    const below = mintIntermediate(lookalike);
    assert.throws(() => run([mintLeaf(below), below, lookalike]), fault('x509.signature_invalid'));
    assert.throws(() => run([mintLeaf(below), below]), fault('x509.signature_invalid'));
  });

  it('takes a last certificate for the anchor only by name and key together', () => {
    const rolled = mintIntermediate(root, { subject: root.subject });
    assert.equal(run([mintLeaf(rolled), rolled]).length, 2);
    const renamed = mintIntermediate(root, { name: 'Renamed', keys: root.keys });
    assert.equal(run([mintLeaf(renamed), renamed]).length, 2);
  });

  it('asks the leaf for its form', () => {
    const bare = mintLeaf(root, {
      extensions: { [OID.authorityKeyIdentifier]: undefined, [OID.extKeyUsage]: undefined },
    });
    assert.throws(() => run([bare], RFC5280_CLIENT), fault('x509.profile_violation'));
  });

  it('does not order certificates', () => {
    assert.throws(() => run([intermediate, leaf]), fault('x509.issuer_mismatch'));
  });

  it('refuses a chain that ends elsewhere', () => {
    const other = mintRoot({ name: 'Other' });
    assert.throws(() => run([mintLeaf(other)]), fault('x509.untrusted'));
    assert.throws(() => run([mintLeaf(other), other]), fault('x509.untrusted'));
    assert.throws(() => run([leaf]), fault('x509.untrusted'));
  });

  it('does not take the anchor for a leaf that may be anything', () => {
    assert.throws(() => run([]), fault('x509.chain_empty'));
    assert.equal(run([root]).length, 1);
  });

  it('asks the lists of every issuer', () => {
    const input = { chain: [parsed(leaf), parsed(intermediate)], anchors, at: NOW, profile: APPLE };
    const lists = [mintCrl(intermediate), mintCrl(root)].map((crl) => parseCrl(crl));
    assert.doesNotThrow(() => validateChain({ ...input, revocation: lists }));
    assert.throws(() => validateChain({ ...input, revocation: lists.slice(1) }), fault('x509.revocation_unknown'));
  });
});

describe('signature memory', () => {
  const chain = [parsed(leaf), parsed(intermediate)];

  it('is asked first and told afterwards, of issuers only', () => {
    const memory = createSignatureMemory(10);
    const [asked, told]: [string[], string[]] = [[], []];
    const spy = {
      has: (key: string) => asked.push(key) > 0 && memory.has(key),
      add: (key: string) => {
        told.push(key);
        memory.add(key);
      },
    };
    for (const _ of [1, 2]) validateChain({ chain, anchors, at: NOW, profile: APPLE, memory: spy });
    assert.equal(asked.length, 2);
    assert.equal(told.length, 1);
  });

  it('is neither asked nor told of certificates that belong to the device', () => {
    const attestation = parsed(mintIntermediate(intermediate, { name: 'Attestation' }));
    const memory = { has: () => assert.fail('asked'), add: () => assert.fail('told') };
    const input = { chain: [attestation, parsed(intermediate)], anchors, at: NOW, profile: APPLE, memory };
    assert.equal(validateChain({ ...input, own: 2 }).certificates.length, 2);
    assert.throws(() => validateChain({ ...input, own: 1 }), assert.AssertionError);
  });

  it('is never told of a signature that does not verify', () => {
    const told: string[] = [];
    const memory = { has: () => false, add: (key: string) => void told.push(key) };
    const forged = mintIntermediate(root, { tamper: true });
    const below = [parsed(mintLeaf(forged)), parsed(forged)];
    assert.throws(
      () => validateChain({ chain: below, anchors, at: NOW, profile: APPLE, memory }),
      fault('x509.signature_invalid'),
    );
    assert.deepEqual(told, []);
  });

  it('leaves the leaf unverified below a forged issuer: signatures are verified from the anchor down', () => {
    const forged = mintIntermediate(root, { tamper: true });
    const junk = { ...parsed(mintLeaf(forged)), signature: new Uint8Array(4096) };
    let leafVerified = false;
    const tbs = junk.tbs;
    Object.defineProperty(junk, 'tbs', {
      get: () => {
        leafVerified = true;
        return tbs;
      },
    });
    assert.throws(
      () => validateChain({ chain: [junk, parsed(forged)], anchors, at: NOW, profile: APPLE }),
      fault('x509.signature_invalid'),
    );
    assert.equal(leafVerified, false);
  });

  it('does not lift the list of algorithms, nor dates', () => {
    const memory = { has: () => true, add: () => {} };
    const input = { chain, anchors, at: NOW, memory };
    assert.throws(
      () => validateChain({ ...input, profile: { ...APPLE, signatures: [] } }),
      fault('x509.algorithm_refused'),
    );
    assert.throws(() => validateChain({ ...input, at: 0, profile: APPLE }), fault('x509.not_yet_valid'));
  });
});

describe('the shape of Android chains', () => {
  const notCa = { extensions: { [OID.basicConstraints]: undefined, [OID.keyUsage]: ext.keyUsage(0) } };

  it('admits a leaf issuer that is no authority, and no other issuer of that kind', () => {
    const attestation = mintIntermediate(intermediate, { name: 'Attestation', ...notCa });
    assert.equal(run([mintLeaf(attestation), attestation, intermediate], GOOGLE_FACTORY).length, 3);
    const middle = mintIntermediate(root, { name: 'Middle', ...notCa });
    const below = mintIntermediate(middle, { name: 'Attestation' });
    assert.throws(() => run([mintLeaf(below), below, middle], GOOGLE_FACTORY), fault('x509.not_a_ca'));
    assert.throws(() => run([mintLeaf(attestation), attestation, intermediate], APPLE), fault('x509.not_a_ca'));
  });

  it('asks the anchor to be an authority even right above the leaf', () => {
    const weak = mintRoot(notCa);
    const input = { chain: [parsed(mintLeaf(weak))], anchors: [anchor(weak)], at: NOW, profile: GOOGLE_FACTORY };
    assert.throws(() => validateChain(input), fault('x509.not_a_ca'));
  });

  it('admits leaf keys of any kind', () => {
    assert.equal(run([mintLeaf(intermediate, { keys: ecKeys('secp256k1') }), intermediate], GOOGLE_FACTORY).length, 2);
  });
});
