import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANDROID_TOLERANCES, parseCertificate } from '@assay/x509';
import { createChainMemory, FORGETFUL, recallIssuer } from '../../src/shared/chain-memory.ts';
import { intermediate, root } from '../support/mint-apple.ts';
import { receiptRoot } from '../support/mint-receipt.ts';

const [first, second, third] = [root, intermediate, receiptRoot].map(({ certificate }) =>
  parseCertificate(certificate),
);

describe('chain memory', () => {
  it('gives back one certificate for the same bytes, and others parsed anew', () => {
    assert.ok(first && second);
    const memory = createChainMemory(2);
    memory.issuers.add(first);
    const recalled = recallIssuer(memory, Uint8Array.from(first.der));
    assert.equal(recalled, recallIssuer(memory, first.der));
    assert.notEqual(recallIssuer(memory, second.der), recallIssuer(memory, second.der));
  });

  it('does not change when the input is used for something else', () => {
    assert.ok(first);
    const buffer = Uint8Array.from(first.der);
    const memory = createChainMemory(2);
    memory.issuers.add(parseCertificate(buffer));
    buffer.fill(0);
    assert.deepEqual(memory.issuers.find(first.der), parseCertificate(Uint8Array.from(first.der)));
  });

  it('forgets the one that was not used for longest', () => {
    assert.ok(first && second && third);
    const memory = createChainMemory(2);
    memory.issuers.add(first);
    memory.issuers.add(second);
    memory.issuers.find(first.der);
    memory.issuers.add(third);
    assert.equal(memory.issuers.find(second.der), undefined);
    assert.ok(memory.issuers.find(first.der));
  });

  it('keeps what was parsed with tolerances apart', () => {
    assert.ok(first);
    const memory = createChainMemory(2);
    memory.issuers.add(first, ANDROID_TOLERANCES);
    assert.equal(memory.issuers.find(first.der), undefined);
    assert.ok(memory.issuers.find(first.der, ANDROID_TOLERANCES));
  });

  it('may be absent', () => {
    assert.ok(first);
    FORGETFUL.issuers.add(first);
    FORGETFUL.signatures.add('key');
    assert.equal(FORGETFUL.issuers.find(first.der), undefined);
    assert.equal(FORGETFUL.signatures.has('key'), false);
  });
});
