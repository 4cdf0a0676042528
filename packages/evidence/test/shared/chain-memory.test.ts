import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseCertificate } from '@assay/x509';
import { createChainMemory, FORGETFUL, recallIssuer } from '../../src/shared/chain-memory.ts';
import { intermediate, root } from '../support/mint-apple.ts';
import { receiptRoot } from '../support/mint-receipt.ts';

const [first, second, third] = [root, intermediate, receiptRoot].map(({ certificate }) =>
  parseCertificate(certificate),
);

describe('chain memory', () => {
  it('gives back the very certificate that it was given', () => {
    assert.ok(first && second);
    const memory = createChainMemory(2);
    memory.issuers.add(first);
    assert.equal(recallIssuer(memory, Uint8Array.from(first.der)), first);
    assert.notEqual(recallIssuer(memory, second.der), second);
  });

  it('forgets the one that was not used for longest', () => {
    assert.ok(first && second && third);
    const memory = createChainMemory(2);
    memory.issuers.add(first);
    memory.issuers.add(second);
    memory.issuers.find(first.der);
    memory.issuers.add(third);
    assert.equal(memory.issuers.find(second.der), undefined);
    assert.equal(memory.issuers.find(first.der), first);
  });

  it('may be absent', () => {
    assert.ok(first);
    FORGETFUL.issuers.add(first);
    FORGETFUL.signatures.add('key');
    assert.equal(FORGETFUL.issuers.find(first.der), undefined);
    assert.equal(FORGETFUL.signatures.has('key'), false);
  });
});
