import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildPath, RFC5280_SERVER } from '@assay/x509';
import { OID } from '../src/oids.ts';
import { fault, intermediate, leaf, PEER, root, validate, withIntermediate } from './support/chain.ts';
import {
  anchor,
  commonName,
  DAY,
  ecKeys,
  ext,
  type Minted,
  mintIntermediate,
  mintLeaf,
  mintRoot,
  NOW,
  name,
  parsed,
} from './support/mint.ts';

describe('buildPath', () => {
  it('orders what was sent and leaves out what does not help', () => {
    const [a, b] = [mintIntermediate(root, { name: 'A' }), mintIntermediate(root, { name: 'B' })];
    const c = mintIntermediate(a, { name: 'C' });
    const path = validate({ intermediates: [b, root, c, a], leaf: mintLeaf(c) });
    assert.deepEqual(
      path.certificates.map(({ subject }) => subject.attributes[0]?.value),
      ['www.example.test', 'C', 'A'],
    );
  });

  it('goes round an expired certificate of an intermediate', () => {
    const expired = mintIntermediate(root, { keys: intermediate.keys, notAfter: NOW - 1000 });
    assert.doesNotThrow(() => validate({ intermediates: [expired, intermediate] }));
    assert.throws(() => validate({ intermediates: [expired] }), fault('x509.expired'));
  });

  it('turns back from a branch that no anchor ends', () => {
    const foreign = mintRoot({ name: 'Foreign' });
    const cross = mintIntermediate(foreign, { keys: intermediate.keys });
    assert.equal(validate({ intermediates: [cross, foreign, intermediate] }).certificates.length, 2);
  });

  it('turns back from a branch whose name constraints forbid', () => {
    const limits = { [OID.nameConstraints]: ext.nameConstraints([], [name.dns('example.test')]) };
    const limited = mintIntermediate(root, { keys: intermediate.keys, extensions: limits });
    assert.equal(validate({ intermediates: [limited, intermediate] }).certificates.length, 2);
  });

  it('ends at an anchor that is an intermediate', () => {
    const path = validate({ root: intermediate, intermediates: [root] });
    assert.deepEqual([path.certificates.length, path.anchor.id], [1, 'test-root']);
  });

  it('refuses a certificate that two authorities sign for each other', () => {
    const [a, b] = [ecKeys(), ecKeys()];
    const [nameA, nameB] = [commonName('A'), commonName('B')];
    const [signerA, signerB] = [mintRoot({ subject: nameA, keys: a }), mintRoot({ subject: nameB, keys: b })];
    const cycle = [
      mintIntermediate(signerB, { subject: nameA, keys: a }),
      mintIntermediate(signerA, { subject: nameB, keys: b }),
    ];
    assert.throws(() => validate({ intermediates: cycle, leaf: mintLeaf(signerA) }), fault('x509.untrusted'));
  });

  it('says what stopped the path that came nearest to an anchor', () => {
    const forged = mintIntermediate(root, { keys: intermediate.keys, tamper: true });
    const stray = mintIntermediate(mintRoot({ name: 'Stray' }), { notAfter: NOW - DAY });
    assert.throws(() => validate({ intermediates: [stray, forged] }), fault('x509.signature_invalid'));
  });

  it('takes a lower limit on intermediates, and never a higher one', () => {
    const input = { leaf: parsed(leaf), anchors: [anchor(root)], at: NOW, profile: RFC5280_SERVER, name: PEER };
    const intermediates = [parsed(intermediate)];
    assert.throws(() => buildPath({ ...input, intermediates, maxIntermediates: 0 }), fault('x509.path_too_long'));
    assert.doesNotThrow(() => buildPath({ ...input, intermediates, maxIntermediates: 1 }));
    const long = ladder(9);
    const tall = { ...input, leaf: parsed(mintLeaf(long.at(-1) ?? root)), intermediates: long.map(parsed) };
    assert.throws(() => buildPath({ ...tall, maxIntermediates: 20 }), fault('x509.path_too_long'));
  });

  it('has no path without anchors', () => {
    const input = { leaf: parsed(leaf), intermediates: [], anchors: [], at: NOW, profile: RFC5280_SERVER, name: PEER };
    assert.throws(() => buildPath(input), fault('x509.anchors_empty'));
  });

  it('asks the leaf for its form last, and the anchor too', () => {
    const bad = mintLeaf(intermediate, { extensions: { [OID.authorityKeyIdentifier]: undefined } });
    assert.throws(() => validate({ leaf: bad, intermediates: [] }), fault('x509.untrusted'));
    assert.throws(() => validate({ leaf: bad }), fault('x509.profile_violation'));
  });
});

/** `count` intermediates, each signed by the one before. */
function ladder(count: number): Minted[] {
  const rungs: Minted[] = [];
  for (let index = 0; index < count; index++)
    rungs.push(mintIntermediate(rungs.at(-1) ?? root, { name: `Rung ${index}` }));
  return rungs;
}

describe('hostile sets of intermediates', () => {
  const [keys, subject] = [ecKeys(), commonName('Same')];
  const self = mintRoot({ subject, keys });

  it('of one name and one key lead nowhere twice', () => {
    const many = Array.from({ length: 60 }, () => mintIntermediate(self, { subject, keys }));
    assert.throws(() => validate({ intermediates: many, leaf: mintLeaf(self) }), fault('x509.untrusted'));
  });

  it('of one name and many keys exhaust the budget of signatures', () => {
    const many = Array.from({ length: 120 }, () => mintIntermediate({ ...self, keys: ecKeys() }, { subject }));
    const stray = mintLeaf({ ...self, keys: ecKeys() });
    assert.throws(() => validate({ intermediates: many, leaf: stray }), fault('x509.budget_exhausted'));
  });

  it('that all sign each other exhaust the budget of steps, though every signature holds', () => {
    const owners = Array.from({ length: 10 }, (_, index) => mintRoot({ name: `Owner ${index}` }));
    const web = owners.flatMap((own) =>
      owners
        .filter((signer) => signer !== own)
        .map((signer) => mintIntermediate(signer, { subject: own.subject, keys: own.keys })),
    );
    const bottom = mintLeaf(owners[0] ?? self);
    assert.throws(() => validate({ intermediates: web, leaf: bottom }), fault('x509.budget_exhausted'));
  });
});

it('a path through an intermediate that may sign none below it is refused', () => {
  const change = withIntermediate({ extensions: { [OID.basicConstraints]: ext.basicConstraints(true, 0) } });
  assert.doesNotThrow(() => validate(change));
});
