import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isSelfSigned } from '../src/self-signed.ts';
import { intermediate, root } from './support/chain.ts';
import { commonName, mintIntermediate, mintRoot, parsed } from './support/mint.ts';

it('self-signed is a matter of the key, not of names', () => {
  assert.ok(isSelfSigned(parsed(root)));
  assert.ok(isSelfSigned(parsed(mintRoot({ issuerName: commonName('Elsewhere') }))));
  assert.ok(!isSelfSigned(parsed(intermediate)));
  assert.ok(!isSelfSigned(parsed(mintIntermediate(root, { subject: root.subject }))));
  assert.ok(!isSelfSigned(parsed(mintRoot({ tamper: true }))));
});
