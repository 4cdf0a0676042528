import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSignatureMemory } from '@assay/x509';
import { signatureMemoryKey } from '../src/signature-memory.ts';

describe('createSignatureMemory', () => {
  it('remembers what was added', () => {
    const memory = createSignatureMemory(2);
    assert.equal(memory.has('a'), false);
    memory.add('a');
    assert.equal(memory.has('a'), true);
  });

  it('lets the least recently used go', () => {
    const memory = createSignatureMemory(2);
    memory.add('a');
    memory.add('b');
    memory.has('a');
    memory.add('c');
    assert.deepEqual(
      ['a', 'b', 'c'].map((key) => memory.has(key)),
      [true, false, true],
    );
  });
});

it('a memory key depends on the certificate and on the issuer key', () => {
  const holderOf = (octet: number) => ({ der: Uint8Array.of(octet), spki: Uint8Array.of(octet) });
  const [a, b] = [holderOf(1), holderOf(2)];
  const keys = new Set([signatureMemoryKey(a, b), signatureMemoryKey(b, a), signatureMemoryKey(a, a)]);
  assert.equal(keys.size, 3);
});
